// The shared pens.
#include "render/report/report_writer.h"

#include <algorithm>
#include <cmath>

#include "render/report/figure_drawing.h"
#include "sim/balance/explain.h"
#include "sim/person/strength_ratio.h"

namespace plumb {
namespace {

/// The person's value behind a factor's word; null for what has none.
double PersonDef::*value_behind(const std::string& factor) {
    if (factor == "ankle") return &PersonDef::ankle_dorsiflexion_deg;
    if (factor == "knee") return &PersonDef::knee_flexion_deg;
    if (factor == "lumbar") return &PersonDef::lumbar_flexion_deg;
    if (factor == "abduction") return &PersonDef::hip_abduction_deg;
    if (factor == "inversion") return &PersonDef::ankle_inversion_deg;
    return nullptr;
}

}  // namespace

ReportWriter::ReportWriter(const Texts& texts, ReadUnits units, StillMaker stills)
    : say(texts), numbers(units), stills_(std::move(stills)) {}

StillDef report_still(View view, int width, int height) {
    // Small pictures: marks no smaller than can be seen.
    StillDef def{view, width, height, {}, std::max(0.85, height / 720.0), {}};
    SceneOptions& o = def.options;
    o.xcom = o.cop = o.trails = o.forces = o.callouts = false;
    return def;
}

void ReportWriter::begin_run(std::size_t index, const std::string& name) {
    const std::string number = std::to_string(index);
    numbers.begin(number + " " + name);
    run_mark_ = number + "_" + file_word(name) + "_";
}

void ReportWriter::paragraph(const std::string& text, ParagraphStyle style) {
    if (!text.empty()) add(Paragraph{text, style});
}

void ReportWriter::figures(std::vector<Figure> figures, int columns) {
    if (!figures.empty()) add(FigureRow{std::move(figures), columns, false});
}

Figure ReportWriter::still(const SceneBuilder& builder, std::size_t frame, const StillDef& def,
                           std::string caption, std::string alt) const {
    Figure figure{std::move(caption), std::move(alt), double(def.width) / def.height, 0.0, {}, {}};
    if (stills_) figure.picture = stills_(builder, frame, def);
    if (figure.picture) return figure;
    SceneOptions options = def.options;
    options.skin = options.muscles = false;
    auto scene = std::make_shared<Scene>(builder.at(frame, options));
    if (def.view == View::top) show_feet(*scene);
    const Camera camera = def.camera.value_or(
        view_camera(def.view, builder.recording().scenario.person.stature_m, figure.width_over_height));
    figure.paint = [scene, camera](Painter& painter, const Box& box, double) {
        draw_figure(painter, *scene, camera, box, std::max(0.8, box.height / 720.0));
    };
    return figure;
}

Figure ReportWriter::chart(Chart chart, const std::string& name, double width_over_height,
                           std::string caption, std::string alt) {
    data(name, chart_csv(chart), alt);
    auto shown = std::make_shared<const Chart>(in_language(std::move(chart), say));
    return {std::move(caption),
            std::move(alt),
            width_over_height,
            0.0,
            [shown](Painter& painter, const Box& box, double text_px) {
                draw_chart(painter, *shown, box, light_theme(), text_px);
            },
            {}};
}

void ReportWriter::data(const std::string& name, std::string bytes, const std::string& meaning) {
    data_.push_back({run_mark_ + name + ".csv", std::move(bytes), meaning});
}

Chart in_language(Chart chart, const Texts& texts) {
    for (std::string* const text : {&chart.title, &chart.x_label, &chart.y_label}) *text = texts.word(*text);
    for (ChartSeries& series : chart.series) series.name = texts.word(series.name);
    for (ChartBand& band : chart.bands) band.text = texts.word(band.text);
    for (ChartEvent& event : chart.events) event.text = texts.word(event.text);
    return chart;
}

std::string sided_phrase(const Texts& say, const std::string& left, const std::string& right) {
    return left == right ? left : say("factors.sides", {{"left", left}, {"right", right}});
}

std::string factor_phrase(const ReportWriter& writer, const std::string& factor,
                          const ScenarioDef& scenario) {
    const Texts& say = writer.say;
    const PersonDef left = as_on_side(scenario.person, side_left),
                    right = as_on_side(scenario.person, side_right);
    const auto sided = [&](double of_left, double of_right, Quantity quantity) {
        return sided_phrase(say, writer.numbers.text(of_left, quantity),
                            writer.numbers.text(of_right, quantity));
    };
    constexpr std::string_view k_strength = "strength_";
    if (factor.starts_with(k_strength)) {
        const std::string joint = factor.substr(k_strength.size());
        // The trunk is neither side's.
        const PersonDef& own = scenario.person;
        const bool trunk = joint == "trunk";
        return say("factors.strength",
                   {{"joint", say.find("joints." + joint).value_or(joint)},
                    {"value", sided(joint_strength_ratio(trunk ? own : left, joint),
                                    joint_strength_ratio(trunk ? own : right, joint), Quantity::percent)}});
    }
    if (factor == "trunk_thigh")
        return say("factors.trunk_thigh",
                   {{"value", writer.numbers.text(scenario.person.trunk_thigh_closure_deg.value_or(130.0),
                                                  Quantity::angle)}});
    if (factor == "hip") {
        const auto both = [&](const PersonDef& own) {
            return say("factors.two",
                       {{"first", writer.numbers.text(own.hip_flexion_deg, Quantity::angle)},
                        {"second", writer.numbers.text(own.hip_external_rotation_deg, Quantity::angle)}});
        };
        return say("factors.hip", {{"value", sided_phrase(say, both(left), both(right))}});
    }
    if (const auto member = value_behind(factor))
        return say("factors." + factor, {{"value", sided(left.*member, right.*member, Quantity::angle)}});
    const auto plain = say.find("factors." + factor);
    return plain ? *plain : factor;
}

std::string file_word(const std::string& text) {
    std::string word;
    for (const char c : text) {
        const bool fine =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        word += fine ? c : '_';
        if (word.size() >= 60) break;
    }
    return word.empty() ? "run" : word;
}

}  // namespace plumb
