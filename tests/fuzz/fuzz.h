// What every fuzz target shares: an answer is either right or one good line of complaint; anything else ends the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb::fuzz {

/// Ends the program as a crash that the fuzzer records.
inline void require(bool as_it_should_be, const char* otherwise) {
    if (as_it_should_be) return;
    std::fprintf(stderr, "fuzz: %s\n", otherwise);
    std::abort();
}

/// A complaint must be one short line, safe for a terminal.
inline void check_complaint(const InputError& error) {
    const std::string text = error.what();
    require(!text.empty() && text.size() < 1000, "a complaint is empty or long");
    require(printable(text) == text, "a complaint is not one safe line");
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace plumb::fuzz
