// Charts: ticks that cut every range, places that read back, and nothing painted outside of the box.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "render/report/chart.h"
#include "render/report/chart_axis.h"
#include "render/report/chart_curves.h"
#include "tests/base/comma_locale.h"
#include "tests/base/no_numbers.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::vector<double> ramp(std::size_t count) {
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<double>(i);
    return values;
}

Chart titled(const std::string& title, const std::string& x_label, const std::string& y_label) {
    Chart chart;
    chart.title = title;
    chart.x_label = x_label;
    chart.y_label = y_label;
    return chart;
}

/// A chart with everything in it.
Chart full_chart() {
    Chart chart = titled("Knee flexion", "Time (s)", "Angle (\u00b0)");
    for (int look = 0; look < 6; ++look) {
        ChartSeries series{"Run " + std::to_string(look + 1), ramp(40), ramp(40), look, look == 4};
        for (double& y : series.y) y = 100.0 * std::sin(0.2 * y + look);
        chart.series.push_back(series);
    }
    chart.bands = {{-k_infinity, 0.0, "below", {1.0f, 0.0f, 0.0f, 0.1f}},
                   {50.0, 80.0, "above", {0.0f, 1.0f, 0.0f, 0.1f}}};
    for (const double x : {3.0, 4.0, 4.5, 20.0, 38.9, 39.0}) chart.events.push_back({x, "heel lifts at"});
    chart.zero_line = 0.0;
    chart.cursor_x = 12.5;
    return chart;
}

NotingPainter noted(const Chart& chart, const Box& box, double text_px = 13.0) {
    NotingPainter painter;
    draw_chart(painter, chart, box, light_theme(), text_px);
    return painter;
}

/// The step is 1, 2, 2.5 or 5 times a power of ten.
bool is_nice(double step) {
    const double power = std::floor(std::log10(step) + 1e-9);
    const double lead = step / std::pow(10.0, power);
    return std::ranges::any_of(std::array{1.0, 2.0, 2.5, 5.0},
                               [&](double nice) { return std::abs(lead - nice) < 1e-6 * nice; });
}

}  // namespace

TEST_CASE("ticks stand where people expect them", "[chart]") {
    CHECK(chart_ticks(0.0, 10.0, 5) == std::vector<double>{0.0, 2.0, 4.0, 6.0, 8.0, 10.0});
    CHECK(chart_ticks(0.0, 1.0, 4) == std::vector<double>{0.0, 0.25, 0.5, 0.75, 1.0});
    CHECK(chart_ticks(-0.1, 0.1, 4) == std::vector<double>{-0.1, -0.05, 0.0, 0.05, 0.1});
    CHECK(chart_ticks(0.3, 140.0, 7) == std::vector<double>{20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 140.0});
    CHECK(chart_ticks(1.0, 1.0, 5).empty());
    CHECK(chart_ticks(2.0, 1.0, 5).empty());
    CHECK(chart_ticks(k_nan, 1.0, 5).empty());
    CHECK(chart_ticks(-k_infinity, 1.0, 5).empty());
    CHECK(chart_ticks(0.0, 1.0, 0).empty());
}

TEST_CASE("any range is cut into at most the asked parts, in steps of 1, 2, 2.5 or 5", "[chart]") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> power(-280.0, 280.0), lead(1.0, 10.0), offset(-1.5, 1.5);
    std::uniform_int_distribution<int> parts(2, 20), kind(0, 3);
    for (int i = 0; i < 20000; ++i) {
        const double span =
            lead(random) * std::pow(10.0, kind(random) == 0 ? power(random) : power(random) / 60.0);
        const double low = span * offset(random) * (kind(random) == 0 ? 1e6 : 1.0), high = low + span;
        const int most = parts(random);
        CAPTURE(low, high, most);
        const std::vector<double> ticks = chart_ticks(low, high, most);
        const double step = nice_step(low, high, most);
        REQUIRE(is_nice(step));
        const auto inside = std::ranges::count_if(ticks, [&](double t) { return t > low && t < high; });
        REQUIRE(inside + 1 <= most);
        // Not coarser than needed: half the step would be too many.
        REQUIRE((high - low) / (0.49 * step) + 2.0 > most);
        for (std::size_t k = 0; k < ticks.size(); ++k) {
            REQUIRE(ticks[k] >= low);
            REQUIRE(ticks[k] <= high);
            if (k > 0)
                REQUIRE(ticks[k] - ticks[k - 1]
                        == Catch::Approx(step).epsilon(1e-6).margin(
                            1e-14 * std::max(std::abs(low), std::abs(high))));
        }
    }
}

