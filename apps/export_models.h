// `plumbline export`: the body of a scenario as files for other programs.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct ExportRequest {
    std::string scenario;               ///< a name or a path
    std::vector<std::string> settings;  ///< "field=value", the last of several wins
    bool has_mjcf = false, has_urdf = false, has_drop = false;
    std::string mjcf, urdf;  ///< files to write
    std::string drop;        ///< a hip drop for one more keyframe, as typed
};

/// Adds the word with its options; its parsing fills `request`.
CLI::App* add_export_word(CLI::App& app, ExportRequest& request);

void export_models(const ExportRequest& request);

}  // namespace plumb
