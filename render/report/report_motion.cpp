// The movement in stills, and its balance in curves.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "render/report/figure_drawing.h"
#include "render/report/report_sections.h"
#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

struct Moment {
    std::size_t frame = 0;
    const char* key = "";  ///< of its name: "moments.stand"
};

/// The last frame of the hold, if there was one.
std::optional<std::size_t> end_of_hold(const Recording& recording) {
    const auto& frames = recording.frames;
    for (std::size_t i = frames.size(); i-- > 0;)
        if (frames[i].phase == Phase::hold) return i;
    return std::nullopt;
}

/// Standing, then in the order of time what shows most: the deepest, where the COM left and where that ended; of a run in balance half
/// way, the deepest and, when it shows something else, the end of the hold.
std::vector<Moment> moments_of(const Recording& recording, const Events& events) {
    const auto& frames = recording.frames;
    std::vector<Moment> moments = {{0, "stand"}};
    const std::size_t deepest = events.deepest_frame;
    const std::optional<std::size_t> held = end_of_hold(recording);
    if (events.exit_frame) {
        const std::size_t exit = *events.exit_frame;
        if (deepest > 0 && std::abs(frames[exit].time_s - frames[deepest].time_s) > 0.3)
            moments.push_back({deepest, "deepest"});
        moments.push_back({exit, "exit"});
        if (events.fell && exit + 1 < frames.size())
            moments.push_back({frames.size() - 1, "end"});
        else if (held && *held > exit)
            moments.push_back({*held, "hold"});
        std::ranges::stable_sort(moments, {}, &Moment::frame);
        return moments;
    }
    for (std::size_t i = 0; i < deepest; ++i)
        if (frames[i].hip_drop >= 0.5 * frames[deepest].hip_drop) {
            moments.push_back({i, "half"});
            break;
        }
    if (deepest > 0) moments.push_back({deepest, "deepest"});
    if (!held) return moments;
    const double turned = std::abs(frames[*held].pose.joints[dof_lumbar_rotation]
                                   - frames[deepest].pose.joints[dof_lumbar_rotation]);
    if (*held > deepest
        && (std::abs(frames[*held].hip_drop - frames[deepest].hip_drop) > 0.03 || turned > 0.1))
        moments.push_back({*held, "hold"});
    return moments;
}

std::string frame_alt(ReportWriter& writer, const Recording& recording, std::size_t index, const char* view) {
    const Frame& frame = recording.frames[index];
    const Texts& say = writer.say;
    const double margin_m = frame.com_margin.margin_m;
    std::string where = say("margin.none");
    if (std::isfinite(margin_m))
        where = say(
            "margin.of_feet",
            {{"margin", say(margin_m < 0.0 ? "margin.outside" : "margin.inside",
                            {{"value", writer.numbers.text(std::abs(margin_m), Quantity::small_length)}})}});
    return say("moments.alt", {{"view", say(std::string("views.") + view)},
                               {"time", writer.numbers.text(frame.time_s, Quantity::time)},
                               {"drop", writer.numbers.text(std::max(0.0, frame.hip_drop)
                                                                * recording.plan.model.body.leg_length_m,
                                                            Quantity::length)},
                               {"margin", where}});
}

/// Margin against depth: the run's own way, and the best still posture at each depth.
Chart margin_by_depth(const Recording& recording, const Events& events, ReadUnits units) {
    const bool metric = units == ReadUnits::metric;
    const double across = recording.plan.model.body.leg_length_m * (metric ? 100.0 : 1.0 / k_inch_m),
                 up = metric ? 1000.0 : 1.0 / k_inch_m;
    Chart chart;
    chart.title = "Margin against depth";
    chart.x_label = metric ? "Hips below standing (cm)" : "Hips below standing (in)";
    chart.y_label = metric ? "COM margin (mm)" : "COM margin (in)";
    chart.zero_line = 0.0;
    ChartSeries run{"This run", {}, {}, 0, false}, best{"Best still posture at this depth", {}, {}, 1, false};
    for (std::size_t i = 0; i < events.feet_end; ++i) {
        run.x.push_back(across * recording.frames[i].hip_drop);
        run.y.push_back(up * recording.frames[i].com_margin.margin_m);
    }
    for (const DepthCurveRow& row : recording.plan.depth_curve) {
        best.x.push_back(across * row.drop);
        best.y.push_back(up * row.best_sole_margin_m);
    }
    chart.series = {std::move(run), std::move(best)};
    chart.bands.push_back({-std::numeric_limits<double>::infinity(), 0.0, "outside the base of support",
                           Rgba{0.85f, 0.25f, 0.15f, 0.10f}});
    if (recording.plan.zero_margin_drop)
        chart.events.push_back({across * *recording.plan.zero_margin_drop, "best posture at the edge"});
    if (events.exit_frame)
        chart.events.push_back(
            {across * recording.frames[*events.exit_frame].hip_drop, "COM leaves the feet"});
    std::ranges::stable_sort(chart.events, {}, &ChartEvent::x);
    if (events.fell) stop_at_fall(chart, up);
    return chart;
}

