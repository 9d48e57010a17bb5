// How every program ends that cannot do what was asked: one line on standard error, and the exit code that says whose fault.
#pragma once

#include <cstdio>
#include <string>

#include "sim/base/text.h"

namespace plumb {

inline constexpr int k_own_failure = 1, k_bad_input = 2;

/// "plumbline lab: text" on standard error, safe to show; gives back `exit_code`.
inline int complain(const char* program, const std::string& text, int exit_code) {
    std::fprintf(stderr, "%s: %s\n", program, printable(text, 1000).c_str());
    return exit_code;
}

}  // namespace plumb
