// Runs plumbline_lab with a script, in a folder of its own.
#pragma once

#include <string>

#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"

namespace plumb::test {

/// The lab's command in this folder, apart from every display and from the settings of whoever runs the tests.
[[nodiscard]] inline Command lab_command(const Folder& folder, const std::vector<std::string>& words) {
    Command command{.words = words, .folder = folder.path(), .program = PLUMBLINE_LAB_EXE};
    for (const char* const name : {"DISPLAY", "WAYLAND_DISPLAY"}) command.environment[name] = "";
    command.environment["XDG_CONFIG_HOME"] = (folder / "config").string();
    return command;
}

/// Ends the test as skipped where no context without a display can be made (no EGL, no software renderer).
inline void skip_without_gl(const Result& result) {
    if (result.exit_code == 1 && result.err.find("failed") == std::string::npos
        && result.out.find("passed") == std::string::npos
        && (result.err.find("EGL") != std::string::npos || result.err.find("OpenGL") != std::string::npos))
        SKIP("no OpenGL without a display: " + result.err.substr(0, result.err.find('\n')));
}

}  // namespace plumb::test
