// What follows from a lesson's words alone.
#include "sim/scenario/lesson_def.h"

#include <algorithm>
#include <set>

namespace plumb {
namespace {

constexpr std::array<std::string_view, 3> k_lengths = {"m", "cm", "mm"};
constexpr std::array<std::string_view, 1> k_masses = {"kg"}, k_angles = {"deg"};
constexpr std::array<HelpField, 5> k_help_fields = {{
    {"counterweight", "counterweight.mass_kg", k_masses},
    {"wider_stance", "stance.width_m", k_lengths},
    {"heel_wedge", "heel_wedge.height_m", k_lengths},
    {"wall", "wall.distance_m", k_lengths},
    {"more_ankle", "person.ankle_dorsiflexion_deg", k_angles},
}};

}  // namespace

const HelpField* help_field(std::string_view help) {
    const auto* const found = std::ranges::find(k_help_fields, help, &HelpField::help);
    return found == k_help_fields.end() ? nullptr : found;
}

std::optional<OutcomeChoice> choice_of(std::string_view outcome) {
    if (outcome == "fell_backward" || outcome == "caught_by_wall") return OutcomeChoice::falls_backward;
    if (outcome == "fell_forward") return OutcomeChoice::falls_forward;
    if (outcome == "fell_left" || outcome == "fell_right" || outcome == "slipped") return std::nullopt;
    return OutcomeChoice::holds;
}

double units_per(std::string_view help, std::string_view unit) {
    const HelpField* const changed = help_field(help);
    if (changed == nullptr || std::ranges::find(changed->units, unit) == changed->units.end()) return 0.0;
    return unit == "cm" ? 100.0 : unit == "mm" ? 1000.0 : 1.0;
}

std::vector<std::size_t> handout_steps(const LessonDef& lesson) {
    const bool chosen = std::ranges::any_of(lesson.steps, &LessonStep::handout);
    std::set<std::string> marks;
    std::vector<std::size_t> steps;
    for (std::size_t i = 0; i < lesson.steps.size(); ++i)
        if (chosen ? lesson.steps[i].handout : marks.insert(lesson.steps[i].mark).second) steps.push_back(i);
    return steps;
}

}  // namespace plumb