TEST_CASE("a tick's number has the decimals of its step", "[chart]") {
    CHECK(tick_text(20.0, 20.0) == "20");
    CHECK(tick_text(0.5, 0.25) == "0.50");
    CHECK(tick_text(-0.05, 0.05) == "-0.05");
    CHECK(tick_text(-1e-18, 0.05) == "0.00");
    CHECK(tick_text(2.5, 2.5) == "2.5");
    CHECK(tick_text(3e9, 1e9) == "3e9");
    CHECK(tick_text(2.5e-7, 2.5e-7) == "2.5e-7");
    CHECK(tick_text(-1.5e300, 5e299) == "-1.5e300");
    CHECK(tick_text(0.0, 1e-9) == "0");
    CHECK(tick_text(k_nan, 1.0).empty());
}

TEST_CASE("a place on a chart reads back", "[chart]") {
    const ChartPlace place{{40.0, 10.0, 300.0, 120.0}, {-2.0, 8.0}, {-0.5, 0.25}};
    CHECK(place.at(-2.0, 0.25).x == Catch::Approx(40.0));
    CHECK(place.at(-2.0, 0.25).y == Catch::Approx(10.0));
    CHECK(place.at(8.0, -0.5).x == Catch::Approx(340.0));
    CHECK(place.at(8.0, -0.5).y == Catch::Approx(130.0));
    for (const double x : {-5.0, 0.0, 3.3, 20.0})
        for (const double y : {-1.0, 0.0, 0.1}) {
            const Point p = place.at(x, y);
            CHECK(place.x_of(p.x) == Catch::Approx(x).margin(1e-12));
            CHECK(place.y_of(p.y) == Catch::Approx(y).margin(1e-12));
        }
}

TEST_CASE("a chart's zoom is what it was asked for, its whole range holds the data", "[chart]") {
    Chart chart = full_chart();
    NotingPainter painter;
    const ChartPlace whole = draw_chart(painter, chart, {0.0, 0.0, 800.0, 300.0}, light_theme(), 13.0);
    CHECK(whole.x_range == std::array{0.0, 39.0});
    CHECK(whole.y_range[0] <= -99.0);
    CHECK(whole.y_range[1] >= 99.0);
    chart.x_range = {3.3, 5.1};
    chart.y_range = {-7.0, 7.5};
    const ChartPlace zoomed = draw_chart(painter, chart, {0.0, 0.0, 800.0, 300.0}, light_theme(), 13.0);
    CHECK(zoomed.x_range == *chart.x_range);
    CHECK(zoomed.y_range == *chart.y_range);
    chart.equal_scale = true;
    const ChartPlace equal = draw_chart(painter, chart, {0.0, 0.0, 800.0, 300.0}, light_theme(), 13.0);
    CHECK((equal.x_range[1] - equal.x_range[0]) / equal.inside.width
          == Catch::Approx((equal.y_range[1] - equal.y_range[0]) / equal.inside.height));
    CHECK(equal.x_range[0] <= 3.3);
    CHECK(equal.y_range[1] >= 7.5);
}

TEST_CASE("nothing is painted outside of the box, whatever the data and the size", "[chart]") {
    std::vector<Chart> charts{full_chart(), Chart{}, titled("Nothing", "x", "y")};
    const std::vector<std::vector<double>> hostile{
        {5.0},
        {k_nan, k_nan},
        {3.0, 3.0, 3.0},
        {k_infinity, 1.0, -k_infinity, 2.0},
        {-1.7e308, 1.7e308, 0.0},
        {-1e300, 1e300},
        {1e-310, 2e-310},
        {1e15, 1e15 + 1.0, 1e15 + 2.0},
        {1e-9, 3e-9, 2e-9},
    };
    for (const auto& y : hostile) {
        Chart chart = full_chart();
        chart.series = {{"one", ramp(y.size()), y, 1}, {"two", y, ramp(y.size()), 3}};
        chart.cursor_x = 1.0;
        charts.push_back(chart);
        chart.equal_scale = true;
        charts.push_back(chart);
        chart.x_range = {0.4, 0.6};
        chart.y_range = {k_nan, 3.0};
        charts.push_back(chart);
    }
    Chart wordy = full_chart();
    wordy.title = std::string(5000, 'W');
    wordy.x_label = wordy.y_label = wordy.title;
    for (auto& s : wordy.series) s.name = wordy.title;
    for (auto& e : wordy.events) e.text = wordy.title;
    charts.push_back(wordy);
    for (std::size_t i = 0; i < charts.size(); ++i)
        for (const Point size :
             {Point{1280, 400}, {420, 240}, {160, 100}, {60, 300}, {300, 40}, {20, 20}, {1, 1}})
            for (const double text_px : {9.0, 13.0, 30.0}) {
                const Box box{17.0, 23.0, size.x, size.y};
                const NotingPainter painter = noted(charts[i], box, text_px);
                CAPTURE(i, size.x, size.y, text_px, painter.widest());
                CHECK(painter.inside(box, 0.51));
                CHECK(painter.clips == 0);
            }
}

