// What the joints, the muscles and the two sides have to do.
#include <algorithm>
#include <cmath>

#include "render/report/bar_chart.h"
#include "render/report/report_sections.h"
#include "sim/balance/events.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// A joint of both sides, or of the trunk: its facts and the coordinate whose range is meant.
struct JointLine {
    const char* name;  ///< as in summary.json
    std::array<JointFacts, k_side_count> facts;
    Dof dof;
    bool sided;
};

std::vector<JointLine> joint_lines(const Recording& recording, const Assessment& a) {
    std::vector<JointLine> lines = {
        {"ankle", a.ankle, dof_left_ankle_dorsiflexion, true},
        {"knee", a.knee, dof_left_knee_flexion, true},
        {"hip", a.hip, dof_left_hip_flexion, true},
        {"lumbar", {a.lumbar, a.lumbar}, dof_lumbar_flexion, false},
    };
    if (recording.plan.model.body.has_toes())
        lines.insert(lines.begin(), {"toes", a.toes, dof_left_toe_extension, true});
    return lines;
}

std::string number_name(const JointLine& line, int side, const char* what) {
    return std::string("joints.") + line.name + (line.sided ? side == side_left ? ".left." : ".right." : ".")
           + what;
}

/// Bars of both sides against all there is.
BarChart sided_bars(const Texts& say, const char* title, const char* axis, const char* limit) {
    BarChart chart;
    chart.title = say(title);
    chart.axis = say(axis);
    chart.most = 1.2;
    chart.limit = 1.0;
    chart.limit_text = say(limit);
    chart.kinds = {say("sides.left"), say("sides.right")};
    return chart;
}

Figure bars(ReportWriter& writer, BarChart chart, const std::string& name, std::string alt) {
    writer.data(name, bar_chart_csv(chart), alt);
    auto shown = std::make_shared<const BarChart>(std::move(chart));
    Figure figure{"", std::move(alt), 2.0, bar_chart_height(*shown, 1.0), {}, {}};
    figure.paint = [shown](Painter& painter, const Box& box, double text_px) {
        draw_bar_chart(painter, *shown, box, light_theme(), text_px);
    };
    return figure;
}

BarChart ranges_chart(ReportWriter& writer, const ReportFacts& facts) {
    const Recording& recording = *facts.recording;
    const Person person = build_person(recording.scenario.person);
    const Texts& say = writer.say;
    BarChart chart = sided_bars(say, "joints.ranges_title", "joints.ranges_axis", "joints.ranges_limit");
    for (const JointLine& line : joint_lines(recording, facts.assessment)) {
        BarRow row{say(std::string("joints.") + line.name), 0.0, std::nullopt, ""};
        std::array<std::string, k_side_count> notes;
        for (const int side : {side_left, side_right}) {
            const Dof dof = line.sided ? on_side(line.dof, side) : line.dof;
            const double most_deg = person.ranges[static_cast<std::size_t>(dof)].max_rad * k_rad_to_deg,
                         used_deg = line.facts[static_cast<std::size_t>(side)].max_flexion_deg;
            const double share = most_deg > 0.0 ? used_deg / most_deg : 0.0;
            if (side == side_left)
                row.value = share;
            else if (line.sided)
                row.other = share;
            const std::string used = line.sided || side == side_left
                                         ? writer.numbers.say(number_name(line, side, "max_flexion_deg"),
                                                              used_deg, Quantity::angle)
                                         : writer.numbers.text(used_deg, Quantity::angle);
            const std::string range =
                line.sided || side == side_left
                    ? writer.numbers.say(number_name(line, side, "range_deg"), most_deg, Quantity::angle)
                    : writer.numbers.text(most_deg, Quantity::angle);
            notes[static_cast<std::size_t>(side)] = say("joints.used_of", {{"used", used}, {"range", range}});
        }
        row.note = sided_phrase(writer.say, notes[side_left], notes[side_right]);
        chart.rows.push_back(std::move(row));
    }
    return chart;
}

