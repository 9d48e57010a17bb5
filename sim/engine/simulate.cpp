// The run: plan, then step by step control, Bullet, record, and the events that change how the person acts.
#include "sim/engine/simulate.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "sim/base/hash.h"
#include "sim/base/units.h"
#include "sim/engine/bullet_world.h"
#include "sim/engine/controller.h"
#include "sim/engine/recorder.h"
#include "sim/engine/timeline.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// The COM this far outside the feet's outlines (touching or not): balance is lost, the person stiffens.
constexpr double k_lost_m = 0.02;
/// ... and this far inside again (leaning on a wall, coming up): the person balances again.
constexpr double k_regained_m = 0.015;
/// A frozen body this far outside topples: no moment of its joints brings it back.
constexpr double k_toppling_m = 0.05;
/// Rising from the wall is tried with the COM at most this far behind the feet; farther out they would slide away.
constexpr double k_rise_m = 0.06;
constexpr double k_felt_force_fraction = 0.01;  ///< of weight: a wall that is felt
constexpr double k_settle_s = 0.25, k_settle_slowing = 0.8;
constexpr double k_rest_speed_mps = 0.05;
constexpr double k_rest_s = 0.4;
constexpr double k_fall_limit_s = 6.0;  ///< a fall is over by then
constexpr double k_lag_m = 0.03;   ///< hips this far below the plan: sink along it; on the way up also wait
constexpr double k_stuck_s = 1.5;  ///< waited this long in all: give up
constexpr double k_thrown_radps = 8.0;  ///< a joint this fast is thrown, not moved: fine step
/// On the wall or outside the base: slower than this in every joint and at the hips no blow needs the fine step.
constexpr double k_still_radps = 0.6, k_still_mps = 0.1;
constexpr double k_quiet_s = 0.25;  ///< the fine step goes on this long after the last movement on the wall
/// Fine steps for so long since balance was lost: what then still moves slowly is a contact that chatters. Movement is this many
/// times as fast from there on; a fall soon is.
constexpr double k_most_fine_s = 2.0 * k_fall_limit_s, k_later_times = 3.0;
constexpr double k_watch_s = 2.0;
constexpr int k_most_catches = 2;    ///< caught, up, lost and caught again: then it is over
constexpr double k_carried_s = 0.3;  ///< on the wall this long without moving: carried

class Run {
  public:
    Run(const SquatPlan& plan, const EngineDef& engine, const SimulationDef& def,
        const WorldMaker& make_world)
        : plan_(plan),
          def_(def),
          body_(plan.model.body),
          world_(make_world(body_, wall(plan))),
          timeline_(plan),
          balance_(body_) {
        BodyState start;
        start.pose = planned_state(plan, {}).pose;
        world_->set_state(start);
        state_ = world_->state();
        // Contact forces build up before the clock starts.
        const auto settle_steps = static_cast<int>(std::ceil(k_settle_s / def_.dt_s));
        for (int i = 0; i < settle_steps; ++i) {
            muscles_ = balance_.moments(state_, timeline_.reference(), {}, def_.dt_s);
            world_->step(muscles_.total_Nm(), def_.dt_s);
            state_ = world_->state();
            // Nobody starts in a hurry, not even from a stance beyond the joint ranges.
            state_.velocity *= k_settle_slowing;
            world_->set_state(state_);
        }
        if (engine.control == Control::human) balance_.become_human(HumanBalance(body_.person, engine.seed));
    }

    [[nodiscard]] Frame first_frame() {
        recorder_.emplace(plan_, state_);
        return recorder_->close(0.0, Phase::stand, state_, muscles_.active_Nm);
    }

    /// One frame: a fixed number of coarse steps, each possibly split by the states up to it. False when it was the last.
    bool advance(Recording& recording) {
        for (int i = 0; i < def_.steps_per_frame; ++i) {
            const int parts = choose_divisor();
            for (int part = 0; part < parts; ++part) step(def_.dt_s / parts);
            if (moved_ago_s_ < k_quiet_s) fine_s_ += def_.dt_s;
        }
        frame_time_s_ += def_.dt_s * def_.steps_per_frame;
        recording.frames.push_back(recorder_->close(frame_time_s_, fell_ ? Phase::fallen : timeline_.phase(),
                                                    state_, muscles_.active_Nm));
        margin_m_ = recording.frames.back().com_margin.margin_m;
        return !update_events(recording);
    }

    void push(const std::optional<Push>& push) { push_ = push; }
    [[nodiscard]] bool is_lost() const { return lost_; }

