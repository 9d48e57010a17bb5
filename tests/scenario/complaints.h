// What a wrong input is answered with, checked for form on the way.
#pragma once

#include <string>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "tests/catch.h"

namespace plumb::test {

/// The text of the InputError that `action` throws, empty when it throws nothing. Any other exception fails the test;
/// so does a text that is not one short line safe for a terminal.
template <class Action>
std::string complaint_of(Action action) {
    try {
        action();
    } catch (const InputError& error) {
        const std::string text = error.what();
        INFO(printable(text, 2000));
        CHECK_FALSE(text.empty());
        CHECK(printable(text) == text);
        CHECK(text.size() < 900);
        return text;
    }
    return {};
}

}  // namespace plumb::test
