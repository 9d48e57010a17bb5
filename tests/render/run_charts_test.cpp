// Charts of runs: what they plot is what the frames hold, and their events are those the verdict knows.
#include "render/report/run_charts.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string>

#include "tests/balance/synthetic.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::shared_ptr<const Recording> shared(Recording recording) {
    return std::make_shared<const Recording>(std::move(recording));
}

/// The default squat, altered into a fall at 5 s that meets the floor at 6 s, the wall touched and heels up before.
std::shared_ptr<const Recording> staged_fall() {
    Recording run = default_run();
    edit_frames(run, {4.5, 1e9}, [](Frame& f) { f.heel_height_m[side_left] = 0.02; });
    edit_frames(run, {4.8, 1e9}, [](Frame& f) { f.wall_peak_N = 20.0; });
    put_com_outside(run, {5.0, 1e9}, Edge::heel);
    const double weight_N = run.plan.model.body.weight_N();
    edit_frames(run, {6.0, 1e9}, [&](Frame& f) { f.floor_other_N = 0.5 * weight_N; });
    return shared(std::move(run));
}

const Channel& channel(const std::string& name) {
    const Channel* found = find_channel(name);
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("a channel over time is its frames' values", "[chart][balance]") {
    const auto run = shared(default_run());
    const Chart chart = channel_over_time({{"able", run}}, channel("knee_flexion_left"));
    REQUIRE(chart.series.size() == 1);
    CHECK(chart.series[0].name == "able");
    REQUIRE(chart.series[0].x.size() == run->frames.size());
    for (std::size_t i = 0; i < run->frames.size(); i += 50) {
        CHECK(chart.series[0].x[i] == run->frames[i].time_s);
        CHECK(chart.series[0].y[i] == channel("knee_flexion_left").value(run->frames[i]));
    }
    CHECK(chart.x_label == "Time (s)");
    CHECK(chart.y_label == "Knee flexion left (\u00b0)");
    CHECK(chart.events.empty());
    CHECK(find_channel("no_such_channel") == nullptr);
}

TEST_CASE("every channel has a title and a label with its unit", "[chart]") {
    std::set<std::string> labels;
    for (const Channel& c : channels()) {
        CHECK(channel_title(c).find('_') == std::string::npos);
        CHECK(labels.insert(channel_label(c)).second);
    }
    CHECK(channel_label(channel("com_margin")) == "COM margin (mm)");
    CHECK(channel_label(channel("hip_drop_fraction")) == "Hip drop fraction");
    CHECK(channel_label(channel("xcom_x")) == "XCoM x (cm)");
    CHECK(channel_label(channel("com_margin"), ReadUnits::imperial) == "COM margin (in)");
}

TEST_CASE("a fall's events stand at their times, in order", "[chart][balance]") {
    const auto fall = staged_fall();
    const std::vector<ChartEvent> events = run_events(*fall);
    REQUIRE(events.size() == 4);
    const char* const words[] = {"heel lifts", "wall touched", "COM leaves the feet", "on the floor"};
    const double times_s[] = {4.5, 4.8, 5.0, 6.0};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(events[i].text == words[i]);
        CHECK(events[i].x == Catch::Approx(times_s[i]).margin(0.01));
    }
    const Assessment verdict = assess_balance(*fall);
    REQUIRE(verdict.com_exit.has_value());
    CHECK(events[2].x == verdict.com_exit->time_s);
    REQUIRE(verdict.wall.has_value());
    CHECK(events[1].x == verdict.wall->contact_time_s);
    // Several runs: each event says whose it is.
    const Chart both =
        channel_over_time({{"able", shared(default_run())}, {"stiff", fall}}, channel("com_margin"));
    REQUIRE(both.events.size() == 4);
    CHECK(both.events[0].text == "stiff: heel lifts");
    CHECK(both.zero_line == 0.0);
    REQUIRE(both.bands.size() == 1);
    CHECK(both.series[1].look == 1);
}

TEST_CASE("a channel against another ends where the body meets the floor", "[chart][balance]") {
    const auto fall = staged_fall();
    const Chart chart =
        channel_against({{"fall", fall}}, channel("knee_flexion_left"), channel("trunk_lean"));
    REQUIRE(chart.series.size() == 1);
    CHECK(chart.series[0].x.size() == frame_from(*fall, 6.0));
    CHECK(chart.x_label == "Knee flexion left (\u00b0)");
    CHECK(chart.y_label == "Trunk lean (\u00b0)");
}

TEST_CASE("from above the left foot is on the left and the toes point up", "[chart][balance]") {
    const auto run = shared(default_run());
    const Chart chart = feet_from_above(*run, 5.0);
    CHECK(chart.equal_scale);
    const ChartSeries& feet = chart.series.at(0);
    // The left foot comes first, up to the gap.
    const std::size_t gap = static_cast<std::size_t>(
        std::ranges::find_if(feet.x, [](double x) { return std::isnan(x); }) - feet.x.begin());
    REQUIRE(gap == k_sole_point_count + 1);
    for (std::size_t i = 0; i < gap; ++i) {
        CHECK(feet.x[i] < 0.0);
        CHECK(feet.y[i] >= -1e-2);
    }
    CHECK(feet.x[0] == feet.x[gap - 1]);
    const auto com = std::ranges::find(chart.series, std::string("COM"), &ChartSeries::name);
    REQUIRE(com != chart.series.end());
    const Frame& now = run->frames[frame_from(*run, 5.0)];
    CHECK(com->x.back() == Catch::Approx(-100.0 * now.com_m.y()).margin(1e-3));
    CHECK(com->y.back() == Catch::Approx(100.0 * now.com_m.x()).margin(1e-3));
    // Before the start and after the end are the first and the last frame.
    CHECK(feet_from_above(*run, -1.0).series.size() == chart.series.size());
    CHECK(feet_from_above(*run, 1e9).series.size() == chart.series.size());
    CHECK(feet_from_above(*run, std::nan("")).equal_scale);
}

TEST_CASE("runs without frames or without a recording draw", "[chart]") {
    const std::vector<ChartRun> runs{{"none", nullptr}, {"empty", shared(Recording{})}};
    for (const Chart& chart : {channel_over_time(runs, channel("com_x")),
                               channel_against(runs, channel("com_x"), channel("com_z")),
                               feet_from_above(Recording{}, 0.0), channel_over_time({}, channel("com_x"))}) {
        NotingPainter painter;
        draw_chart(painter, chart, {0.0, 0.0, 400.0, 200.0}, light_theme(), 13.0);
        CHECK(painter.inside({0.0, 0.0, 400.0, 200.0}, 0.51));
        CHECK(std::ranges::any_of(painter.texts, [](const auto& t) { return t.text == "no data"; }));
    }
}
