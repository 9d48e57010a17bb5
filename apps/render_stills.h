// `plumbline render`: a picture of a moment of a run, or a film of it, without any display.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct RenderRequest {
    std::string scenario;               ///< a name, a path, or a saved recording
    std::vector<std::string> settings;  ///< "field=value"
    std::string at = "bottom";          ///< stand, bottom, exit, end, or a time [s]
    std::string view = "orbit";         ///< side, front, top, orbit
    std::string size = "1280x800";
    bool has_out = false, has_record = false;
    std::string out;     ///< PNG
    std::string record;  ///< .mp4 or .gif
    bool dark = false, shapes = false, muscles = false;
};

/// Adds the word with its options; its parsing fills `request`.
CLI::App* add_render_word(CLI::App& app, RenderRequest& request);

/// Throws InputError for bad words, std::runtime_error where no picture can be drawn or written.
void render_stills(const RenderRequest& request);

}  // namespace plumb
