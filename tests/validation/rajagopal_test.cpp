// The standing body against OpenSim's full-body model (Rajagopal et al. 2016, IEEE Trans Biomed Eng 63:2068).
#include "sim/body/state.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;
using Catch::Approx;

namespace {

/// Its COM from the masses, mass centres and joint places in its file, all joints at 0: 7.7 mm below the pelvis' origin, which
/// the file puts 0.940 m above the floor; 0.8753 m above the ankles. The paper gives no height of the COM (docs/validation.md).
constexpr double k_mass_kg = 75.337, k_stature_m = 1.70;
constexpr double k_com_as_filed_m = 0.9323, k_com_above_ankle_m = 0.8753;
constexpr double k_thigh_m = 0.4044, k_shank_m = 0.4001;

struct Standing {
    Person person;
    double com_m, com_above_ankle_m;
};
Standing stand(const PersonDef& def) {
    ScenarioDef scenario;
    scenario.person = def;
    const ScenarioDef resolved = resolve_scenario(scenario);
    const Person person = build_person(resolved.person);
    const BodyLengths& size = person.lengths;
    Pose pose;
    pose.pelvis_m.z() = size.ankle_height_m + size.shank_m + size.thigh_m;
    const double com_m = forward_kinematics(build_body(person, resolved), pose).com_m.z();
    return {person, com_m, com_m - size.ankle_height_m};
}

}  // namespace

TEST_CASE("The standing COM is as high as Rajagopal's, to 2 %", "[validation]") {
    const Standing same_legs = stand({.stature_m = k_stature_m,
                                      .mass_kg = k_mass_kg,
                                      .thigh_length_m = k_thigh_m,
                                      .shank_length_m = k_shank_m});
    const Standing own = stand({.stature_m = k_stature_m, .mass_kg = k_mass_kg});
    INFO("with its legs " << same_legs.com_m << " m, above the ankles " << same_legs.com_above_ankle_m
                          << " m; with ANSUR II's " << own.com_m << " m, above the ankles "
                          << own.com_above_ankle_m);
    CHECK(same_legs.com_m == Approx(k_com_as_filed_m).epsilon(0.02));
    CHECK(same_legs.com_above_ankle_m == Approx(k_com_above_ankle_m).epsilon(0.02));
    CHECK(own.com_above_ankle_m == Approx(k_com_above_ankle_m).epsilon(0.02));
}

TEST_CASE("Segments that are cut alike weigh like Rajagopal's", "[validation]") {
    const Standing body = stand({.stature_m = k_stature_m, .mass_kg = k_mass_kg});
    const auto percent = [&](const Segment& segment) { return 100.0 * segment.mass_kg / k_mass_kg; };
    const Person& p = body.person;
    INFO("thorax and head " << percent(p.thorax) << ", pelvis " << percent(p.pelvis) << ", thigh "
                            << percent(p.thighs[0]) << ", shank " << percent(p.shanks[0]) << ", foot "
                            << percent(p.foot) << ", arm " << percent(p.upper_arm) + percent(p.forearm));
    // Torso and pelvis together, thigh with shank and foot, arm: where one cuts between neighbours does not matter.
    CHECK(percent(p.thorax) + percent(p.pelvis) == Approx(35.6 + 15.6).margin(1.5));
    CHECK(percent(p.thighs[0]) + percent(p.shanks[0]) + percent(p.foot)
          == Approx(12.3 + 0.1 + 4.9 + 2.1).margin(1.0));
    CHECK(percent(p.upper_arm) + percent(p.forearm) == Approx(4.9).margin(0.3));
}
