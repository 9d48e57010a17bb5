// The lab in a window (GLFW), and the lab without any display: for scripts, screenshots and tests.
#pragma once

#include <filesystem>
#include <string>

#include "render/lab/lab_def.h"

namespace plumb {

/// Opens the window and runs until it is closed. Throws std::runtime_error with one line when there is no display or no
/// OpenGL 3.3.
void run_window(LabDef def);

/// What a headless lab does.
struct HeadlessDef {
    int width = 1280, height = 800;
    float scale = 1.0f;
    bool dark = false;
    std::filesystem::path script;      ///< lines of a script (docs/lab_scripts.md); empty: none
    std::filesystem::path screenshot;  ///< PNG of the whole window, once the scenario has run; empty: none
};

/// What came of a script: "N passed, N failed" and where it failed.
struct ScriptResult {
    int passed = 0, failed = 0;
    std::string report;
};

/// Runs the lab offscreen, time by frames (1/60 s each). Throws std::runtime_error when no context can be made, InputError for
/// a script that cannot be read.
[[nodiscard]] ScriptResult run_headless(LabDef def, const HeadlessDef& headless);

}  // namespace plumb
