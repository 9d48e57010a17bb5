// What the lab is told when it starts.
#pragma once

#include <filesystem>
#include <string>

namespace plumb {

/// What the lab is given at its start.
struct LabDef {
    std::filesystem::path scenarios;  ///< folder with the scenarios to pick from
    std::filesystem::path journal;    ///< file of a person's journal; made only when asked for
    std::filesystem::path texts;      ///< folder with the texts of reports
    std::filesystem::path config;     ///< folder for settings and autosave; empty: none are kept
    std::string scenario;             ///< name or path; empty: what was open last, else the first
    std::string lesson;               ///< name or path of a lesson to begin with; empty: none
};

}  // namespace plumb
