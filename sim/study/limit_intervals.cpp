// Draws by index, solves side by side, asks which draw the limit follows.
#include "sim/study/limit_intervals.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/draws.h"
#include "sim/base/input_error.h"
#include "sim/base/threads.h"
#include "sim/base/units.h"
#include "sim/person/dorsiflexion.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr int k_samples = 120, k_guide_steps = 24;
constexpr double k_closure_unknown_deg = 8.0, k_closure_measured_deg = 3.0;
constexpr double k_heel_half_range = 0.05;
constexpr double k_thigh_mass_share = 0.05, k_upper_com_share = 0.02;

bool closure_measured(const ScenarioDef& resolved) {
    ScenarioDef unmeasured = resolved;
    unmeasured.person.trunk_thigh_closure_deg.reset();
    return resolved.person.trunk_thigh_closure_deg
           != resolve_scenario(unmeasured).person.trunk_thigh_closure_deg;
}
bool dorsiflexion_measured(const ScenarioDef& resolved) {
    const PersonDef& p = resolved.person;
    return p.ankle_dorsiflexion_nwb_deg || p.knee_to_wall_cm
           || p.ankle_dorsiflexion_deg != k_usual_dorsiflexion_deg
           || (p.left.ankle_dorsiflexion_deg && p.right.ankle_dorsiflexion_deg);
}

/// Heavier thighs, the rest lighter, the whole the same.
void shift_mass(Person& person, double sd) {
    const double by = 1.0 + k_thigh_mass_share * sd;
    const double moved_kg = (by - 1.0) * (person.thighs[0].mass_kg + person.thighs[1].mass_kg);
    const double trunk_by = 1.0 - moved_kg / (person.pelvis.mass_kg + person.thorax.mass_kg);
    const auto scale = [](Segment& s, double factor) {
        s.mass_kg *= factor;
        s.inertia_kgm2 *= factor;
    };
    for (Segment& thigh : person.thighs) scale(thigh, by);
    scale(person.pelvis, trunk_by);
    scale(person.thorax, trunk_by);
    person.thorax.com_m.z() *= 1.0 + k_upper_com_share * sd;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const auto mean = [](const std::vector<double>& v) {
        double sum = 0.0;
        for (const double x : v) sum += x;
        return sum / static_cast<double>(v.size());
    };
    const double ma = mean(a), mb = mean(b);
    double ab = 0.0, aa = 1e-12, bb = 1e-12;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - ma) * (b[i] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
    }
    return ab / std::sqrt(aa * bb);
}

struct Sample {
    std::array<double, 4> drawn{};
    double sole = 0.0, functional = 0.0;
};

}  // namespace

Interval middle_nine_tenths(const std::vector<double>& values) {
    return {percentile(values, 0.05), percentile(values, 0.95)};
}

Measured measured_in(const ScenarioDef& resolved) {
    return {dorsiflexion_measured(resolved), closure_measured(resolved)};
}

std::optional<OtherPerson> other_person(const ScenarioDef& resolved, int index, const Measured& measured) {
    std::mt19937_64 random(0x9e3779b97f4a7c15ull * static_cast<std::uint64_t>(index + 1)
                           ^ static_cast<std::uint64_t>(resolved.engine.seed));
    OtherPerson other;
    other.dorsiflexion_sd = draw_normal(random);
    other.closure_sd = draw_normal(random);
    other.heel = 2.0 * draw_uniform(random) - 1.0;
    other.mass_sd = draw_normal(random);
    PersonDef def = resolved.person;
    const Field<ScenarioDef>& ankle = *find_field("person.ankle_dorsiflexion_deg");
    const Field<ScenarioDef>& closure = *find_field("person.trunk_thigh_closure_deg");
    take_dorsiflexion(def, std::clamp(def.ankle_dorsiflexion_deg
                                          + dorsiflexion_error_deg(resolved.person) * other.dorsiflexion_sd,
                                      ankle.min, ankle.max));
    // Both sides are measured by the same hand: they err alike.
    for (SideDef PersonDef::*const side : {&PersonDef::left, &PersonDef::right})
        if (std::optional<double>& own = (def.*side).ankle_dorsiflexion_deg)
            own = std::clamp(*own + dorsiflexion_error_deg(PersonDef{}) * other.dorsiflexion_sd, ankle.min,
                             ankle.max);
    const double closure_error_deg = measured.closure ? k_closure_measured_deg : k_closure_unknown_deg;
    def.trunk_thigh_closure_deg = std::clamp(
        *def.trunk_thigh_closure_deg + closure_error_deg * other.closure_sd, closure.min, closure.max);
    try {
        other.person = build_person(def);
    } catch (const InputError&) {
        return std::nullopt;
    }
    other.person.functional_heel_fraction =
        std::max(0.0, other.person.functional_heel_fraction + k_heel_half_range * other.heel);
    shift_mass(other.person, other.mass_sd);
    return other;
}

