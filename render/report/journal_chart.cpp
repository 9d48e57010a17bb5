// What lies where: from entries and rungs to charts.
#include "render/report/journal_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "render/report/chart_axis.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();

/// A help as the journal keeps it, as a scenario does, and as people read it.
struct DrawnHelp {
    std::optional<double> JournalEntry::*kept;
    const char* field;
    const char* title;
    const char* unit;
    double factor;
};
constexpr DrawnHelp k_drawn_helps[] = {
    {&JournalEntry::counterweight_kg, "counterweight.mass_kg", "Weight held", "kg", 1.0},
    {&JournalEntry::stance_m, "stance.width_m", "Width between the heels", "cm", 100.0},
    {&JournalEntry::wedge_m, "heel_wedge.height_m", "Wedge under the heels", "cm", 100.0},
};

double value_in(const ScenarioDef& scenario, const DrawnHelp& help) {
    const FieldValue value = find_field(help.field)->get(resolve_scenario(scenario));
    const double* const number = std::get_if<double>(&value);
    return number != nullptr ? *number : k_nan;
}

/// What the ladder takes away, else what the journal speaks of most.
const DrawnHelp& drawn_help(const std::vector<JournalEntry>& entries, const Ladder* ladder) {
    if (ladder != nullptr && !ladder->rungs.empty())
        for (const DrawnHelp& help : k_drawn_helps)
            if (value_in(ladder->rungs.front().scenario, help) != value_in(ladder->unaided, help))
                return help;
    const auto said = [&](const DrawnHelp& help) {
        return std::ranges::count_if(entries,
                                     [&](const JournalEntry& e) { return (e.*help.kept).has_value(); });
    };
    const DrawnHelp* most = k_drawn_helps;
    for (const DrawnHelp& help : k_drawn_helps)
        if (said(help) > said(*most)) most = &help;
    return *most;
}

double drop_of(const Depth& depth, const DepthDrops& drops) {
    if (const double* drop = std::get_if<double>(&depth)) return *drop;
    switch (std::get<DepthWord>(depth)) {
    case DepthWord::half: return drops.half;
    case DepthWord::parallel: return drops.parallel;
    case DepthWord::full: return drops.full;
    }
    return k_nan;
}

/// Series and levels with room above; from nothing on, unless what is drawn never comes near it (a stance).
std::array<double, 2> range_with(const ChartSeries& series, const std::vector<ChartLevel>& levels,
                                 bool from_nothing) {
    double most = 0.0, least = std::numeric_limits<double>::infinity();
    const auto take = [&](double y) {
        if (!std::isfinite(y)) return;
        most = std::max(most, y);
        least = std::min(least, y);
    };
    for (const double y : series.y) take(y);
    for (const ChartLevel& level : levels) take(level.y);
    if (!(most > 0.0)) return {0.0, 1.0};
    const double from = from_nothing ? 0.0 : std::max(0.0, least - 0.3 * (most - least) - 0.05 * most);
    return {from - 0.06 * (most - from), most + 0.12 * (most - from)};
}

/// From the first day on, two weeks at least, so long that ticks fall on whole days.
std::array<double, 2> range_of_days(double last) {
    constexpr double k_least_days = 13.0;
    constexpr int k_most_ticks = 12;
    for (double end = std::max(last, k_least_days);; end += 1.0) {
        const double side = std::max(0.5, 0.03 * end), step = nice_step(-side, end + side, k_most_ticks);
        if (step == std::round(step)) return {-side, end + side};
    }
}

}  // namespace

JournalFigure journal_figure(const std::vector<JournalEntry>& entries, const DepthDrops& drops,
                             const Ladder* ladder) {
    std::vector<JournalEntry> in_order = entries;
    std::erase_if(in_order, [](const JournalEntry& e) { return !day_number(e.day); });
    std::ranges::stable_sort(in_order, {}, &JournalEntry::day);
    const DrawnHelp& help = drawn_help(in_order, ladder);

    JournalFigure figure;
    figure.title = "Squats over time";
    ChartSeries used, reached;
    const int first = in_order.empty() ? 0 : *day_number(in_order.front().day);
    for (const JournalEntry& entry : in_order) {
        const double x = *day_number(entry.day) - first;
        const std::optional<double>& kept = entry.*help.kept;
        used.x.push_back(x);
        used.y.push_back(kept ? help.factor * *kept : k_nan);
        reached.x.push_back(x);
        reached.y.push_back(100.0 * drop_of(entry.depth, drops));
        figure.felt.push_back({x, entry.felt_night, entry.felt_morning});
    }

    if (ladder != nullptr)
        for (std::size_t i = 0; i < ladder->rungs.size(); ++i) {
            const LadderRung& rung = ladder->rungs[i];
            const double y = help.factor * value_in(rung.scenario, help);
            if (std::isfinite(y))
                figure.help_levels.push_back({y, "Rung " + std::to_string(i + 1) + ": " + rung.help});
        }
    figure.depth_levels = {
        {100.0 * drops.half, "half"}, {100.0 * drops.parallel, "parallel"}, {100.0 * drops.full, "full"}};

    const std::array<double, 2> days = range_of_days(used.x.empty() ? 0.0 : used.x.back());
    const std::string since = in_order.empty() ? "Days" : "Days since " + in_order.front().day;
    figure.help.title =
        help.title + std::string(figure.help_levels.empty() ? "" : ", and the simulated ladder");
    figure.help.y_label = std::string("Help (") + help.unit + ")";
    figure.help.x_range = days;
    figure.help.y_range = range_with(used, figure.help_levels, help.kept != &JournalEntry::stance_m);
    figure.help.series = {std::move(used)};
    figure.depth.title = "Depth reached, and how it felt";
    figure.depth.x_label = since;
    figure.depth.y_label = "Hip drop (% of leg)";
    figure.depth.x_range = days;
    figure.depth.y_range = range_with(reached, figure.depth_levels, true);
    figure.depth.series = {std::move(reached)};
    return figure;
}

}  // namespace plumb
