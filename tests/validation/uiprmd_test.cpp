// 45 recorded deep squats of five adults: the body fitted to them stands over its feet, and the planner squats as they do.
#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"
#include "tests/validation/marker_fit.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Both sides' mean [deg], but for what there is one of.
struct Angles {
    double knee = 0.0, shank = 0.0, lean = 0.0, hip = 0.0, lumbar = 0.0, dorsiflexion = 0.0;
};

Angles angles_of(const BodyModel& body, const Pose& pose, const Kinematics& k) {
    Angles angles;
    const auto mean = [&](Dof left) {
        return 0.5 * (pose.joints[left] + pose.joints[left + k_right_offset]) * k_rad_to_deg;
    };
    for (int side = 0; side < k_side_count; ++side) {
        const auto joint = [&](Dof left) {
            return k.position[static_cast<std::size_t>(link_of(plumb::on_side(left, side)))];
        };
        const Vector3 shank =
            (joint(dof_left_knee_flexion) - joint(dof_left_ankle_dorsiflexion)).normalized();
        angles.shank += 0.5 * std::acos(shank.z()) * k_rad_to_deg;
    }
    angles.knee = mean(dof_left_knee_flexion);
    angles.hip = mean(dof_left_hip_flexion);
    angles.dorsiflexion = mean(dof_left_ankle_dorsiflexion);
    angles.lumbar = pose.joints[dof_lumbar_flexion] * k_rad_to_deg;
    angles.lean = trunk_lean_rad(body, k) * k_rad_to_deg;
    return angles;
}

/// One recording, fitted every 0.1 s down to its deepest frame.
struct Fitted {
    std::string name;
    ScenarioDef scenario{};
    Angles deepest{};
    double drop = 0.0;  ///< at the deepest frame
    double least_margin_m =
        1e9;  ///< of the COM inside the hull of the feet, with a man's and a woman's segments
    double worst_miss_m = 0.0;  ///< root mean square over the markers
};

std::vector<Fitted> fit_all() {
    const std::vector<MarkerRecording> recordings = load_uiprmd();
    std::map<int, MeasuredSubject> subjects;
    std::vector<Fitted> all;
    for (const MarkerRecording& one : recordings) {
        if (!subjects.contains(one.subject)) subjects[one.subject] = measure_subject(recordings, one.subject);
        const MeasuredSubject& subject = subjects[one.subject];
        const BodyModel man = build_body(build_person(subject.scenario.person), subject.scenario);
        PersonDef her = subject.scenario.person;
        her.sex = Sex::female;
        const BodyModel woman = build_body(build_person(her), subject.scenario);
        const MarkedBody marked(man, subject, one.frames.front());
        Fitted fitted{.name = one.name, .scenario = subject.scenario};
        Pose pose = marked.standing();
        const double standing_m = pose.pelvis_m.z();
        for (std::size_t frame = 0;; frame = std::min(frame + 10, one.deepest)) {
            pose = marked.fit(one.frames[frame], pose);
            for (const BodyModel* body : {&man, &woman}) {
                const Kinematics k = forward_kinematics(*body, pose);
                fitted.least_margin_m = std::min(
                    fitted.least_margin_m, signed_margin(foot_hull(*body, k), k.com_m.head<2>()).margin_m);
            }
            fitted.worst_miss_m = std::max(fitted.worst_miss_m, marked.miss_m(one.frames[frame], pose));
            if (frame == one.deepest) break;
        }
        fitted.drop = (standing_m - pose.pelvis_m.z()) / man.leg_length_m;
        fitted.deepest = angles_of(man, pose, forward_kinematics(man, pose));
        all.push_back(fitted);
    }
    return all;
}