TEST_CASE("words of events do not lie on each other", "[chart]") {
    for (const Point size : {Point{1280, 400}, {420, 240}}) {
        const NotingPainter painter = noted(full_chart(), {0.0, 0.0, size.x, size.y});
        std::vector<NotingPainter::Text> words;
        for (const auto& t : painter.texts)
            if (t.text.starts_with("heel lifts")) words.push_back(t);
        CHECK(words.size() >= 4);
        for (std::size_t i = 0; i < words.size(); ++i)
            for (std::size_t k = i + 1; k < words.size(); ++k) {
                const Box &a = words[i].box, &b = words[k].box;
                const bool apart = a.left + a.width <= b.left || b.left + b.width <= a.left
                                   || a.top + a.height <= b.top || b.top + b.height <= a.top;
                CHECK(apart);
            }
    }
}

TEST_CASE("the legend names every series, and says how many it leaves out", "[chart]") {
    const NotingPainter large = noted(full_chart(), {0.0, 0.0, 800.0, 300.0});
    for (int i = 1; i <= 6; ++i) CHECK(says(large, "Run " + std::to_string(i)));
    Chart many = full_chart();
    for (int i = 7; i <= 60; ++i) many.series.push_back({"Run " + std::to_string(i), {0.0}, {0.0}, i});
    const NotingPainter some = noted(many, {0.0, 0.0, 420.0, 240.0});
    CHECK(std::ranges::any_of(some.texts, [](const auto& t) { return t.text.ends_with(" more"); }));
    CHECK(says(some, "Run 1"));
}

TEST_CASE("NaN breaks a line in two; a point alone is a dot", "[chart]") {
    const ChartPlace place{{0.0, 0.0, 100.0, 100.0}, {0.0, 10.0}, {0.0, 10.0}};
    const auto strokes = strokes_of({"", ramp(7), {1.0, 2.0, 3.0, k_nan, 4.0, 5.0, 6.0}, 0, false}, place);
    REQUIRE(strokes.size() == 2);
    CHECK(strokes[0].back().x == Catch::Approx(20.0));
    CHECK(strokes[1].front().x == Catch::Approx(40.0));
    const auto dots = strokes_of({"", ramp(5), {1.0, 2.0, k_infinity, 4.0, k_nan}, 0, false}, place);
    REQUIRE(dots.size() == 2);
    CHECK(dots[1].size() == 1);
    // A curve that leaves and comes back is two strokes that end on the side.
    const auto out = strokes_of({"", {1.0, 2.0, 3.0}, {5.0, 15.0, 5.0}, 0, false}, place);
    REQUIRE(out.size() == 2);
    CHECK(out[0].back().y == Catch::Approx(0.0).margin(1e-9));
    CHECK(out[0].back().x == Catch::Approx(15.0));
    CHECK(out[1].front().x == Catch::Approx(25.0));
}

TEST_CASE("six looks have six dashes", "[chart]") {
    const Stroke line{{0.0, 0.0}, {60.0, 0.0}, {200.0, 0.0}};
    std::vector<std::vector<double>> seen;
    for (int look = 0; look < 6; ++look) {
        std::vector<double> lengths;
        double last = 0.0;
        for (const Stroke& dash : dashed(line, look, 2.0)) {
            CHECK(dash.front().x >= last);
            last = dash.back().x;
            lengths.push_back(dash.back().x - dash.front().x);
        }
        lengths.pop_back();  // cut by the end
        CHECK(std::ranges::find(seen, lengths) == seen.end());
        seen.push_back(lengths);
    }
    CHECK(dashed(line, 0, 2.0).size() == 1);
}

TEST_CASE("the cursor reads every curve it crosses", "[chart]") {
    CHECK(crossings({"", ramp(3), {0.0, 10.0, 20.0}, 0}, 0.5, 0.1) == std::vector<double>{5.0});
    CHECK(crossings({"", {0.0, 2.0, 0.0}, {0.0, 1.0, 2.0}, 0}, 1.0, 0.1) == std::vector<double>{0.5, 1.5});
    CHECK(crossings({"", ramp(3), {0.0, k_nan, 20.0}, 0}, 0.5, 0.1).empty());
    CHECK(crossings({"", {}, {}, 0}, 0.5, 0.1).empty());
}

TEST_CASE("a chart's CSV reads back, with '.' whatever the locale", "[chart]") {
    Chart chart = titled("", "Time (s)", "Angle, \"knee\"");
    chart.series = {{"A", {0.0, 0.5, 1.0}, {1.25, k_nan, -3.5}, 0}, {"B", {0.25}, {1e-7}, 1}};
    const CommaLocale comma;
    const std::string csv = chart_csv(chart);
    CHECK(csv
          == "A: Time (s),\"A: Angle, \"\"knee\"\"\",B: Time (s),\"B: Angle, \"\"knee\"\"\"\n"
             "0,1.25,0.25,1e-07\n0.5,,,\n1,-3.5,,\n");
    CHECK(tick_text(0.5, 0.25) == "0.50");
    CHECK(chart_csv({}) == "\n");
}