    [[nodiscard]] EngineFacts facts() const {
        return {def_.dt_s, def_.dt_s / def_.fine_divisor, steps_, hash_.hex()};
    }

  private:
    static std::optional<double> wall(const SquatPlan& plan) {
        return plan.model.wall_distance_m > 0.0 ? std::optional(plan.model.wall_distance_m) : std::nullopt;
    }

    /// The step for the next stretch, by the states up to its start.
    [[nodiscard]] int choose_divisor() const {
        const double fastest = state_.velocity.tail<k_dof_count>().cwiseAbs().maxCoeff();
        return fastest > k_thrown_radps || moved_ago_s_ < k_quiet_s ? def_.fine_divisor : 1;
    }

    void step(double dt_s) {
        if (stiff_) {
            stiff_s_ += dt_s;
            muscles_ = stiff_moments(body_, state_, stiff_reference(), world_->contacts(), dt_s);
        } else {
            muscles_ = balance_.moments(state_, timeline_.reference(), world_->contacts().wall, dt_s);
        }
        if (push_) {
            const Kinematics k = forward_kinematics(body_, state_.pose);
            const PointForce force{push_->link, k.point(push_->link, push_->local_m), push_->force_N};
            world_->push(force);
            recorder_->add_push(force, dt_s);
        }
        world_->step(muscles_.total_Nm(), dt_s);
        state_ = world_->state();
        recorder_->add_step(world_->contacts(), dt_s);
        watch_lag(dt_s);
        timeline_.advance(dt_s);
        ++steps_;
        hash_.add(state_.pose.joints.data(), sizeof(double) * k_dof_count);
        hash_.add(state_.pose.pelvis_m.data(), sizeof(double) * 3);
        hash_.add(state_.velocity.data(), sizeof(double) * k_velocity_count);
        moved_ago_s_ = blows_may_come() ? 0.0 : moved_ago_s_ + dt_s;
    }

    /// Outside the feet's base as long as anything moves; over the feet only where flesh nears the wall it leans on: a trunk
    /// that turns along the wall gives none.
    [[nodiscard]] bool blows_may_come() const {
        const double times = fine_s_ < k_most_fine_s ? 1.0 : k_later_times;
        // Toes shift a little under whoever leans still: they strike nothing.
        const bool moves =
            state_.velocity.segment<k_toeless_dof_count>(6).cwiseAbs().maxCoeff() > times * k_still_radps
            || state_.velocity.segment<3>(3).norm() > times * k_still_mps;
        if (!moves || margin_m_ < 0.0) return moves && margin_m_ < 0.0;
        if (world_->contacts().wall.empty()) return false;
        const Kinematics k = forward_kinematics(body_, state_.pose);
        const SpatialVectors velocities = link_velocities(body_, k, state_.velocity);
        for (const Collider& c : body_.colliders) {
            if (c.kind == ColliderKind::sole) continue;
            const Vector3 centre_m = k.point(c.link, c.centre_m);
            const double gap_m = centre_m.x() - c.radius_m + plan_.model.wall_distance_m;
            const double nears_mps = -point_velocity(velocities[static_cast<size_t>(c.link)], centre_m).x();
            if (nears_mps > k_still_mps && gap_m < k_quiet_s * nears_mps) return true;
        }
        return false;
    }

    /// While frozen the joints keep the angles they had when balance was lost; while rising they follow the plan.
    [[nodiscard]] PlannedState stiff_reference() const {
        if (!timeline_.frozen() && timeline_.phase() != Phase::hold) return timeline_.reference();
        PlannedState held;
        held.pose = frozen_pose_;
        return held;
    }

    /// Who is too weak for the plan sinks along it, balanced. On the way up a body that lags is waited for; when it stays
    /// behind, the person gives up.
    void watch_lag(double dt_s) {
        if (stiff_) return;
        const double lag_m =
            plan_.path.at(timeline_.motion().position).hip_height_m - state_.pose.pelvis_m.z();
        const double drop =
            (plan_.model.standing_height_m - state_.pose.pelvis_m.z() - k_lag_m) / body_.leg_length_m;
        timeline_.sink_to(lag_m > k_lag_m ? path_position(plan_, drop) : 0.0);
        if (timeline_.phase() != Phase::ascent || timeline_.gave_up()) return;
        timeline_.wait(lag_m > k_lag_m);
        stuck_s_ = lag_m > k_lag_m ? stuck_s_ + dt_s : std::max(0.0, stuck_s_ - dt_s);
        if (stuck_s_ > k_stuck_s) timeline_.give_up();
    }

