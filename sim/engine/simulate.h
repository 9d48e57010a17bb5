// Runs a planned squat under forward dynamics in Bullet and records what happens.
#pragma once

#include <functional>
#include <memory>

#include "sim/engine/world.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Steps; defaults are the product's. Which one is taken depends on the states so far alone (model.md, 7).
struct SimulationDef {
    double dt_s = 1.0 / 240.0;  ///< while only the feet touch, the COM inside; or at rest
    int fine_divisor = 4;  ///< dt / fine_divisor: a thrown joint, or moving on the wall or outside the base
    int steps_per_frame = 2;  ///< coarse steps between recorded frames
};

/// A recording before its first frame: who ran, what, along which plan.
[[nodiscard]] Recording begin_recording(const ScenarioDef& resolved, SquatPlan plan);

/// A push from outside: on a point of a link, given in the link's frame, in world axes.
struct Push {
    int link = 0;
    Vector3 local_m = Vector3::Zero();
    Vector3 force_N = Vector3::Zero();
};

/// How long the scenario's own push lasts [s].
inline constexpr double k_push_s = 0.1;
/// The scenario's own push on this body in this (standing) pose: the point, and its force over `duration_s`.
[[nodiscard]] Push planned_push(const PushDef& def, const BodyModel& body, const Pose& standing,
                                double duration_s);

/// A run whose caller takes it frame by frame: may watch it, leave it, push the body. Without pushes
/// of the caller's it is simulate_plan's: the scenario's own push is in both.
class SteppedRun {
  public:
    /// `resolved` and its plan; Bullet if `make_world` is empty.
    SteppedRun(const ScenarioDef& resolved, SquatPlan plan, const SimulationDef& simulation = {},
               const WorldMaker& make_world = {});
    ~SteppedRun();
    SteppedRun(const SteppedRun&) = delete;
    SteppedRun& operator=(const SteppedRun&) = delete;

    /// One frame more; false, and nothing done, when the run is over.
    bool advance();
    /// Acts from now on until it is changed; nothing ends it. Goes before the scenario's own.
    void push(const std::optional<Push>& push);
    /// Balance is lost for good: no wall to fall on, no push still to come, the posture frozen, the COM well outside the feet and
    /// going farther. What is left is the fall.
    [[nodiscard]] bool is_lost() const;
    /// What has happened so far.
    [[nodiscard]] const Recording& so_far() const;
    /// The end of it: the recording as it stands. No call after this one.
    [[nodiscard]] std::shared_ptr<const Recording> finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Builds, plans and runs a scenario (already checked). `scenario` may be unresolved.
[[nodiscard]] std::shared_ptr<const Recording> simulate(const ScenarioDef& scenario,
                                                        const SimulationDef& simulation = {});

/// The same along a plan already made (of this scenario, perhaps altered), in a world of the caller's choice: Bullet if
/// `make_world` is empty.
[[nodiscard]] std::shared_ptr<const Recording> simulate_plan(const ScenarioDef& resolved, SquatPlan plan,
                                                             const SimulationDef& simulation = {},
                                                             const WorldMaker& make_world = {});

/// Plans (PlanDetail::motion) and runs, but leaves the run once balance is lost for good: nullptr then. For searches that ask only
/// whether a squat completes.
[[nodiscard]] std::shared_ptr<const Recording> simulate_unless_lost(const ScenarioDef& resolved);

}  // namespace plumb