Person with_description(const Person& drawn, const PersonDef& def) {
    Person person = build_person(def);
    person.functional_heel_fraction = drawn.functional_heel_fraction;
    for (Segment Person::*const part : {&Person::pelvis, &Person::thorax}) person.*part = drawn.*part;
    person.thighs = drawn.thighs;
    return person;
}

LimitIntervals limit_intervals(const ScenarioDef& resolved, const SquatPlan& plan,
                               const std::atomic<bool>* cancel) {
    return limit_intervals(resolved, plan, measured_in(resolved), cancel);
}

LimitIntervals limit_intervals(const ScenarioDef& resolved, const SquatPlan& plan, const Measured& measured,
                               const std::atomic<bool>* cancel) {
    // Limits are those of heels that stay down.
    const PosturePath way = plan.heels_rise ? PosturePath(choose_path(plan.model).knots) : plan.path;
    Guide guide;
    for (int i = 0; i <= k_guide_steps; ++i) guide.push_back(way.at(static_cast<double>(i) / k_guide_steps));
    std::array<std::optional<Sample>, k_samples> samples;
    on_threads(2, k_samples, cancel, [&](int i) {
        const auto other = other_person(resolved, i, measured);
        if (!other) return;
        const PlanModel model = make_plan_model(other->person, resolved);
        samples[static_cast<std::size_t>(i)] =
            Sample{{other->dorsiflexion_sd, other->closure_sd, other->heel, other->mass_sd},
                   find_static_limit(model, {BaseKind::sole}, guide).hip_drop_fraction,
                   find_static_limit(model, {BaseKind::functional}, guide).hip_drop_fraction};
    });
    std::vector<double> sole, functional;
    std::array<std::vector<double>, 4> drawn;
    for (const auto& sample : samples) {
        if (!sample) continue;
        sole.push_back(sample->sole);
        functional.push_back(sample->functional);
        for (std::size_t i = 0; i < drawn.size(); ++i) drawn[i].push_back(sample->drawn[i]);
    }
    LimitIntervals intervals;
    intervals.samples = static_cast<int>(sole.size());
    if (sole.empty()) return intervals;
    intervals.sole = middle_nine_tenths(sole);
    intervals.functional = middle_nine_tenths(functional);
    const double asked = plan.heels_down_asked_drop;
    intervals.cannot_tell = asked > intervals.sole.low && asked <= intervals.sole.high;
    const PersonDef& p = resolved.person;
    const std::array<std::string, 4> words = {
        measured.dorsiflexion
            ? ""
            : "ankle dorsiflexion (the usual " + fixed_text(p.ankle_dorsiflexion_deg, 0) + " deg)",
        measured.closure ? ""
                         : "how far belly and thigh close (the usual "
                               + fixed_text(*p.trunk_thigh_closure_deg, 0) + " deg)",
        "", "how the body's mass is spread"};
    double most = 0.05;  // of correlation: less is chance
    for (std::size_t i = 0; i < drawn.size(); ++i)
        if (const double follows = std::abs(correlation(drawn[i], sole));
            !words[i].empty() && follows > most) {
            most = follows;
            intervals.decided_by = words[i];
        }
    return intervals;
}

}  // namespace plumb