    /// Events at frame rate; true when the run is over.
    bool update_events(Recording& recording) {
        const Frame& frame = recording.frames.back();
        const double frame_s = def_.dt_s * def_.steps_per_frame;
        const bool on_floor = frame.floor_other_N > k_floor_share * body_.weight_N();
        floor_s_ = on_floor ? floor_s_ + frame_s : 0.0;
        const bool on_wall = frame.wall_force_N.x() > k_felt_force_fraction * body_.weight_N();
        const Kinematics k = forward_kinematics(body_, state_.pose);
        const double reach_m = signed_margin(foot_hull(body_, k), k.com_m.head<2>()).margin_m;
        const double speed = frame.velocity.segment<3>(3).norm() + frame.com_velocity_mps.norm();

        lost_ = timeline_.frozen() && plan_.model.wall_distance_m <= 0.0 && reach_m < -k_toppling_m
                && reach_m < reach_m_;
        reach_m_ = reach_m;
        if (!stiff_ && (reach_m < -k_lost_m || on_floor)) {
            stiff_ = true;
            fine_s_ = 0.0;
            frozen_pose_ = state_.pose;
            timeline_.freeze();
            lost_time_s_ = frame.time_s;
        } else if (stiff_ && !fell_ && reach_m > k_regained_m && timeline_.phase() == Phase::ascent) {
            stiff_ = false;
            balance_.resume(std::exchange(stiff_s_, 0.0));
        }
        if (stiff_ && !fell_ && floor_s_ >= k_floor_rest_s) {
            fell_ = true;
            world_->release_anchors();
        }

        const bool still = speed < k_rest_speed_mps;
        rest_s_ = still ? rest_s_ + frame_s : 0.0;
        if (stiff_ && timeline_.frozen() && !fell_) {
            carried_s_ = on_wall && still ? carried_s_ + frame_s : 0.0;
            if (carried_s_ >= k_carried_s && catches_ < k_most_catches) {
                ++catches_;
                timeline_.hold_from_here();
            }
        }
        if (fell_) return rest_s_ >= k_rest_s || frame.time_s > lost_time_s_ + k_fall_limit_s;
        // Carried with the COM far behind the feet there is no way up along the plan: the person stays for the hold.
        if (stiff_ && timeline_.phase() == Phase::ascent && timeline_.phase_time_s() < 2.0 * frame_s
            && reach_m < -k_rise_m)
            return true;
        if (timeline_.frozen()) return frame.time_s > lost_time_s_ + k_fall_limit_s;
        // Standing again; who still moves is watched a little longer.
        const double stood_s = timeline_.phase_time_s();
        return timeline_.finished() && stood_s >= k_stand_s - 1e-6
               && (still || stood_s >= k_stand_s + k_watch_s);
    }

    /// SHA-256 over the raw numbers of every step.
    struct StateHash {
        std::string bytes;
        std::string digest;
        void add(const void* data, size_t size) {
            bytes.append(static_cast<const char*>(data), size);
            if (bytes.size() > (1u << 20)) {
                digest = sha256_hex(digest + bytes);
                bytes.clear();
            }
        }
        [[nodiscard]] std::string hex() const { return sha256_hex(digest + bytes); }
    };

    const SquatPlan& plan_;
    SimulationDef def_;
    const BodyModel& body_;
    std::unique_ptr<World> world_;
    Timeline timeline_;
    BalanceController balance_;
    BodyState state_;
    MuscleMoments muscles_;
    std::optional<Recorder> recorder_;
    std::optional<Push> push_;
    Pose frozen_pose_;
    StateHash hash_;
    double frame_time_s_ = 0.0;
    double margin_m_ = 1.0;
    double reach_m_ = 1.0;  ///< of the COM inside the feet's outlines, touching or not
    double lost_time_s_ = 0.0;
    double rest_s_ = 0.0;
    double floor_s_ = 0.0;  ///< other body parts have rested on the floor this long
    double carried_s_ = 0.0;
    double stuck_s_ = 0.0;
    double stiff_s_ = 0.0;            ///< since the person last balanced
    double moved_ago_s_ = k_quiet_s;  ///< time since the body last moved beyond the feet
    double fine_s_ = 0.0;             ///< at the fine step for that, since balance was lost
    int catches_ = 0;
    long long steps_ = 0;
    bool stiff_ = false, fell_ = false, lost_ = false;
};

}  // namespace

