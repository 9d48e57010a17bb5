// THE list: every field of a scenario with its unit, range and help. A new parameter is one member and one line here.
#include "sim/scenario/scenario_fields.h"

#include <algorithm>

#include "sim/scenario/field_builders.h"

namespace plumb {
namespace {

/// A share of the average of one joint or tissue.
template <class Def>
Field<Def> ratio_field(const char* name, const char* help, double Def::*member) {
    return field({.name = name, .min = 0.1, .max = 3, .help = help}, member);
}

std::vector<Field<StrengthRatios>> strength_fields() {
    using R = StrengthRatios;
    return {
        ratio_field("hip_ratio", "hip strength over this person's average, on top of strength_ratio",
                    &R::hip_ratio),
        ratio_field("knee_ratio", "the knee's", &R::knee_ratio),
        ratio_field("ankle_ratio", "the ankle's, toes up and down", &R::ankle_ratio),
        ratio_field("trunk_ratio", "the trunk's", &R::trunk_ratio),
        ratio_field("shoulder_ratio", "the arms', shoulder and elbow", &R::shoulder_ratio),
    };
}

std::vector<Field<TightnessRatios>> tightness_fields() {
    using R = TightnessRatios;
    return {
        ratio_field("calf_ratio", "passive moments of the calves, on top of tightness_ratio", &R::calf_ratio),
        ratio_field("hamstring_ratio", "of the back of the thighs", &R::hamstring_ratio),
        ratio_field("glute_ratio", "of the buttocks", &R::glute_ratio),
        ratio_field("quad_ratio", "of the front of the thighs", &R::quad_ratio),
        ratio_field("lower_back_ratio", "of the lower back", &R::lower_back_ratio),
    };
}

/// One side's own values: unit, range and meaning are those of the person's field.
std::vector<Field<SideDef>> side_fields(const std::vector<Field<PersonDef>>& person) {
    using S = SideDef;
    std::vector<Field<S>> fields;
    const auto add = [&](const char* name, const char* usual, std::optional<double> S::*member) {
        const auto of_person = std::ranges::find(person, usual, &Field<PersonDef>::name);
        PLUMB_CHECK(of_person != person.end(), "a side's field stands for one of the person's");
        FieldInfo info = *of_person;
        info.name = name;
        info.absent_means = std::string("as person.") + usual;
        info.help = "of this side alone; " + info.help;
        fields.push_back(field(info, member));
    };
    add("thigh_length_m", "thigh_length_m", &S::thigh_length_m);
    add("shank_length_m", "shank_length_m", &S::shank_length_m);
    add("ankle_dorsiflexion_deg", "ankle_dorsiflexion_deg", &S::ankle_dorsiflexion_deg);
    add("ankle_inversion_deg", "ankle_inversion_deg", &S::ankle_inversion_deg);
    add("ankle_eversion_deg", "ankle_eversion_deg", &S::ankle_eversion_deg);
    add("hip_flexion_deg", "hip_flexion_deg", &S::hip_flexion_deg);
    add("hip_abduction_deg", "hip_abduction_deg", &S::hip_abduction_deg);
    add("hip_external_rotation_deg", "hip_external_rotation_deg", &S::hip_external_rotation_deg);
    add("knee_flexion_deg", "knee_flexion_deg", &S::knee_flexion_deg);
    add("strength_ratio", "strength_ratio", &S::strength_ratio);
    add("hip_strength_ratio", "strength.hip_ratio", &S::hip_strength_ratio);
    add("knee_strength_ratio", "strength.knee_ratio", &S::knee_strength_ratio);
    add("ankle_strength_ratio", "strength.ankle_ratio", &S::ankle_strength_ratio);
    return fields;
}

std::vector<Field<PersonDef>> person_fields() {
    using P = PersonDef;
    const std::string m = "m", deg = "deg", ansur = "from stature (ANSUR II)";
    std::vector<Field<P>> all = {
        field({.name = "sex", .help = "picks the anthropometric tables"}, &P::sex),
        field({.name = "age_years", .unit = "years", .min = 16, .max = 100, .help = "age"}, &P::age_years),
        field({.name = "stature_m", .unit = m, .min = 1.2, .max = 2.2, .help = "standing height"},
              &P::stature_m),
        field({.name = "mass_kg",
               .unit = "kg",
               .min = 30,
               .max = 250,
               .help = "body mass without a counterweight"},
              &P::mass_kg),
        field({.name = "thigh_length_m",
               .unit = m,
               .min = 0.2,
               .max = 0.75,
               .absent_means = ansur,
               .help = "hip joint centre to knee axis"},
              &P::thigh_length_m),
        field({.name = "shank_length_m",
               .unit = m,
               .min = 0.2,
               .max = 0.75,
               .absent_means = ansur,
               .help = "knee axis to ankle axis"},
              &P::shank_length_m),
        field({.name = "trunk_length_m",
               .unit = m,
               .min = 0.2,
               .max = 0.9,
               .absent_means = "what stature leaves",
               .help = "hip joint centre to acromion"},
              &P::trunk_length_m),
        field({.name = "arm_length_m",
               .unit = m,
               .min = 0.25,
               .max = 1.2,
               .absent_means = ansur,
               .help = "acromion to grip centre"},
              &P::arm_length_m),
        field({.name = "foot_length_m",
               .unit = m,
               .min = 0.12,
               .max = 0.4,
               .absent_means = ansur,
               .help = "heel to longest toe"},
              &P::foot_length_m),
        field({.name = "footwear", .help = "bare or shod: how much of the foot can be used for balance"},
              &P::footwear),
        field({.name = "ankle_dorsiflexion_deg",
               .unit = deg,
               .min = 0,
               .max = 60,
               .help = "largest, weight-bearing, knee bent"},
              &P::ankle_dorsiflexion_deg),
        field({.name = "ankle_dorsiflexion_nwb_deg",
               .unit = deg,
               .min = -19,
               .max = 41,
               .absent_means = "not measured",
               .help = "largest on a couch, knee bent: sets ankle_dorsiflexion_deg to 19 more (error 5)"},
              &P::ankle_dorsiflexion_nwb_deg),
        field({.name = "knee_to_wall_cm",
               .unit = "cm",
               .min = -15,
               .max = 30,
               .absent_means = "not measured",
               .help =
                   "toe to wall, knee just touching it, heel down: sets ankle_dorsiflexion_deg (error 2.5)"},
              &P::knee_to_wall_cm),
        field({.name = "ankle_inversion_deg",
               .unit = deg,
               .min = 0,
               .max = 60,
               .help = "largest, sole turned inward"},
              &P::ankle_inversion_deg),
        field({.name = "ankle_eversion_deg",
               .unit = deg,
               .min = 0,
               .max = 40,
               .help = "largest, sole turned outward"},
              &P::ankle_eversion_deg),
        field({.name = "hip_flexion_deg",
               .unit = deg,
               .min = 40,
               .max = 140,
               .help = "largest, femur on pelvis; 30 to 40 deg of abduction adds up to 15"},
              &P::hip_flexion_deg),
        field({.name = "hip_flexion_clinical_deg",
               .unit = deg,
               .min = 60,
               .max = 180,
               .absent_means = "not measured",
               .help = "largest on a couch, pelvic motion included: sets the closure instead of "
                       "trunk_thigh_closure_deg"},
              &P::hip_flexion_clinical_deg),
        field({.name = "hip_abduction_deg", .unit = deg, .min = 0, .max = 90, .help = "largest"},
              &P::hip_abduction_deg),
        field({.name = "hip_external_rotation_deg", .unit = deg, .min = 0, .max = 90, .help = "largest"},
              &P::hip_external_rotation_deg),
        field({.name = "knee_flexion_deg", .unit = deg, .min = 60, .max = 170, .help = "largest"},
              &P::knee_flexion_deg),
        field({.name = "lumbar_flexion_deg",
               .unit = deg,
               .min = 0,
               .max = 90,
               .help = "largest, from standing"},
              &P::lumbar_flexion_deg),
        field({.name = "trunk_thigh_closure_deg",
               .unit = deg,
               .min = 60,
               .max = 180,
               .absent_means = "130 at 24.5 kg/m2, 1.6 less for each kg/m2 more",
               .help = "largest hip plus lumbar flexion: the belly meets the thigh"},
              &P::trunk_thigh_closure_deg),
        field({.name = "strength_ratio",
               .min = 0.1,
               .max = 3,
               .help = "1 is the healthy average of this person"},
              &P::strength_ratio),
        field(
            {.name = "tightness_ratio", .min = 0.1, .max = 3, .help = "passive joint moments; 1 is average"},
            &P::tightness_ratio),
        field({.name = "soft_tissue_contact",
               .min = 0,
               .max = 3,
               .help = "thigh on calf and belly on thigh; 1 is average, 0 none"},
              &P::soft_tissue_contact),
        field({.name = "reaction_delay_s",
               .unit = "s",
               .min = 0,
               .max = 0.5,
               .help = "from a slip of the centre of mass to the answer; 0.12 is usual"},
              &P::reaction_delay_s),
        field({.name = "sway_sd_m",
               .unit = m,
               .min = 0,
               .max = 0.02,
               .help = "standard deviation of standing sway fore and aft; 0.003 to 0.005 is usual"},
              &P::sway_sd_m),
    };
    add_part(all, "strength", &P::strength, strength_fields());
    add_part(all, "tightness", &P::tightness, tightness_fields());
    add_part(all, "left", &P::left, side_fields(all));
    add_part(all, "right", &P::right, side_fields(all));
    return all;
}

std::vector<Field<StanceDef>> stance_fields() {
    using S = StanceDef;
    return {
        field({.name = "width_m",
               .unit = "m",
               .min = 0.1,
               .max = 1.0,
               .absent_means = "biacromial breadth",
               .help = "between the centres of the heels"},
              &S::width_m),
        field({.name = "toe_out_deg",
               .unit = "deg",
               .min = 0,
               .max = 60,
               .help = "each foot turned outward about its heel centre"},
              &S::toe_out_deg),
    };
}

std::vector<Field<ArmsDef>> arms_fields() {
    return {field({.name = "pose", .help = "a counterweight's hold goes before it"}, &ArmsDef::pose)};
}

std::vector<Field<CounterweightDef>> counterweight_fields() {
    using C = CounterweightDef;
    return {
        field({.name = "mass_kg",
               .unit = "kg",
               .min = 0,
               .max = 40,
               .help = "held, or a barbell on the back; 0 is none"},
              &C::mass_kg),
        field({.name = "hold",
               .help = "at the farthest reach the arms can hold, against the breastbone, or as a barbell "
                       "behind the neck or lower on the shoulder blades"},
              &C::hold),
        field({.name = "hand", .help = "which hand holds it"}, &C::hand),
    };
}

std::vector<Field<WallDef>> wall_fields() {
    return {field({.name = "distance_m",
                   .unit = "m",
                   .min = 0.02,
                   .max = 1.5,
                   .absent_means = "no wall",
                   .help = "from the back edge of the heels to the wall behind"},
                  &WallDef::distance_m)};
}

std::vector<Field<HeelWedgeDef>> heel_wedge_fields() {
    return {
        field({.name = "height_m", .unit = "m", .min = 0, .max = 0.1, .help = "under both heels; 0 is none"},
              &HeelWedgeDef::height_m)};
}

std::vector<Field<MovementDef>> movement_fields() {
    using M = MovementDef;
    return {
        field({.name = "depth",
               .min = 0,
               .max = 1,
               .help = "how deep is asked; a number is the hip drop fraction"},
              &M::depth),
        field({.name = "descend_s", .unit = "s", .min = 0.1, .max = 60, .help = "time to go down"},
              &M::descend_s),
        field({.name = "hold_s", .unit = "s", .min = 0.1, .max = 60, .help = "time at the bottom"},
              &M::hold_s),
        field({.name = "ascend_s", .unit = "s", .min = 0.1, .max = 60, .help = "time to come up"},
              &M::ascend_s),
        field({.name = "intent", .help = "stop at the deepest balanced posture, or go on whatever happens"},
              &M::intent),
        field({.name = "heels",
               .help =
                   "stay flat on the floor, or may lift for a depth they do not reach flat: a smaller base"},
              &M::heels),
        field({.name = "rotation_deg",
               .unit = "deg",
               .min = 0,
               .max = 45,
               .help = "turn of the trunk to each side during the hold"},
              &M::rotation_deg),
        field({.name = "rotation_cycles", .min = 0, .max = 20, .help = "left-right turns during the hold"},
              &M::rotation_cycles),
        field({.name = "neutral_spine_deg",
               .unit = "deg",
               .min = 0,
               .max = 90,
               .absent_means = "the spine may round as far as it goes",
               .help = "lower back flexes no more than this while going down"},
              &M::neutral_spine_deg),
        field({.name = "shank_lean_max_deg",
               .unit = "deg",
               .min = 0,
               .max = 60,
               .absent_means = "nothing before the knees",
               .help = "a board before the knees: the shanks lean no further"},
              &M::shank_lean_max_deg),
    };
}

std::vector<Field<PushDef>> push_fields() {
    using P = PushDef;
    return {
        field({.name = "time_s",
               .unit = "s",
               .min = 0,
               .max = 180,
               .absent_means = "nobody pushes",
               .help = "when a push of 0.1 s begins"},
              &P::time_s),
        field({.name = "impulse_Ns", .unit = "N s", .min = 0, .max = 300, .help = "force times time"},
              &P::impulse_Ns),
        field({.name = "direction_deg",
               .unit = "deg",
               .min = 0,
               .max = 360,
               .help = "where to: 0 forward, 90 the person's left, 180 backward"},
              &P::direction_deg),
        field({.name = "height_ratio",
               .min = 0.5,
               .max = 0.85,
               .help = "height of the pushed point of the trunk when standing, in statures"},
              &P::height_ratio),
    };
}

std::vector<Field<EngineDef>> engine_fields() {
    // Whole numbers a double tells apart: up to 2^53 - 1.
    return {field({.name = "seed",
                   .min = 0,
                   .max = 9007199254740991.0,
                   .help = "of the sway and of the draws behind the intervals"},
                  &EngineDef::seed),
            field({.name = "control",
                   .help = "a person's balance (delay, activation, sway) or an ideal machine's"},
                  &EngineDef::control)};
}

std::vector<Field<ScenarioDef>> build_list() {
    using S = ScenarioDef;
    std::vector<Field<S>> all;
    add_part(all, "person", &S::person, person_fields());
    add_part(all, "stance", &S::stance, stance_fields());
    add_part(all, "arms", &S::arms, arms_fields());
    add_part(all, "counterweight", &S::counterweight, counterweight_fields());
    add_part(all, "wall", &S::wall, wall_fields());
    add_part(all, "heel_wedge", &S::heel_wedge, heel_wedge_fields());
    add_part(all, "movement", &S::movement, movement_fields());
    add_part(all, "push", &S::push, push_fields());
    add_part(all, "engine", &S::engine, engine_fields());
    return all;
}

}  // namespace

const std::vector<Field<ScenarioDef>>& scenario_fields() {
    static const std::vector<Field<ScenarioDef>> k_fields = build_list();
    return k_fields;
}

}  // namespace plumb
