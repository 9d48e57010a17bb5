// Searches and judges the steps and the ways between them.
#include "sim/plan/side_exit_planner.h"

#include <algorithm>
#include <cmath>

#include "sim/plan/side_exit_effort.h"
#include "sim/plan/side_exit_flesh.h"
#include "sim/plan/side_exit_numbers.h"

namespace plumb {
namespace {

constexpr double k_flesh_play_m = 0.005;

/// What may give way between two key postures: feet and hand keep their places.
std::vector<int> movable(const StanceKind& kind) {
    std::vector<int> all = joined({{st_pelvis_x, st_pelvis_y}, k_st_trunk, k_st_far_arm, {st_near_knee_out}});
    if (!kind.far_knee_down) all.insert(all.end(), {st_pelvis_z, st_far_knee_out});
    if (kind.hand_down)
        all.push_back(st_swivel);
    else
        all.insert(all.end(), k_st_near_arm.begin(), k_st_near_arm.end());
    return all;
}

/// Where the movement turns round, or where it could be held if that is less deep. The way may cut a corner of the ranges that
/// people in motion take; the exit starts from rest.
Posture start_posture(const SquatPlan& plan) {
    if (plan.heels_rise || plan.target_drop >= plan.limit_sole.hip_drop_fraction)
        return plan.limit_sole.posture;
    const Posture& turned = plan.knots.back().posture;
    const PostureDemand held{BaseKind::sole};
    const Slacks slacks = posture_slacks(plan.model, view_posture(plan.model, turned), held);
    if (*std::min_element(slacks.begin(), slacks.end()) >= -k_slack_tolerance_sd) return turned;
    return max_slack_posture(plan.model, plan.target_drop, held, turned).posture;
}

}  // namespace

SideExitPlanner::SideExitPlanner(const SquatPlan& plan, const ScenarioDef& resolved, int side,
                                 const SideExitTuning& tuning)
    : tuning_(tuning),
      body_(side_exit_body(resolved)),
      poser_(body_, side),
      scale_(body_.leg_length_m / 0.84) {
    exit_.side = side;
    wall_m_ = resolved.wall.distance_m;
    const Posture posture = start_posture(plan);
    const PosedBody posed = pose_of(body_, make_arm_rules(body_, side_exit_scenario(resolved)), posture);
    now_ = {poser_.stance_of(posed.pose, posture), demand({})};
    // The plan's arms may rest on the thighs: not for the exit to blame.
    for (const FleshPair& pair : flesh_pairs(body_, forward_kinematics(body_, posed.pose)))
        now_.demand.flesh_m = std::max(now_.demand.flesh_m, pair.overlap_m + k_flesh_play_m);
    before_ = now_;
}

SideExit SideExitPlanner::plan(bool to_the_end) {
    find_hand();
    add("deep", "The deep squat");
    using Step = void (SideExitPlanner::*)();
    for (const Step step :
         {&SideExitPlanner::shift, &SideExitPlanner::put_hand_down, &SideExitPlanner::turn,
          &SideExitPlanner::kneel, &SideExitPlanner::free_foot, &SideExitPlanner::place_foot,
          &SideExitPlanner::straighten_up, &SideExitPlanner::rise, &SideExitPlanner::stand}) {
        if (!to_the_end && !exit_.steps.back().feasible) break;
        (this->*step)();
    }
    const auto fails = std::find_if(exit_.steps.begin(), exit_.steps.end(),
                                    [](const SideExitStep& step) { return !step.feasible; });
    exit_.reached = static_cast<size_t>(fails - exit_.steps.begin());
    exit_.feasible = fails == exit_.steps.end();
    for (const SideExitStep& step : exit_.steps)
        if (!(step.way_strength_use <= exit_.way_strength_use))
            exit_.way_strength_use = step.way_strength_use;
    if (!exit_.feasible) exit_.limiting = fails->name + ": " + fails->why_not;
    return std::move(exit_);
}

void SideExitPlanner::search(const StanceSearch& wanted, const Stance& start) {
    constexpr double k_elsewhere_m = 0.04, k_firm = 10.0;
    before_ = now_;
    now_ = {settle(poser_, wanted, start), wanted.demand};
    const auto judge = [&](const Stance& stance) {
        return judge_stance(body_, poser_.pose(stance, wanted.demand.kind), exit_.side, wanted.demand);
    };
    StanceReport best = judge(now_.stance);
    if (best.feasible || !hand_m_) return;
    const Eigen::Vector2d com(best.com_m.x(), poser_.lateral() * best.com_m.y());
    for (const Eigen::Vector2d& way :
         {Eigen::Vector2d(1, 0), Eigen::Vector2d(0, -1), Eigen::Vector2d(0, 1), Eigen::Vector2d(-1, 0),
          Eigen::Vector2d(1, -1), Eigen::Vector2d(1, 1)}) {
        StanceSearch other = wanted;
        other.com_goal_m = com + k_elsewhere_m * way;
        other.com_weight = k_firm;
        const Stance stance = settle(poser_, other, now_.stance);
        const StanceReport report = judge(stance);
        const bool easier = report.strength_use < best.strength_use && report.margin_m > 0.0;
        if (!report.feasible && (best.margin_m > 0.0 || !easier)) continue;
        now_.stance = stance;
        best = report;
        if (best.feasible) return;
    }
}

void SideExitPlanner::find_hand() {
    const Key start = now_;
    shift();
    put_hand_down();
    turn();
    kneel();
    free_foot();
    hand_m_ = Eigen::Vector2d(now_.stance[st_hand_x], now_.stance[st_hand_y]);
    now_ = before_ = start;
    exit_.steps.clear();
}

void SideExitPlanner::add(const std::string& name, const std::string& words) {
    if (!hand_m_) return;
    SideExitStep step;
    step.name = name;
    step.words = words;
    const StancePose posed = poser_.pose(now_.stance, now_.demand.kind);
    StanceReport report = judge_stance(body_, posed, exit_.side, now_.demand);
    step.pose = posed.pose;
    step.region = support_region(body_, posed.pose, report.contacts);
    step.contacts = std::move(report.contacts);
    step.support = std::move(report.support);
    step.com_m = report.com_m.head<2>();
    step.com_height_m = report.com_m.z();
    step.margin_m = step.way_margin_m = report.margin_m;
    step.strength_use = step.way_strength_use = report.strength_use;
    step.why_not = std::move(report.why_not);
    if (!exit_.steps.empty()) judge_way(step);
    step.feasible = step.why_not.empty();
    exit_.steps.push_back(std::move(step));
}

void SideExitPlanner::judge_way(SideExitStep& step) {
    const StanceKind &a = before_.demand.kind, &b = now_.demand.kind;
    StanceDemand way = now_.demand;
    way.flesh_m = std::max(before_.demand.flesh_m, now_.demand.flesh_m);
    way.kind = {a.hand_down && b.hand_down, a.far_knee_down && b.far_knee_down};
    const auto without = [&](const Key& key) {
        const StanceKind own = key.demand.kind;
        return poser_.freed(
            key.stance, {own.hand_down && !way.kind.hand_down, own.far_knee_down && !way.kind.far_knee_down});
    };
    const Stance from = without(before_), to = without(now_);
    // A foot in the air or on its way carries nothing.
    const auto moves = [&](int number) { return std::abs(from[number] - to[number]) > 1e-9; };
    const bool foot_stays = !moves(st_near_x) && !moves(st_near_y) && !moves(st_near_lift);
    way.near_foot_carries = before_.demand.near_foot_carries && now_.demand.near_foot_carries && foot_stays;
    way.near_foot_turns = moves(st_near_yaw);
    way.far_sole_flat = before_.demand.far_sole_flat && now_.demand.far_sole_flat;
    std::string why;
    for (int i = 1; i <= k_side_exit_between; ++i) {
        const double share = static_cast<double>(i) / (k_side_exit_between + 1);
        const Stance line = from + share * (to - from);
        StancePose posed = poser_.pose(line, way.kind);
        StanceReport report = judge_balance(body_, posed, exit_.side, way);
        if (!report.feasible) {
            // Beside the straight way, as near to it as goes.
            StanceSearch aside{.demand = way, .free = movable(way.kind), .margin_m = 0.012};
            aside.com_weight = 0.0;
            aside.stay_weight = 1.0;
            posed = poser_.pose(settle(poser_, aside, line), way.kind);
            report = judge_balance(body_, posed, exit_.side, way);
        }
        step.way_margin_m = std::min(step.way_margin_m, report.margin_m);
        const double use = rest_effort(body_, posed.pose, report.contacts).strength_use;
        if (!(use <= step.way_strength_use)) step.way_strength_use = use;
        if (why.empty() && !report.feasible) why = "on the way: " + report.why_not;
    }
    if (step.why_not.empty()) step.why_not = why;
}

}  // namespace plumb