Recording begin_recording(const ScenarioDef& resolved, SquatPlan plan) {
    Recording recording;
    recording.program = "plumbline " PLUMBLINE_VERSION;
    recording.scenario = resolved;
    recording.input_hash = input_hash(resolved);
    recording.plan = std::move(plan);
    return recording;
}

Push planned_push(const PushDef& def, const BodyModel& body, const Pose& standing, double duration_s) {
    const Kinematics k = forward_kinematics(body, standing);
    const double height_m = def.height_ratio * body.person.def.stature_m;
    Push push;
    push.link = height_m > k.position[k_thorax_link].z() ? k_thorax_link : k_pelvis_link;
    const auto link = static_cast<size_t>(push.link);
    // In the middle of the trunk, fore and aft where the link's own mass is: no twist by itself.
    Vector3 place_m = k.point(push.link, body.links[link].segment.com_m);
    place_m.z() = height_m;
    push.local_m = k.rotation[link].transpose() * (place_m - k.position[link]);
    const double direction_rad = def.direction_deg * k_deg_to_rad;
    push.force_N =
        def.impulse_Ns / duration_s * Vector3(std::cos(direction_rad), std::sin(direction_rad), 0.0);
    return push;
}

struct SteppedRun::Impl {
    std::shared_ptr<Recording> recording;
    Run run;
    bool over = false;
    std::optional<Push> callers{}, planned{};
    int push_from = 0, push_until = 0;  ///< frames, the last left out

    /// Whole frames, so that the impulse is the asked one whatever the steps are.
    void plan_push(const SimulationDef& simulation) {
        const PushDef& def = recording->scenario.push;
        if (!def.time_s) return;
        const double frame_s = simulation.dt_s * simulation.steps_per_frame;
        const int frames = std::max(1, static_cast<int>(std::lround(k_push_s / frame_s)));
        push_from = static_cast<int>(std::lround(*def.time_s / frame_s));
        push_until = push_from + frames;
        planned =
            planned_push(def, recording->plan.model.body, recording->frames.front().pose, frames * frame_s);
    }
    void push_now() {
        const int frame = static_cast<int>(recording->frames.size()) - 1;
        run.push(callers || frame < push_from || frame >= push_until ? callers : planned);
    }
};

SteppedRun::SteppedRun(const ScenarioDef& resolved, SquatPlan plan, const SimulationDef& simulation,
                       const WorldMaker& make_world) {
    auto recording = std::make_shared<Recording>(begin_recording(resolved, std::move(plan)));
    const SquatPlan& kept = recording->plan;
    const EngineDef& engine = recording->scenario.engine;
    impl_.reset(new Impl{std::move(recording),
                         Run(kept, engine, simulation, make_world ? make_world : make_bullet_world)});
    impl_->recording->frames.push_back(impl_->run.first_frame());
    impl_->plan_push(simulation);
}
SteppedRun::~SteppedRun() = default;

bool SteppedRun::advance() {
    if (impl_->over) return false;
    impl_->push_now();
    impl_->over = !impl_->run.advance(*impl_->recording);
    return true;
}
void SteppedRun::push(const std::optional<Push>& push) { impl_->callers = push; }
bool SteppedRun::is_lost() const {
    const bool push_may_come =
        impl_->callers || static_cast<int>(impl_->recording->frames.size()) <= impl_->push_until;
    return impl_->run.is_lost() && !push_may_come;
}
const Recording& SteppedRun::so_far() const { return *impl_->recording; }
std::shared_ptr<const Recording> SteppedRun::finish() {
    impl_->recording->engine = impl_->run.facts();
    return impl_->recording;
}

std::shared_ptr<const Recording> simulate_plan(const ScenarioDef& resolved, SquatPlan plan,
                                               const SimulationDef& simulation,
                                               const WorldMaker& make_world) {
    SteppedRun run(resolved, std::move(plan), simulation, make_world);
    while (run.advance()) {
    }
    return run.finish();
}

std::shared_ptr<const Recording> simulate_unless_lost(const ScenarioDef& resolved) {
    SteppedRun run(resolved, plan_squat(build_person(resolved.person), resolved, PlanDetail::motion));
    while (run.advance())
        if (run.is_lost()) return nullptr;
    return run.finish();
}

std::shared_ptr<const Recording> simulate(const ScenarioDef& scenario, const SimulationDef& simulation) {
    const ScenarioDef resolved = resolve_scenario(scenario);
    return simulate_plan(resolved, plan_squat(build_person(resolved.person), resolved), simulation);
}

}  // namespace plumb
