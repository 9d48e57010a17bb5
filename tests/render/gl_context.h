// An OpenGL context without a display, for tests that draw.
#pragma once

#include <memory>
#include <stdexcept>

#include "render/gl/offscreen.h"
#include "tests/catch.h"

namespace plumb::test {

/// Ends the test as skipped where none can be made.
inline std::unique_ptr<OffscreenContext> context_or_nothing() {
    try {
        return std::make_unique<OffscreenContext>();
    } catch (const std::runtime_error& error) {
        SKIP(error.what());
    }
    return nullptr;
}

}  // namespace plumb::test
