// From frames to curves.
#include "render/report/run_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "render/scene/scene.h"
#include "sim/balance/events.h"
#include "sim/base/units.h"
#include "sim/body/state.h"

namespace plumb {
namespace {

constexpr double k_gap = std::numeric_limits<double>::quiet_NaN();
constexpr Rgba k_outside_fill{0.85f, 0.25f, 0.15f, 0.10f};  ///< thin enough for both themes
constexpr Rgba k_deep_fill{0.05f, 0.60f, 0.40f, 0.10f};
// Looks of the picture from above; colours as in the scene.
constexpr int k_cop_look = 0, k_com_look = 1, k_xcom_look = 2, k_base_look = 3, k_feet_look = 4,
              k_region_look = 5;

std::size_t first_where(const std::vector<Frame>& frames, std::size_t end, auto&& holds) {
    const auto stop = frames.begin() + static_cast<std::ptrdiff_t>(std::min(end, frames.size()));
    return static_cast<std::size_t>(std::find_if(frames.begin(), stop, holds) - frames.begin());
}

/// Bands and the zero line that belong to what is measured.
void add_meaning(Chart& chart, const Channel& channel) {
    constexpr double k_far = std::numeric_limits<double>::infinity();
    if (channel.name.ends_with("_margin")) {
        chart.zero_line = 0.0;
        const bool region = channel.name == "support_margin",
                   functional = channel.name == "functional_margin";
        chart.bands.push_back({-k_far, 0.0,
                               region       ? "outside what feet and wall can hold"
                               : functional ? "outside the functional base"
                                            : "outside the base of support",
                               k_outside_fill});
    } else if (channel.name == "thigh_angle") {
        chart.zero_line = 0.0;
        chart.bands.push_back({-k_far, 0.0, "below parallel", k_deep_fill});
    } else if (channel.unit == "N m") {
        chart.zero_line = 0.0;
    }
}

/// The footprint turns the world: to the person's right is -Y, forward is up.
void add_point(ChartSeries& series, const Eigen::Vector2d& place_m) {
    series.x.push_back(-place_m.y());
    series.y.push_back(place_m.x());
}
void add_gap(ChartSeries& series) {
    series.x.push_back(k_gap);
    series.y.push_back(k_gap);
}
void add_outline(ChartSeries& series, const Polygon& corners) {
    if (corners.empty()) return;
    if (!series.x.empty()) add_gap(series);
    for (const Eigen::Vector2d& corner : corners) add_point(series, corner);
    add_point(series, corners.front());
}

/// The way of a point until `frame`; a gap and the point again make the dot at its end.
template <class Place>
ChartSeries way(std::string name, int look, const Recording& recording, std::size_t frame, Place place) {
    ChartSeries series{std::move(name), {}, {}, look, false};
    std::optional<Eigen::Vector2d> last;
    for (std::size_t i = 0; i <= frame; ++i) {
        last = place(recording.frames[i]);
        if (last)
            add_point(series, *last);
        else if (!series.x.empty())
            add_gap(series);
    }
    if (last) {
        add_gap(series);
        add_point(series, *last);
    }
    return series;
}

/// "Knee flexion left" -> "knee flexion left"; "COM x" stays.
std::string within_sentence(const Channel& channel) {
    std::string title = channel_title(channel);
    if (title.substr(1, 1) == channel.name.substr(1, 1) && !title.starts_with("CoP"))
        title[0] = channel.name[0];
    return title;
}

Polygon outline_of(const SolePoints& soles, int side) {
    Polygon outline;
    for (int i = 0; i < k_sole_point_count; ++i)
        outline.push_back(
            soles[static_cast<std::size_t>(side) * k_sole_point_count + static_cast<std::size_t>(i)]
                .head<2>());
    return outline;
}

}  // namespace

const Channel* find_channel(std::string_view name) {
    const auto& all = channels();
    const auto found = std::ranges::find(all, name, &Channel::name);
    return found == all.end() ? nullptr : &*found;
}

std::string channel_title(const Channel& channel) {
    std::string title;
    std::size_t at = 0;
    while (at <= channel.name.size()) {
        const std::size_t end = std::min(channel.name.find('_', at), channel.name.size());
        std::string word = channel.name.substr(at, end - at);
        if (word == "com") word = "COM";
        if (word == "xcom") word = "XCoM";
        if (word == "cop") word = "CoP";
        if (title.empty() && !word.empty() && word[0] >= 'a' && word[0] <= 'z')
            word[0] = static_cast<char>(word[0] - 'a' + 'A');
        title += (title.empty() ? "" : " ") + word;
        at = end + 1;
    }
    return title;
}

ReadUnit read_unit(const Channel& channel, ReadUnits units) {
    if (channel.unit == "1") return {"", 1.0};
    if (channel.unit == "deg") return {"\u00b0", 1.0};
    if (units == ReadUnits::imperial && channel.unit == "N") return {"lbf", 1.0 / k_pound_N};
    if (units == ReadUnits::imperial && channel.unit == "N m")
        return {"lbf ft", 1.0 / (k_foot_m * k_pound_N)};
    if (channel.unit != "m") return {channel.unit, 1.0};
    if (units == ReadUnits::imperial) return {"in", 1.0 / k_inch_m};
    const bool fine = channel.name.ends_with("_margin") || channel.name.starts_with("heel_");
    return fine ? ReadUnit{"mm", 1000.0} : ReadUnit{"cm", 100.0};
}

std::string channel_label(const Channel& channel, ReadUnits units) {
    const std::string unit = read_unit(channel, units).unit;
    return channel_title(channel) + (unit.empty() ? "" : " (" + unit + ")");
}

std::vector<ChartEvent> run_events(const Recording& recording) {
    std::vector<ChartEvent> events;
    const std::vector<Frame>& frames = recording.frames;
    if (frames.empty()) return events;
    const Events found = find_events(recording);
    const auto add = [&](std::size_t frame, std::size_t end, const char* text) {
        if (frame < end) events.push_back({frames[frame].time_s, text});
    };
    add(first_where(frames, frames.size(), on_wall), frames.size(), "wall touched");
    // On the floor every heel is up: only what happens on the feet counts.
    const auto heel_up = [](const Frame& f) {
        return std::max(f.heel_height_m[side_left], f.heel_height_m[side_right]) > k_heel_lift_limit_m;
    };
    add(first_where(frames, found.feet_end, heel_up), found.feet_end, "heel lifts");
    if (found.exit_frame) add(*found.exit_frame, frames.size(), "COM leaves the feet");
    if (found.fell) add(found.feet_end, frames.size(), "on the floor");
    std::ranges::stable_sort(events, [](const auto& a, const auto& b) { return a.x < b.x; });
    return events;
}

Chart channel_over_time(const std::vector<ChartRun>& runs, const Channel& channel, ReadUnits units) {
    const double factor = read_unit(channel, units).factor;
    Chart chart;
    chart.title = channel_title(channel);
    chart.x_label = "Time (s)";
    chart.y_label = channel_label(channel, units);
    int look = 0;
    for (const ChartRun& run : runs) {
        ChartSeries series{run.name, {}, {}, look++, false};
        if (run.recording) {
            for (const Frame& frame : run.recording->frames) {
                series.x.push_back(frame.time_s);
                series.y.push_back(factor * channel.value(frame));
            }
            for (ChartEvent& event : run_events(*run.recording))
                chart.events.push_back({event.x, (runs.size() > 1 ? run.name + ": " : "") + event.text});
        }
        chart.series.push_back(std::move(series));
    }
    add_meaning(chart, channel);
    return chart;
}

Chart channel_against(const std::vector<ChartRun>& runs, const Channel& x_channel, const Channel& y_channel,
                      ReadUnits units) {
    const double x_factor = read_unit(x_channel, units).factor, y_factor = read_unit(y_channel, units).factor;
    Chart chart;
    chart.title = channel_title(y_channel) + " against " + within_sentence(x_channel);
    chart.x_label = channel_label(x_channel, units);
    chart.y_label = channel_label(y_channel, units);
    int look = 0;
    for (const ChartRun& run : runs) {
        ChartSeries series{run.name, {}, {}, look++, false};
        if (run.recording && !run.recording->frames.empty()) {
            const std::size_t end = find_events(*run.recording).feet_end;
            for (std::size_t i = 0; i < end; ++i) {
                series.x.push_back(x_factor * x_channel.value(run.recording->frames[i]));
                series.y.push_back(y_factor * y_channel.value(run.recording->frames[i]));
            }
        }
        chart.series.push_back(std::move(series));
    }
    add_meaning(chart, y_channel);
    return chart;
}

Chart feet_from_above(const Recording& recording, double time_s, ReadUnits units) {
    Chart chart;
    chart.title = "Feet from above";
    const auto& [unit, factor] = read_unit(*find_channel("com_x"), units);
    chart.x_label = "To the person's right (" + unit + ")";
    chart.y_label = "Forward (" + unit + ")";
    chart.equal_scale = true;
    const std::vector<Frame>& frames = recording.frames;
    if (frames.empty()) return chart;
    const std::size_t now = frame_at(recording, time_s);

    const BodyModel& body = recording.plan.model.body;
    const SolePoints soles = sole_points(body, forward_kinematics(body, frames.front().pose));
    ChartSeries feet{"Feet at the start", {}, {}, k_feet_look, true};
    for (int side = 0; side < k_side_count; ++side) add_outline(feet, outline_of(soles, side));

    // The feet fill the picture. It follows the COM a little beyond them; a falling body leaves it: where it leaves is
    // what matters.
    const auto [left, right] = std::ranges::minmax(soles, {}, [](const Vector3& p) { return -p.y(); });
    const auto [back, front] = std::ranges::minmax(soles, {}, [](const Vector3& p) { return p.x(); });
    constexpr double k_around_m = 0.06, k_farthest_m = 0.25;
    double lowest_m = back.x(), highest_m = front.x();
    for (std::size_t i = 0; i <= now; ++i) {
        lowest_m = std::min(lowest_m, std::max(frames[i].com_m.x(), back.x() - k_farthest_m));
        highest_m = std::max(highest_m, std::min(frames[i].com_m.x(), front.x() + k_farthest_m));
    }
    chart.x_range = {factor * (-left.y() - k_around_m), factor * (-right.y() + k_around_m)};
    chart.y_range = {factor * (lowest_m - k_around_m), factor * (highest_m + k_around_m)};

    ChartSeries base{"Base of support now", {}, {}, k_base_look, true};
    add_outline(base, support_base(body, forward_kinematics(body, frames[now].pose)).sole);
    chart.series.push_back(std::move(feet));
    chart.series.push_back(std::move(base));
    if (!frames[now].support_region.empty()) {
        ChartSeries region{"Feet and wall can hold", {}, {}, k_region_look, true};
        add_outline(region, frames[now].support_region);
        chart.series.push_back(std::move(region));
    }
    chart.series.push_back(way("CoP", k_cop_look, recording, now, [](const Frame& f) { return f.cop_m; }));
    chart.series.push_back(way("XCoM", k_xcom_look, recording, now,
                               [](const Frame& f) { return std::optional<Eigen::Vector2d>(f.xcom_m); }));
    chart.series.push_back(way("COM", k_com_look, recording, now, [](const Frame& f) {
        return std::optional<Eigen::Vector2d>(f.com_m.head<2>());
    }));
    for (ChartSeries& series : chart.series) {
        for (double& x : series.x) x *= factor;
        for (double& y : series.y) y *= factor;
    }
    return chart;
}

}  // namespace plumb
