// From words to a frame, a camera and a file.
#include "apps/render_stills.h"

#include <cmath>
#include <cstdio>
#include <filesystem>

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/picture_size.h"
#include "render/gl/stills.h"
#include "render/report/cairo_painter.h"
#include "render/report/film.h"
#include "render/scene/scene.h"
#include "sim/balance/assessment.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/engine/simulate.h"
#include "sim/recording/recording_file.h"

namespace plumb {
namespace {

constexpr int k_film_fps = 30;
constexpr PictureSize k_least_still{64, 64};

size_t frame_of(const Recording& recording, const std::string& at) {
    const auto& frames = recording.frames;
    if (at == "stand") return 0;
    if (at == "end") return frames.size() - 1;
    if (at == "bottom") {  // on the feet: a body on the floor is no squat
        size_t deepest = 0;
        for (size_t i = 0; i < frames.size() && frames[i].floor_other_N <= 0.0; ++i)
            if (frames[i].hip_drop > frames[deepest].hip_drop) deepest = i;
        return deepest;
    }
    if (at == "exit") {
        const Assessment a = assess_balance(recording);
        if (!a.com_exit) throw InputError("--at exit: the centre of mass never leaves the feet in this run");
        return frame_at(recording, a.com_exit->time_s);
    }
    const auto time_s = parse_number(at);
    const double end_s = frames.back().time_s;
    if (!time_s || *time_s < 0.0 || *time_s > end_s)
        throw InputError("--at " + in_quotes(at) + ": allowed stand, bottom, exit, end or a time from 0 to "
                         + number_text(std::floor(end_s * 100.0) / 100.0) + " s");
    return frame_at(recording, *time_s);
}

std::shared_ptr<const Recording> recording_of(const RenderRequest& request) {
    const std::filesystem::path path = request.scenario;
    if (path.extension() == ".cbor") {
        if (!request.settings.empty()) throw InputError("--set goes with a scenario, not with a recording");
        return load_recording(path);
    }
    return simulate(read_scenario(request.scenario, request.settings));
}

StillDef still_of(const RenderRequest& request, PictureSize size) {
    StillDef def{.view = *view_named(request.view), .width = size.width, .height = size.height};
    def.options.dark = request.dark;
    def.options.skin = !request.shapes;
    def.options.muscles = request.muscles;
    return def;
}

}  // namespace

CLI::App* add_render_word(CLI::App& app, RenderRequest& request) {
    CLI::App* const render =
        app.add_subcommand("render", "Draw a moment of a run, or film it, without a display");
    render->add_option("SCENARIO", request.scenario, "As for run, or a saved recording (.cbor)")->required();
    CLI::Option* const set = add_settings(*render);
    render->add_option("--at", request.at,
                       "stand, bottom, exit (the COM leaves the feet), end, or a time [s]");
    render->add_option("--view", request.view, "side, front, top or orbit");
    render->add_option("--size", request.size, "WxH");
    CLI::Option* const out = render->add_option("--out", request.out, "The picture's file (.png)");
    CLI::Option* const record =
        render->add_option("--record", request.record, "The film's file (.mp4 or .gif)");
    render->add_flag("--dark", request.dark, "Dark colours")->disable_flag_override();
    render->add_flag("--shapes", request.shapes, "Collision shapes instead of the skin")
        ->disable_flag_override();
    render
        ->add_flag("--muscles", request.muscles,
                   "Colour calves, quads, glutes and lower back by how far they are stretched")
        ->disable_flag_override();
    render->callback([=, &request] {
        request.settings = set->results();
        request.has_out = out->count() > 0;
        request.has_record = record->count() > 0;
        refuse_dash("--out", request.out);
        refuse_dash("--record", request.record);
    });
    return render;
}

void render_stills(const RenderRequest& request) {
    if (request.has_out == request.has_record)
        throw InputError("render takes --out FILE.png or --record FILE.mp4");
    if (!view_named(request.view))
        throw InputError("--view " + in_quotes(request.view) + ": allowed side, front, top, orbit");
    if (request.shapes && request.muscles)
        throw InputError("--muscles colours the skin, which --shapes leaves out: one of the two");
    const PictureSize size = parse_picture_size(request.size, k_least_still);
    if (request.has_out && std::filesystem::path(request.out).extension() != ".png")
        throw InputError("--out " + in_quotes(request.out) + ": a picture ends in .png");
    const std::string film_end = std::filesystem::path(request.record).extension().string();
    if (request.has_record && film_end != ".mp4" && film_end != ".gif")
        throw InputError("--record " + in_quotes(request.record) + ": a film ends in .mp4 or .gif");
    WholeFile still{"--out", request.out};
    if (request.has_out) check_whole_file(still);
    const auto recording = recording_of(request);
    const size_t frame = request.has_out ? frame_of(*recording, request.at) : 0;
    Stills stills(paint_over);
    StillDef def = still_of(request, size);
    const SceneBuilder builder(recording);
    if (request.has_out) {
        def.options.cell_m = k_skin_fine_m;
        const Picture picture = stills.still(builder, frame, def);
        still.bytes = png_bytes(picture.rgba.data(), picture.width, picture.height);
        write_whole_files({still});
        return;
    }
    if (size.width % 2 != 0 || size.height % 2 != 0)
        throw InputError("--size " + in_quotes(request.size) + ": a film has an even width and height");
    FilmWriter film(request.record, size.width, size.height, k_film_fps);
    const double end_s = recording->frames.back().time_s;
    for (int i = 0; i <= static_cast<int>(end_s * k_film_fps); ++i) {
        const Picture picture =
            stills.still(builder, frame_at(*recording, static_cast<double>(i) / k_film_fps), def);
        if (!film.add(picture.rgba.data())) throw std::runtime_error(request.record + ": cannot be written");
    }
    const FilmWriter::End end = film.finish();
    if (!end.good) throw std::runtime_error(end.text);
    put(end.text + "\n");
}

}  // namespace plumb