std::string limit_text(ReportWriter& writer, const ReportFacts& facts) {
    const Recording& recording = *facts.recording;
    const StaticLimit& limit = recording.plan.limit_sole;
    const Texts& say = writer.say;
    if (!limit.feasible_standing) return say("balance.not_even_standing");
    const std::string drop =
        depth_phrase(writer, "static_limit.sole.hip_drop_fraction", limit.hip_drop_fraction, recording);
    std::string text;
    if (const auto& intervals = facts.findings.intervals)
        text = say(
            "balance.limit_between",
            {{"drop", drop},
             {"low", depth_phrase(writer, "static_limit.sole.interval.low", intervals->sole.low, recording)},
             {"high",
              depth_phrase(writer, "static_limit.sole.interval.high", intervals->sole.high, recording)}});
    else
        text = say("balance.limit", {{"drop", drop}});
    if (!limit.limiting_factor.empty())
        text += " "
                + say("balance.limit_factor",
                      {{"factor", factor_phrase(writer, limit.limiting_factor, recording.scenario)}});
    const StaticLimit& functional = recording.plan.limit_functional;
    if (!functional.feasible_standing) return text;
    return text + " "
           + say("balance.limit_functional",
                 {{"drop", depth_phrase(writer, "static_limit.functional.hip_drop_fraction",
                                        functional.hip_drop_fraction, recording)}});
}

}  // namespace

void stop_at_fall(Chart& chart, double per_m) {
    constexpr double k_farthest_outside_m = 0.15;
    double highest = 0.05 * per_m;
    for (const ChartSeries& series : chart.series)
        for (const double y : series.y) highest = std::isfinite(y) ? std::max(highest, y) : highest;
    chart.y_range = {-k_farthest_outside_m * per_m, 1.1 * highest};
}

void add_movement(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder, int moments) {
    const Recording& recording = *facts.recording;
    const Events events = find_events(recording);
    const Texts& say = writer.say;
    writer.section("moments.title");
    const std::vector<Moment> shown = moments_of(recording, events);
    FigureRow row;
    row.columns = static_cast<int>(shown.size());
    // One camera for a row: sizes can be compared.
    std::vector<std::size_t> in_view;
    for (const Moment& moment : shown) in_view.push_back(moment.frame);
    StillDef wanted = report_still(View::side, 432, 360);
    for (const auto& [view, word] : {std::pair{View::side, "side"}, std::pair{View::top, "top"}}) {
        wanted.view = view;
        for (const Moment& moment : shown) {
            // From above each comes near: the feet are what matters.
            const std::vector<std::size_t> alone = {moment.frame};
            wanted.camera = figure_camera(recording, view == View::top ? alone : in_view, view,
                                          double(wanted.width) / wanted.height);
            row.figures.push_back(writer.still(
                builder, moment.frame, wanted,
                say("moments.caption",
                    {{"moment", say(std::string("moments.") + moment.key)},
                     {"view", say(std::string("views.") + word)},
                     {"time", writer.numbers.text(recording.frames[moment.frame].time_s, Quantity::time)}}),
                frame_alt(writer, recording, moment.frame, word)));
        }
    }
    writer.add(std::move(row));
    writer.paragraph(say("moments.reading"), ParagraphStyle::quiet);
    if (moments < 2) return;
    std::vector<std::size_t> every;
    for (int i = 0; i < moments; ++i)
        every.push_back((recording.frames.size() - 1) * static_cast<std::size_t>(i)
                        / static_cast<std::size_t>(moments - 1));
    wanted.view = View::side;
    wanted.camera = figure_camera(recording, every, View::side, double(wanted.width) / wanted.height);
    FigureRow all;
    all.columns = 4;
    all.moments = true;
    for (const std::size_t frame : every) {
        all.figures.push_back(writer.still(
            builder, frame, wanted,
            say("moments.at", {{"time", writer.numbers.text(recording.frames[frame].time_s, Quantity::time)},
                               {"phase", say.word(phase_in_words(recording.frames[frame].phase))}}),
            frame_alt(writer, recording, frame, "side")));
    }
    writer.add(std::move(all));
}

