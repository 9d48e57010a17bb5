// A check on our own logic that stays alive in optimised builds. Never for wrong input or physical results.
#pragma once

namespace plumb {

/// Prints one line naming the failed condition and place to standard error, then ends the program with exit code 1.
[[noreturn]] void check_failed(const char* condition, const char* message, const char* file, int line);

}  // namespace plumb

/// Ends the program when `condition` is not true; written so that a comparison with NaN fails.
#define PLUMB_CHECK(condition, message) \
    ((condition) ? static_cast<void>(0) : ::plumb::check_failed(#condition, message, __FILE__, __LINE__))