BarChart strength_chart(ReportWriter& writer, const ReportFacts& facts) {
    const Texts& say = writer.say;
    BarChart chart = sided_bars(say, "strength.title_chart", "strength.axis", "strength.limit");
    std::vector<JointLine> lines = joint_lines(*facts.recording, facts.assessment);
    lines.push_back({"shoulder",
                     {facts.assessment.shoulder, facts.assessment.shoulder},
                     dof_left_shoulder_flexion,
                     false});
    for (const JointLine& line : lines) {
        BarRow row{say(std::string("joints.") + line.name), 0.0, std::nullopt, ""};
        std::array<std::string, k_side_count> notes;
        for (const int side : {side_left, side_right}) {
            if (side == side_right && !line.sided) continue;
            const JointFacts& joint = line.facts[static_cast<std::size_t>(side)];
            (side == side_left ? row.value : row.other.emplace()) = joint.peak_strength_fraction;
            (void)writer.numbers.say(number_name(line, side, "peak_strength_fraction"),
                                     joint.peak_strength_fraction, Quantity::percent);
            notes[static_cast<std::size_t>(side)] = writer.numbers.say(
                number_name(line, side, "peak_moment_Nm"), joint.peak_moment_Nm, Quantity::moment);
        }
        row.note =
            line.sided ? sided_phrase(writer.say, notes[side_left], notes[side_right]) : notes[side_left];
        chart.rows.push_back(std::move(row));
    }
    return chart;
}

/// The largest stretch of each tissue on each side, on the feet.
std::array<std::array<double, k_tissue_count>, k_side_count> most_stretch(const Recording& recording,
                                                                          std::size_t feet_end) {
    const Person person = build_person(recording.scenario.person);
    std::array<std::array<double, k_tissue_count>, k_side_count> most{};
    for (std::size_t i = 0; i < feet_end; ++i) {
        const auto sides = tissue_sides(person, recording.frames[i].pose.joints);
        for (std::size_t side = 0; side < most.size(); ++side)
            for (std::size_t tissue = 0; tissue < k_tissue_count; ++tissue)
                most[side][tissue] = std::max(most[side][tissue], sides[side].stretch[tissue]);
    }
    return most;
}

void add_stretch(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder) {
    const Events events = find_events(*facts.recording);
    const auto most = most_stretch(*facts.recording, events.feet_end);
    const Texts& say = writer.say;
    BarChart chart = sided_bars(say, "stretch.title_chart", "stretch.axis", "stretch.limit");
    std::size_t longest = 0;
    for (std::size_t tissue = 0; tissue < k_tissue_count; ++tissue) {
        const bool sided = tissue != tissue_lower_back;
        const std::string name(k_tissue_names[tissue]);
        const auto share = [&](int side) {
            return writer.numbers.say("stretch." + name
                                          + (!sided              ? ""
                                             : side == side_left ? ".left"
                                                                 : ".right"),
                                      most[static_cast<std::size_t>(side)][tissue], Quantity::percent);
        };
        BarRow row{say("tissues." + name), most[side_left][tissue], std::nullopt, share(side_left)};
        if (sided) {
            row.other = most[side_right][tissue];
            row.note = sided_phrase(writer.say, row.note, share(side_right));
        }
        chart.rows.push_back(std::move(row));
        const auto of = [&](std::size_t t) { return std::max(most[side_left][t], most[side_right][t]); };
        if (of(tissue) > of(longest)) longest = tissue;
    }
    writer.section("stretch.title");
    writer.paragraph(
        say("stretch.most",
            {{"tissue", say("tissues." + std::string(k_tissue_names[longest]))},
             {"share", writer.numbers.text(std::max(most[side_left][longest], most[side_right][longest]),
                                           Quantity::percent)}}));
    std::vector<Figure> figures;
    // Large marks: its legend is to be read.
    StillDef muscles = report_still(View::side, 660, 550);
    muscles.options.muscles = true;
    muscles.overlay_scale = 1.25;
    figures.push_back(writer.still(builder, events.deepest_frame, muscles, say("stretch.still_caption"),
                                   say("stretch.still_alt")));
    Figure drawn = bars(writer, std::move(chart), "stretch", say("stretch.alt"));
    drawn.width_over_height = figures.front().width_over_height;
    figures.push_back(std::move(drawn));
    writer.figures(std::move(figures), 2);
}

