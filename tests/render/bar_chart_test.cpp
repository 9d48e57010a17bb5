// Bars of what was used: everything stays in its box, bars end where the scale says, too much has a sign besides its colour.
#include <algorithm>
#include <cmath>
#include <limits>

#include "render/report/bar_chart.h"
#include "render/report/cairo_painter.h"
#include "tests/base/no_numbers.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

BarChart angles() {
    return {"A title that is far longer than a narrow picture has room for, is it not, or is it?",
            "of the range",
            1.2,
            1.0,
            "end of the range",
            {"left", "right"},
            {{"Ankle", 0.5, 1.0, "9 of 18 deg"},
             {"Hip", 1.1, 7.0, "132 of 120 deg"},
             {"A joint with a name that goes on for ever and ever", k_nan, {}, ""},
             {"Toes", -3.0, k_nan, "-30 of 10 deg"}}};
}

NotingPainter noted(const BarChart& chart, const Box& box, double text_px = 16.0) {
    NotingPainter painter;
    draw_bar_chart(painter, chart, box, light_theme(), text_px);
    CHECK(painter.clips == 0);
    return painter;
}

bool has(const NotingPainter& painter, const std::string& words) {
    return std::ranges::any_of(painter.texts, [&](const auto& t) { return t.text == words; });
}

double middle_of(const NotingPainter& painter, const std::string& words) {
    for (const auto& t : painter.texts)
        if (t.text == words) return t.box.left + 0.5 * t.box.width;
    return k_nan;
}

}  // namespace

TEST_CASE("A bar chart's words are there and all of it stays in its box at any size", "[render][bars]") {
    const BarChart chart = angles();
    for (const double width : {1300.0, 640.0, 300.0, 90.0, 3.0})
        for (const double share : {1.0, 0.6, 0.1}) {
            const Box box{20.0, 10.0, width, share * bar_chart_height(chart, 16.0)};
            const NotingPainter painter = noted(chart, box);
            INFO(width << " px, " << share << ": " << painter.widest());
            CHECK(painter.inside(box, 1.0));
        }
    const NotingPainter painter = noted(chart, {0.0, 0.0, 1300.0, bar_chart_height(chart, 16.0)});
    for (const char* words : {"Ankle", "Toes", "left", "right", "of the range", "end of the range", "100 %",
                              "132 of 120 deg", "not known"}) {
        INFO(words);
        CHECK(has(painter, words));
    }
}

TEST_CASE("A bar ends where the scale says", "[render][bars]") {
    BarChart chart{"", "of the strength", 2.0, {}, "", {}, {{"Knees", 0.5, {}, ""}}};
    const NotingPainter painter = noted(chart, {0.0, 0.0, 800.0, bar_chart_height(chart, 16.0)});
    // The page, then the bar.
    const double from = middle_of(painter, "0 %"), to = middle_of(painter, "100 %");
    REQUIRE(to > from);
    CHECK(std::ranges::any_of(painter.extents, [&](const Box& e) {
        return std::abs(e.left - from) < 0.1 && std::abs(e.width - 0.5 * (to - from)) < 0.1;
    }));
}

TEST_CASE("What is beyond the limit is drawn otherwise, and beyond the scale as an arrow", "[render][bars]") {
    const auto marks = [](double value) {
        const BarChart chart{"", "", 1.5, {}, "", {}, {{"Knees", value, {}, ""}}};
        return noted(chart, {0.0, 0.0, 800.0, bar_chart_height(chart, 16.0)}).extents.size();
    };
    CHECK(marks(0.3) == marks(1.0));
    CHECK(marks(1.2) > marks(1.0) + 5);   // the slanting lines
    CHECK(marks(1.5) > marks(1.2));       // more of them
    CHECK(marks(9.0) == marks(1.5) + 1);  // the arrow
    CHECK(marks(-0.2) == marks(1.0) + 1);
    CHECK(marks(1e308) == marks(9.0));
}

TEST_CASE("Bar charts of nothing are survived, rows without a place are counted", "[render][bars]") {
    const double inf = std::numeric_limits<double>::infinity();
    for (BarChart chart :
         {BarChart{}, BarChart{"Title", "axis", k_nan, k_nan, "limit", {"a"}, {}},
          BarChart{"Title", "axis", -1.0, inf, "limit", {"a", "b"}, {{"row", inf, k_nan, ""}}}}) {
        const Box box{0.0, 0.0, 400.0, bar_chart_height(chart, 16.0)};
        CHECK(noted(chart, box).inside(box, 1.0));
    }
    BarChart many{"Title", "axis", 1.0, {}, "", {}, {}};
    for (int i = 0; i < 20; ++i) many.rows.push_back({"row " + std::to_string(i), 0.05 * i, {}, ""});
    const NotingPainter painter = noted(many, {0.0, 0.0, 500.0, 0.5 * bar_chart_height(many, 16.0)});
    CHECK(has(painter, "row 0"));
    CHECK(!has(painter, "row 19"));
    CHECK(std::ranges::any_of(painter.texts, [](const auto& t) { return t.text.starts_with('+'); }));
}

TEST_CASE("The same bars give the same bytes, and a table", "[render][bars]") {
    const BarChart chart = angles();
    const auto paint = [&](Painter& painter) {
        draw_bar_chart(painter, chart, {0.0, 0.0, 640.0, 240.0}, light_theme(), 15.0);
    };
    CHECK(svg_of(640, 240, light_theme().page, paint) == svg_of(640, 240, light_theme().page, paint));
    CHECK(bar_chart_csv(chart)
          == "label,left: of the range,right: of the range,note\nAnkle,0.5,1,9 of 18 deg\nHip,1.1,7,132 of "
             "120 deg\n"
             "A joint with a name that goes on for ever and ever,,,\nToes,-3,,-30 of 10 deg\n");
    CHECK(bar_chart_csv({"", "", 1.0, {}, "", {}, {{"a, b", 0.25, {}, ""}}})
          == "label,value\n\"a, b\",0.25\n");
}
