// `plumbline render` as a user runs it: pictures of the moments and views, films, and what it refuses.
#include <algorithm>
#include <cstdlib>

#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/render/png_picture.h"

using namespace plumb::test;
namespace fs = std::filesystem;

namespace {

Result render(std::vector<std::string> words) {
    words.insert(words.begin(), "render");
    const Result result = run_program({.words = words});
    const auto says = [&](const char* text) { return result.err.find(text) != std::string::npos; };
    if (result.exit_code == 1 && (says("no OpenGL") || says("without a display"))) SKIP(result.err);
    return result;
}

PngPicture image_of(const fs::path& path) { return PngPicture(read_file(path)); }

/// Mean difference of two pictures of one size, 0-255.
double difference(const PngPicture& a, const PngPicture& b) {
    REQUIRE(a.width() == b.width());
    REQUIRE(a.height() == b.height());
    double sum = 0.0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            for (size_t part = 0; part < 4; ++part) sum += std::abs(a.at(x, y)[part] - b.at(x, y)[part]);
    return sum / (4.0 * a.width() * a.height());
}

}  // namespace

TEST_CASE("render draws every moment and view, each another picture, the same bytes every time", "[e2e]") {
    const Folder folder;
    const fs::path fall = folder / "fall.toml";
    write_file(fall, "[person]\nankle_dorsiflexion_deg = 18\n[movement]\ndescend_s = 2\n");
    const auto draw = [&](const std::string& name, const std::string& at, const std::string& view,
                          const std::vector<std::string>& more = {}) {
        const fs::path path = folder.path() / name;
        std::vector<std::string> words = {fall,     "--at",    at,      "--view", view,
                                          "--size", "160x100", "--out", path};
        words.insert(words.end(), more.begin(), more.end());
        const Result result = render(words);
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        CHECK(result.out.empty());
        PngPicture image = image_of(path);
        CHECK(image.width() == 160);
        CHECK(image.height() == 100);
        return image;
    };
    const PngPicture stand = draw("a.png", "stand", "side"), out = draw("b.png", "exit", "side"),
                     end = draw("c.png", "end", "side"), front = draw("d.png", "exit", "front"),
                     top = draw("e.png", "2.2", "top");
    CHECK(difference(stand, out) > 1.0);
    CHECK(difference(out, end) > 1.0);
    CHECK(difference(out, front) > 1.0);
    CHECK(difference(out, top) > 1.0);
    CHECK(difference(out, draw("muscles.png", "exit", "side", {"--muscles"})) > 1.0);
    draw("again.png", "exit", "side");
    CHECK(read_file(folder.path() / "again.png") == read_file(folder.path() / "b.png"));
}

TEST_CASE("Golden pictures: what was looked at once is still drawn", "[e2e]") {
    // Drivers round edges and shadows their own way; a limb or a word out of place changes far more (below).
    constexpr double k_most_apart = 2.0;
    const Folder folder;
    const fs::path goldens = fs::path(PLUMBLINE_SOURCE_DIR) / "tests/render/golden";
    struct Golden {
        const char *name, *scenario, *at, *view;
    };
    const std::vector<Golden> all = {{"falls_side", "stiff_ankles", "3.7", "side"},
                                     {"able_front", "able", "bottom", "front"},
                                     {"wall_orbit", "stiff_ankles_wall_catches", "end", "orbit"},
                                     {"weight_top", "stiff_ankles_counterweight", "bottom", "top"}};
    std::vector<PngPicture> drawn;
    for (const Golden& g : all) {
        const fs::path path = folder.path() / (std::string(g.name) + ".png");
        REQUIRE(
            render({g.scenario, "--at", g.at, "--view", g.view, "--size", "240x150", "--out", path}).exit_code
            == 0);
        drawn.push_back(image_of(path));
        INFO(g.name << " (to look at it anew: plumbline render " << g.scenario << " --at " << g.at
                    << " --view " << g.view << " --size 240x150)");
        CHECK(difference(drawn.back(), image_of(goldens / (std::string(g.name) + ".png"))) < k_most_apart);
    }
    // The tolerance tells pictures apart.
    CHECK(difference(drawn[0], drawn[1]) > 2.0 * k_most_apart);
    CHECK(difference(drawn[2], drawn[0]) > 2.0 * k_most_apart);
    CHECK(difference(drawn[3], drawn[1]) > 2.0 * k_most_apart);
}

TEST_CASE("render films a run, or leaves numbered pictures where there is no ffmpeg", "[e2e]") {
    const Folder folder;
    const fs::path path = folder.path() / "x.mp4";
    const Result result = render({"able", "--set", "movement.depth=0.1", "--set", "movement.descend_s=0.5",
                                  "--set", "movement.hold_s=0.1", "--set", "movement.ascend_s=0.5", "--view",
                                  "side", "--size", "96x64", "--record", path});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    if (fs::exists(path))
        CHECK(read_file(path).substr(4, 4) == "ftyp");
    else
        CHECK(image_of(folder.path() / "x.mp4.frames" / "00001.png").width() == 96);
}

TEST_CASE("render refuses in one line and leaves nothing", "[e2e]") {
    const Folder folder;
    const std::string out = (folder.path() / "x.png").string();
    const std::vector<std::vector<std::string>> bad = {
        {"able"},
        {"able", "--out", out, "--record", out},
        {"able", "--out", (folder.path() / "x.jpg").string()},
        {"able", "--record", (folder.path() / "x.avi").string()},
        {"able", "--out", out, "--view", "below"},
        {"able", "--out", out, "--at", "exit"},
        {"able", "--out", out, "--at", "-1"},
        {"able", "--out", out, "--at", "nan"},
        {"able", "--out", out, "--at", "1e9"},
        {"able", "--out", out, "--size", "0x0"},
        {"able", "--out", out, "--size", "99999x99999"},
        {"able", "--out", out, "--size", "12by12"},
        {"able", "--out", (folder.path() / "no" / "x.png").string()},
        {"able", "--out", "--dark"},
        {"able", "--out", out, "--muscles", "--shapes"},
        {"nobody", "--out", out},
        {"able", "--out", out, "--set", "person.mass_kg=9"},
        {(folder.path() / "gone.cbor").string(), "--out", out},
    };
    for (const auto& words : bad) {
        const Result result = render(words);
        INFO(words.back() << ": " << result.err);
        CHECK(result.exit_code == 2);
        CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    }
    CHECK(fs::is_empty(folder.path()));
}
