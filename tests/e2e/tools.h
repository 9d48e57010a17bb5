// Programs of the system that look at what ours wrote.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/e2e/program.h"

namespace plumb::test {

/// What a tool says of a file; the test is skipped where the system lacks it.
inline std::string tool(const std::string& program, const std::vector<std::string>& words) {
    const std::string path = "/usr/bin/" + program;
    if (!std::filesystem::exists(path)) SKIP("this system has no " + program);
    const Result result = run_program({.words = words, .program = path});
    CHECK(result.exit_code == 0);
    return result.out;
}

}  // namespace plumb::test
