// Cairo's painter: what a file holds is what was painted, the same bytes each time; and the palette's contrast.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <cairo.h>

#include "render/report/cairo_painter.h"
#include "render/report/chart.h"
#include "render/scene/theme.h"
#include "tests/catch.h"
#include "tests/render/png_picture.h"

using namespace plumb;
using plumb::test::PngPicture;

namespace {

constexpr Rgba k_white{1.0f, 1.0f, 1.0f, 1.0f}, k_red{1.0f, 0.0f, 0.0f, 1.0f}, k_blue{0.0f, 0.0f, 1.0f, 1.0f};

Chart small_chart() {
    Chart chart;
    chart.title = "Knee flexion \u00b0";
    chart.x_label = "Time (s)";
    chart.y_label = "Angle (\u00b0)";
    chart.series = {{"able", {0.0, 1.0, 2.0}, {0.0, 90.0, 10.0}, 0}, {"stiff", {0.0, 2.0}, {5.0, 50.0}, 2}};
    chart.events = {{1.2, "heel lifts"}};
    chart.cursor_x = 0.5;
    return chart;
}

std::string svg_of_chart(const Chart& chart) {
    return svg_of(400, 240, light_theme().page, [&](Painter& painter) {
        draw_chart(painter, chart, {0.0, 0.0, 400.0, 240.0}, light_theme(), 13.0);
    });
}

}  // namespace

TEST_CASE("a PNG holds what was painted", "[cairo]") {
    const PngPicture picture(png_of(60, 40, k_white, [](Painter& painter) {
        painter.box({10.0, 10.0, 20.0, 10.0}, k_red);
        painter.circle({45.0, 20.0}, 8.0, k_blue);
        const Point corners[] = {{2.0, 30.0}, {12.0, 30.0}, {12.0, 38.0}, {2.0, 38.0}};
        painter.polygon(corners, {0.0f, 1.0f, 0.0f, 1.0f});
        const Point line[] = {{20.0, 35.0}, {58.0, 35.0}};
        painter.line(line, k_blue, 4.0);
        painter.push_clip({0.0, 0.0, 5.0, 5.0});
        painter.box({0.0, 0.0, 60.0, 8.0}, k_red);
        painter.pop_clip();
    }));
    CHECK(picture.width() == 60);
    CHECK(picture.height() == 40);
    CHECK(picture.at(20, 15) == std::array{255, 0, 0, 255});
    CHECK(picture.at(9, 15) == std::array{255, 255, 255, 255});
    CHECK(picture.at(30, 15) == std::array{255, 255, 255, 255});
    CHECK(picture.at(45, 20) == std::array{0, 0, 255, 255});
    CHECK(picture.at(5, 34) == std::array{0, 255, 0, 255});
    CHECK(picture.at(40, 35) == std::array{0, 0, 255, 255});
    CHECK(picture.at(2, 2) == std::array{255, 0, 0, 255});
    CHECK(picture.at(7, 2) == std::array{255, 255, 255, 255});
}

TEST_CASE("text fills the box that its size names, where its alignment puts it", "[cairo]") {
    Point size{}, turned{};
    const auto ink = [&](TextStyle style) {
        const PngPicture picture(png_of(200, 200, k_white, [&](Painter& painter) {
            TextStyle level = style;
            level.upward = false;
            size = painter.text_size("HEEL", level);
            level.upward = true;
            turned = painter.text_size("HEEL", level);
            painter.text({100.0, 100.0}, "HEEL", {0.0f, 0.0f, 0.0f, 1.0f}, style);
        }));
        std::array<int, 4> box{200, 200, -1, -1};
        for (int y = 0; y < 200; ++y)
            for (int x = 0; x < 200; ++x)
                if (picture.at(x, y)[0] < 128)
                    box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x),
                           std::max(box[3], y)};
        return box;
    };
    const auto start = ink({.size_px = 20.0});
    CHECK(turned.x == Catch::Approx(size.y));
    CHECK(start[0] >= 100);
    CHECK(start[1] >= 100);
    CHECK(start[2] <= 100 + size.x);
    CHECK(start[3] <= 100 + size.y);
    const auto end = ink({.size_px = 20.0, .across = Align::end, .down = Align::end});
    CHECK(end[2] <= 100);
    CHECK(end[3] <= 100);
    CHECK(end[0] >= 100 - size.x - 1);
    const auto up = ink({.size_px = 20.0, .across = Align::middle, .down = Align::middle, .upward = true});
    CHECK(up[3] - up[1] > up[2] - up[0]);
    CHECK(0.5 * (up[1] + up[3]) == Catch::Approx(100.0).margin(2.0));
}

TEST_CASE("painting over rows changes what is painted and nothing else", "[cairo]") {
    std::vector<std::uint8_t> rgba;
    for (int i = 0; i < 16 * 8; ++i)
        for (const int part : {i, 255 - i, 2 * i, i % 4 == 0 ? 0 : 255})
            rgba.push_back(static_cast<std::uint8_t>(part));
    std::vector<std::uint8_t> before = rgba;
    paint_over(rgba.data(), 16, 8, [](Painter& painter) { painter.box({4.0, 2.0, 4.0, 3.0}, k_red); });
    int changed = 0;
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 16; ++x) {
            const std::size_t at = 4 * static_cast<std::size_t>(16 * y + x);
            const bool painted = x >= 4 && x < 8 && y >= 2 && y < 5;
            const std::array<std::uint8_t, 4> now{rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]};
            if (painted) CHECK(now == std::array<std::uint8_t, 4>{255, 0, 0, 255});
            // What cannot be seen has no colour.
            else if (before[at + 3] == 0)
                CHECK(now[3] == 0);
            else
                changed += std::memcmp(&rgba[at], &before[at], 4) != 0 ? 1 : 0;
        }
    CHECK(changed == 0);
}