void add_load(ReportWriter& writer, const ReportFacts& facts) {
    const Assessment& a = facts.assessment;
    const Texts& say = writer.say;
    const std::string left =
                          writer.numbers.say("ground.load_left_share", a.load_left_share, Quantity::percent),
                      right =
                          writer.numbers.say("load_right_share", 1.0 - a.load_left_share, Quantity::percent);
    writer.section("load.title");
    writer.paragraph(say("load.text", {{"left", left}, {"right", right}}));
    BarChart chart;
    chart.title = say("load.title_chart");
    chart.axis = say("load.axis");
    chart.limit = 0.5;
    chart.limit_text = say("load.limit");
    chart.rows = {{say("sides.left"), a.load_left_share, std::nullopt, left},
                  {say("sides.right"), 1.0 - a.load_left_share, std::nullopt, right}};
    writer.figures({bars(writer, std::move(chart), "load", say("load.alt"))});
}

void add_wall(ReportWriter& writer, const ReportFacts& facts) {
    const Assessment& a = facts.assessment;
    const Recording& recording = *facts.recording;
    if (!recording.scenario.wall.distance_m) return;
    const Texts& say = writer.say;
    writer.section("wall.title");
    if (!a.wall)
        return writer.paragraph(
            say(a.outcome == Outcome::blocked_by_wall ? "wall.in_front" : "wall.not_touched"));
    const WallFacts& wall = *a.wall;
    const Events events = find_events(recording);
    std::string text =
        say("wall.touched",
            {{"time", writer.numbers.say("wall.contact_time_s", wall.contact_time_s, Quantity::time)},
             {"peak", writer.numbers.say("wall.peak_force_N", wall.peak_force_N, Quantity::force)}});
    if (events.held && wall.hold_force_N >= 1.0)
        text += " "
                + say("wall.hold",
                      {{"hold", writer.numbers.say("wall.hold_force_N", wall.hold_force_N, Quantity::force)},
                       {"share", writer.numbers.say("wall_hold_share_of_weight",
                                                    wall.hold_force_N / body_weight_N(recording),
                                                    Quantity::percent)}});
    writer.paragraph(text + " " + say(wall.rose ? "wall.rose" : "wall.stayed"));
    if (std::isfinite(a.support_min_m))
        writer.paragraph(say("wall.support",
                             {{"margin", margin_phrase(writer, "margin.support_min_m", a.support_min_m)}}));
    Chart chart = channel_over_time({{facts.name, facts.recording}}, *find_channel("wall_force"),
                                    writer.numbers.units());
    chart.series.front().name = "";
    writer.figures({writer.chart(std::move(chart), "wall_force", 3.2, "", say("wall.alt"))});
    if (!wall.rose) writer.paragraph(say("wall.side_exit"));
}

}  // namespace

void add_body(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder) {
    const Texts& say = writer.say;
    writer.section("joints.title");
    writer.figures({bars(writer, ranges_chart(writer, facts), "joint_ranges", say("joints.ranges_alt"))});
    writer.paragraph((find_events(*facts.recording).fell ? say("joints.with_fall") + " " : "")
                         + say("joints.reading"),
                     ParagraphStyle::quiet);
    Chart angles;
    angles.title = "Joint angles through the squat";
    angles.x_label = channel_label(*find_channel("knee_flexion_left"));
    angles.y_label = "Angle (\u00b0)";
    int look = 0;
    for (const char* name : {"hip_flexion_left", "trunk_lean", "ankle_flexion_left", "lumbar_flexion"}) {
        Chart one = channel_against({{channel_title(*find_channel(name)), facts.recording}},
                                    *find_channel("knee_flexion_left"), *find_channel(name));
        one.series.front().look = look++;
        angles.series.push_back(std::move(one.series.front()));
    }
    writer.figures({writer.chart(std::move(angles), "joint_angles", 2.4, "", say("joints.angles_alt"))});
    writer.section("strength.title");
    writer.figures({bars(writer, strength_chart(writer, facts), "strength", say("strength.alt"))});
    writer.paragraph(say("strength.reading"), ParagraphStyle::quiet);
    add_stretch(writer, facts, builder);
    add_load(writer, facts);
    add_wall(writer, facts);
}

}  // namespace plumb