/// The planner's posture for a body of those proportions at the recorded depth. Ranges are the defaults, or what the recording
/// shows where that is more.
Angles plan_like(const Fitted& fitted) {
    ScenarioDef def = fitted.scenario;
    PersonDef& p = def.person;
    const Angles& shown = fitted.deepest;
    const auto at_least = [](double& range, double value) { range = std::max(range, value + 1.0); };
    at_least(p.ankle_dorsiflexion_deg, shown.dorsiflexion);
    at_least(p.knee_flexion_deg, shown.knee);
    at_least(p.hip_flexion_deg, shown.hip);
    at_least(p.lumbar_flexion_deg, shown.lumbar);
    at_least(*p.trunk_thigh_closure_deg, shown.hip + shown.lumbar);
    def.movement.depth = fitted.drop;
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    CHECK(plan.asked_reachable);
    CHECK(plan.target_drop == Catch::Approx(fitted.drop).margin(0.01));
    const PostureView view = view_posture(plan.model, plan.path.at(plan.target_position));
    return angles_of(plan.model.body, view.posed.pose, view.kinematics);
}

/// Ends of the recorded cloud in one angle, and how far planned angles lie from it and from their own recording.
struct Cloud {
    double least = 1e9, most = -1e9, planned_least = 1e9, planned_most = -1e9, off_sum = 0.0, off_most = 0.0;
    void add(double recorded, double planned) {
        least = std::min(least, recorded);
        most = std::max(most, recorded);
        planned_least = std::min(planned_least, planned);
        planned_most = std::max(planned_most, planned);
        off_sum += std::abs(planned - recorded);
        off_most = std::max(off_most, std::abs(planned - recorded));
    }
    [[nodiscard]] double outside() const {
        return std::max({0.0, least - planned_least, planned_most - most});
    }
    [[nodiscard]] std::string text(int count) const {
        const auto whole = [](double value) { return std::to_string(std::lround(value)); };
        return whole(least) + " to " + whole(most) + " deg recorded, " + whole(planned_least) + " to "
               + whole(planned_most) + " planned, each within " + whole(off_most) + ", on average "
               + std::to_string(off_sum / count) + " of its own, " + std::to_string(outside())
               + " outside the cloud";
    }
};

}  // namespace

TEST_CASE(
    "Bodies fitted to 45 recorded deep squats keep their COM over the feet, and the planner squats like them",
    "[validation]") {
    const std::vector<Fitted> all = fit_all();
    if (all.empty()) SKIP("no recordings at " + recordings_folder().string());
    REQUIRE(all.size() == 45);
    double least_margin_m = 1e9, worst_miss_m = 0.0;
    Cloud knee, shank, lean;
    for (const Fitted& fitted : all) {
        INFO(fitted.name << ": drop " << fitted.drop << ", margin " << fitted.least_margin_m << " m, miss "
                         << fitted.worst_miss_m << " m");
        CHECK(fitted.drop > 0.5);
        CHECK(fitted.least_margin_m > 0.035);  // markers and tables place a COM to 35 mm
        CHECK(fitted.worst_miss_m < 0.045);    // skin slides over a bent knee and hip by centimetres
        least_margin_m = std::min(least_margin_m, fitted.least_margin_m);
        worst_miss_m = std::max(worst_miss_m, fitted.worst_miss_m);
        const Angles planned = plan_like(fitted);
        knee.add(fitted.deepest.knee, planned.knee);
        shank.add(fitted.deepest.shank, planned.shank);
        lean.add(fitted.deepest.lean, planned.lean);
    }
    INFO("least margin " << 1000.0 * least_margin_m << " mm, worst miss " << 1000.0 * worst_miss_m << " mm");
    INFO("knee " << knee.text(45));
    INFO("shank " << shank.text(45));
    INFO("trunk lean " << lean.text(45));
    CHECK(knee.outside() < 1.0);
    CHECK(shank.outside() < 1.5);
    CHECK(lean.outside() < 2.0);
    CHECK(knee.off_most < 6.0);
    CHECK(shank.off_most < 10.0);
    CHECK(lean.off_most < 10.0);
}