void add_balance(ReportWriter& writer, const ReportFacts& facts) {
    const Recording& recording = *facts.recording;
    const Assessment& a = facts.assessment;
    const Events events = find_events(recording);
    const Texts& say = writer.say;
    writer.section("balance.title");
    const SquatPlan& plan = recording.plan;
    const auto planned = [&] {
        return margin_phrase(writer, "planned_min_margin_m", plan.planned_min_margin_m);
    };
    if (events.fell) {
        writer.paragraph(say("balance.fell", {{"margin", planned()}}));
    } else if (std::isfinite(a.com_min_m)) {
        std::string text =
            say("balance.least",
                {{"margin", margin_phrase(writer, "margin.com_min_m", a.com_min_m)},
                 {"time", writer.numbers.say("margin.com_min_time_s", a.com_min_time_s, Quantity::time)}});
        if (std::isfinite(a.functional_min_m))
            text += " "
                    + say("balance.functional",
                          {{"margin", margin_phrase(writer, "margin.functional_min_m", a.functional_min_m)}});
        if (std::isfinite(a.xcom_min_m))
            text +=
                " "
                + say("balance.xcom", {{"margin", margin_phrase(writer, "margin.xcom_min_m", a.xcom_min_m)}});
        writer.paragraph(text + " " + say("balance.planned", {{"margin", planned()}}));
    }
    if (a.warning) {
        const std::string time = writer.numbers.say("warning.time_s", a.warning->time_s, Quantity::time);
        if (a.warning->lead_s)
            writer.paragraph(
                say("balance.warning",
                    {{"time", time},
                     {"lead", writer.numbers.say("warning.lead_s", *a.warning->lead_s, Quantity::time)}}));
        else
            writer.paragraph(
                say(events.fell || events.carried ? "balance.warning_only" : "balance.warning_no_fall",
                    {{"time", time}}));
    }
    Chart strip = channel_over_time({{facts.name, facts.recording}}, *find_channel("com_margin"),
                                    writer.numbers.units());
    strip.series.front().name = "";
    strip.title = "Margin over time";
    if (events.fell)
        stop_at_fall(strip, read_unit(*find_channel("com_margin"), writer.numbers.units()).factor);
    writer.figures({writer.chart(std::move(strip), "margin_over_time", 3.2, "", say("balance.strip_alt"))});
    writer.figures({writer.chart(margin_by_depth(recording, events, writer.numbers.units()),
                                 "margin_by_depth", 2.4, "", say("balance.curve_alt"))});
    std::string still;
    if (plan.zero_margin_drop)
        still = say("balance.zero", {{"drop", depth_phrase(writer, "zero_margin_hip_drop_fraction",
                                                           *plan.zero_margin_drop, recording)}})
                + " ";
    else if (!plan.depth_curve.empty() && plan.depth_curve.front().best_sole_margin_m >= 0.0)
        still = say("balance.never_zero",
                    {{"drop", writer.numbers.text(plan.depth_curve.back().drop * plan.model.body.leg_length_m,
                                                  Quantity::length)}})
                + " ";
    writer.paragraph(still + limit_text(writer, facts));
    if (plan.neutral_spine_cost)
        writer.paragraph(
            say("balance.spine_cost",
                {{"drop", depth_phrase(writer, "neutral_spine_cost", *plan.neutral_spine_cost, recording)}}));
}

}  // namespace plumb
