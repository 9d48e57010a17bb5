// Dots on whiskers: everything stays in its box, words are there, values lie where the scale says.
#include <algorithm>

#include "render/report/cairo_painter.h"
#include "render/report/dot_chart.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("A dot chart's words are there and stay in their box at any width", "[render]") {
    DotChart chart{
        "A question that is far longer than a narrow picture has room for, is it not?", "who, where", {}, 2};
    for (int p = 0; p < 3; ++p) {
        DotPanel panel{"Panel " + std::to_string(p), "share", 0.0, 1.0, {}, {}};
        if (p == 1) panel.kinds = {"alone", "together"};
        for (int r = 0; r < 4; ++r)
            panel.rows.push_back({"row " + std::to_string(r),
                                  {{0.2 * r, 0.2 * r - 0.1, 0.2 * r + 0.1}, {0.5, -2.0, 3.0}},
                                  std::to_string(r) + " of 4"});
        chart.panels.push_back(panel);
    }
    for (const int width : {1300, 500, 90}) {
        const double height = dot_chart_height(chart, 16.0);
        const auto paint = [&](Painter& painter) {
            draw_dot_chart(painter, chart, {0.0, 0.0, double(width), height}, light_theme(), 16.0);
        };
        NotingPainter noted;
        paint(noted);
        for (const NotingPainter::Text& text : noted.texts) {
            INFO(width << " px: " << text.text);
            if (width < 200) continue;
            CHECK(text.box.left > -1.0);
            CHECK(text.box.left + text.box.width < width + 1.0);
            CHECK(text.box.top > -1.0);
            CHECK(text.box.top + text.box.height < height + 1.0);
        }
        if (width == 1300)
            for (const char* words : {"Panel 0", "Panel 2", "row 3", "3 of 4", "together", "share"})
                CHECK(std::ranges::any_of(noted.texts, [&](const auto& t) { return t.text == words; }));
        const std::string svg = svg_of(width, static_cast<int>(height), light_theme().page, paint);
        CHECK(svg == svg_of(width, static_cast<int>(height), light_theme().page, paint));
    }
}