TEST_CASE("rows come back from a PNG", "[cairo]") {
    std::vector<std::uint8_t> rgba;
    for (int i = 0; i < 12; ++i)
        for (const int part : {10 * i, 200 - i, i, 255}) rgba.push_back(static_cast<std::uint8_t>(part));
    const PngPicture opaque(png_bytes(rgba.data(), 4, 3));
    CHECK(opaque.at(0, 0) == std::array{0, 200, 0, 255});
    CHECK(opaque.at(3, 2) == std::array{110, 189, 11, 255});
    rgba[3] = 0;
    const PngPicture clear(png_bytes(rgba.data(), 4, 3));
    CHECK(clear.at(0, 0)[3] == 0);
    CHECK(clear.at(1, 0) == std::array{10, 199, 1, 255});
}

TEST_CASE("the same chart gives the same bytes", "[cairo]") {
    const Chart chart = small_chart();
    const auto png = [&] {
        return png_of(400, 240, dark_theme().page, [&](Painter& painter) {
            draw_chart(painter, chart, {0.0, 0.0, 400.0, 240.0}, dark_theme(), 13.0);
        });
    };
    const std::string first_png = png(), first_svg = svg_of_chart(chart);
    // Other drawings in between leave no trace.
    Chart other = chart;
    other.title = "Quite another title: XYZ";
    const std::string other_svg = svg_of_chart(other);
    CHECK(png() == first_png);
    CHECK(svg_of_chart(chart) == first_svg);
    CHECK(other_svg != first_svg);
}

TEST_CASE("two SVGs in one page do not take each other's letters", "[cairo]") {
    Chart other = small_chart();
    other.title = "Other";
    const std::string a = svg_of_chart(small_chart()), b = svg_of_chart(other);
    std::size_t ids = 0, uses = 0;
    for (std::size_t at = a.find(" id=\""); at != std::string::npos; at = a.find(" id=\"", at + 1), ++ids) {
        const std::string id = a.substr(at + 5, a.find('"', at + 5) - at - 5);
        CHECK(b.find("\"" + id + "\"") == std::string::npos);
        if (a.find("#" + id) != std::string::npos) ++uses;
    }
    CHECK(ids > 10);
    CHECK(uses > 10);
    // Every use has its id.
    for (std::size_t at = a.find("href=\"#"); at != std::string::npos; at = a.find("href=\"#", at + 1)) {
        const std::string id = a.substr(at + 7, a.find('"', at + 7) - at - 7);
        CHECK(a.find(" id=\"" + id + "\"") != std::string::npos);
    }
}

TEST_CASE("text that is none, and numbers that are none, do no harm", "[cairo]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const PngPicture picture(png_of(20, 20, k_white, [&](Painter& painter) {
        painter.text({nan, 1.0}, "x", k_red);
        painter.text({30.0, 30.0}, "\xff\xfe bad\n", k_red);
        painter.text({1.0, 1.0}, "", k_red);
        painter.circle({nan, 0.0}, 3.0, k_red);
        painter.box({0.0, 0.0, -5.0, nan}, k_red);
        const Point line[] = {{0.0, 0.0}, {nan, 5.0}};
        painter.line(line, k_red, 2.0);
    }));
    CHECK(picture.at(1, 1) == std::array{255, 255, 255, 255});
}

TEST_CASE("every colour of words and curves stands out from what it lies on", "[theme]") {
    for (const Theme* theme : {&light_theme(), &dark_theme()}) {
        const Theme& t = *theme;
        CAPTURE(theme == &dark_theme());
        for (const Rgba& surface : {t.page, t.panel, t.control}) {
            for (const Rgba& word : {t.text, t.quiet_text, t.accent})
                CHECK(contrast_ratio(word, surface) >= 4.5);
        }
        for (const Rgba& surface : {t.page, t.panel, t.plot_page})
            for (const Rgba& word : {t.good, t.warn, t.bad}) CHECK(contrast_ratio(word, surface) >= 4.5);
        CHECK(contrast_ratio(t.good, t.control) >= 4.5);
        CHECK(contrast_ratio(t.warn, t.control) >= 4.5);
        CHECK(contrast_ratio(t.bad, t.control) >= 4.5);
        CHECK(contrast_ratio(t.text, t.control_hot) >= 4.5);
        CHECK(contrast_ratio(t.text, t.plot_page) >= 4.5);
        CHECK(contrast_ratio(t.quiet_text, t.plot_page) >= 4.5);
        CHECK(contrast_ratio(t.on_accent, t.accent) >= 4.5);
        // A curve's values are written in its colour.
        for (const Rgba& curve : t.series)
            for (const Rgba& surface : {t.page, t.plot_page}) CHECK(contrast_ratio(curve, surface) >= 4.5);
    }
    CHECK(contrast_ratio({0, 0, 0, 1}, {1, 1, 1, 1}) == Catch::Approx(21.0));
}
