// What each step of the way out to the side frees, wants and puts on the floor. Angles and lengths are choices.
#include <cmath>

#include "sim/base/units.h"
#include "sim/plan/side_exit_numbers.h"
#include "sim/plan/side_exit_planner.h"

namespace plumb {

void SideExitPlanner::rest_far_arm(StanceSearch& wanted) {
    const std::array<double, 4> angles = {deg(50), deg(5), 0.0, deg(50)};
    for (int i = 0; i < 4; ++i)
        wanted.goals.push_back({st_far_shoulder_flexion + i, angles[static_cast<size_t>(i)], 0.7});
}

void SideExitPlanner::shift() {
    const Stance& s = now_.stance;
    StanceSearch wanted{.demand = demand({}),
                        .free = joined({k_st_pelvis, k_st_trunk, {st_near_knee_out, st_far_knee_out}})};
    const Vector3 com = forward_kinematics(body_, poser_.pose(s, {}).pose).com_m;
    // Most of the weight over one foot: what the other keeps makes it a step two legs can do.
    wanted.com_goal_m = Eigen::Vector2d(com.x(), s[st_far_y] + 0.75 * (s[st_near_y] - s[st_far_y]));
    wanted.com_weight = 8.0;
    search(wanted, s);
    add("shifted", "Shift your weight over one foot");
}

void SideExitPlanner::put_hand_down() {
    Stance s = now_.stance;
    const Eigen::Vector2d hand = hand_m_.value_or(Eigen::Vector2d(s[st_near_x] + scaled(tuning_.hand_ahead_m),
                                                                  s[st_near_y] + scaled(tuning_.hand_out_m)));
    const double firm = hand_m_ ? 10.0 : 2.0;
    s[st_hand_x] = hand.x();
    s[st_hand_y] = hand.y();
    StanceSearch wanted{.demand = demand({.hand_down = true}),
                        .free =
                            joined({k_st_pelvis,
                                    k_st_trunk,
                                    k_st_far_arm,
                                    {st_near_knee_out, st_far_knee_out, st_hand_x, st_hand_y, st_swivel}})};
    wanted.goals = {{st_hand_x, s[st_hand_x], firm}, {st_hand_y, s[st_hand_y], firm}, {st_swivel, 0.0, 0.3}};
    wanted.also = {demand({}), pivoting()};
    // Not farther back than two feet alone could hold: the hand comes down last.
    const Vector3 com = forward_kinematics(body_, poser_.pose(now_.stance, {}).pose).com_m;
    wanted.com_goal_m = Eigen::Vector2d(com.x() + scaled(0.02), poser_.lateral() * com.y());
    rest_far_arm(wanted);
    search(wanted, s);
    add("hand_down", "Put that side's hand on the floor beside the foot");
}

void SideExitPlanner::turn() {
    Stance s = now_.stance;
    s[st_far_pitch] = deg(30);
    StanceSearch wanted{
        .demand = demand({.hand_down = true}),
        .free = joined({k_st_pelvis,
                        k_st_trunk,
                        k_st_far_arm,
                        hand_numbers(),
                        {st_near_knee_out, st_far_knee_out, st_far_yaw, st_far_pitch, st_near_yaw}})};
    wanted.demand.far_sole_flat = false;
    wanted.goals = {{st_near_yaw, tuning_.turn_rad, 1.0},
                    {st_yaw, deg(35), 1.0},
                    {st_far_yaw, deg(35), 1.0},
                    {st_far_pitch, deg(50), 1.0}};
    wanted.also = {pivoting()};
    rest_far_arm(wanted);
    search(wanted, s);
    add("turned", "Turn towards the hand on the ball of the other foot");
}

void SideExitPlanner::kneel() {
    Stance s = now_.stance;
    s[st_pelvis_x] = tuning_.sit_rad + deg(10);
    s[st_pelvis_y] = 0.0;
    s[st_far_pitch] = deg(60);
    StanceSearch wanted{.demand = demand({.hand_down = true, .far_knee_down = true}),
                        .free = joined({{st_pelvis_x, st_pelvis_y},
                                        k_st_trunk,
                                        k_st_far_arm,
                                        hand_numbers(),
                                        {st_near_knee_out, st_far_yaw, st_far_pitch}})};
    wanted.demand.far_sole_flat = false;
    wanted.goals = {
        {st_yaw, deg(45), 1.0}, {st_far_yaw, tuning_.turn_rad, 1.0}, {st_pelvis_x, tuning_.sit_rad, 0.5}};
    wanted.also = {on_toes({.hand_down = true}), on_knee_and_hand()};
    rest_far_arm(wanted);
    wanted.near_ankle_weight = 3.0;
    search(wanted, s);
    add("kneeling", "Let that knee down to the floor");
}

void SideExitPlanner::free_foot() {
    Stance s = now_.stance;
    s[st_near_lift] = 0.06;
    s[st_near_pitch] = deg(10);
    StanceSearch wanted{.demand = demand({.hand_down = true, .far_knee_down = true}),
                        .free = joined({{st_pelvis_x, st_pelvis_y},
                                        k_st_trunk,
                                        k_st_far_arm,
                                        hand_numbers(),
                                        {st_near_knee_out, st_near_lift, st_near_pitch}})};
    wanted.demand.far_sole_flat = false;
    wanted.demand.near_foot_carries = false;
    rest_far_arm(wanted);
    search(wanted, s);
    add("foot_free", "Lean on hand and knee: the foot comes free");
}

void SideExitPlanner::place_foot() {
    Stance s = now_.stance;
    s[st_near_lift] = s[st_near_pitch] = 0.0;
    const Kinematics k = forward_kinematics(body_, poser_.pose(s, now_.demand.kind).pose);
    const Vector3 knee = k.position[static_cast<size_t>(shank_link(poser_.far_side()))];
    // Ahead of the knee along its shank, a foot's room to the exit's side.
    const double yaw = s[st_far_yaw], ahead = scaled(tuning_.foot_ahead_m), aside = scaled(0.20);
    const Eigen::Vector2d place(knee.x() + ahead * std::cos(yaw) - aside * std::sin(yaw),
                                poser_.lateral() * knee.y() + ahead * std::sin(yaw) + aside * std::cos(yaw));
    s[st_near_x] = place.x();
    s[st_near_y] = place.y();
    s[st_near_yaw] = yaw;
    StanceSearch wanted{.demand = demand({.hand_down = true, .far_knee_down = true}),
                        .free = joined({{st_pelvis_x, st_pelvis_y},
                                        k_st_trunk,
                                        k_st_far_arm,
                                        hand_numbers(),
                                        {st_near_knee_out, st_near_x, st_near_y, st_near_yaw}})};
    wanted.demand.far_sole_flat = false;
    wanted.goals = {{st_near_x, place.x(), 3.0},
                    {st_near_y, place.y(), 3.0},
                    {st_near_yaw, yaw, 1.0},
                    {st_yaw, yaw, 1.0}};
    wanted.also = {on_knee_and_hand(), on_toes({.far_knee_down = true})};
    rest_far_arm(wanted);
    search(wanted, s);
    add("foot_ahead", "Put the foot flat ahead of the knee");
}

void SideExitPlanner::straighten_up() {
    Stance s = poser_.freed(now_.stance, {.hand_down = true});
    StanceSearch wanted{
        .demand = demand({.far_knee_down = true}),
        .free = joined(
            {{st_pelvis_x, st_pelvis_y}, k_st_trunk, k_st_far_arm, k_st_near_arm, {st_near_knee_out}})};
    wanted.demand.far_sole_flat = false;
    wanted.goals = {{st_pelvis_x, deg(5), 1.0},       {st_pitch, deg(10), 1.0},
                    {st_lumbar_flexion, deg(5), 1.0}, {st_lumbar_bend, 0.0, 1.0},
                    {st_lumbar_rotation, 0.0, 1.0},   {st_list, 0.0, 1.0},
                    {st_yaw, s[st_far_yaw], 1.0}};
    for (const int arm : {st_near_shoulder_flexion, st_far_shoulder_flexion})
        for (int i = 0; i < 4; ++i)
            wanted.goals.push_back({arm + i,
                                    i == 0   ? deg(35)
                                    : i == 1 ? deg(8)
                                    : i == 3 ? deg(40)
                                             : 0.0,
                                    1.0});
    wanted.also = {on_toes({})};
    search(wanted, s);
    add("half_kneeling", "Straighten up: half kneeling");
}

void SideExitPlanner::rise() {
    Stance s = poser_.freed(now_.stance, now_.demand.kind);
    const double ahead_m = scaled(0.12);
    s[st_pelvis_x] += ahead_m * std::cos(s[st_far_yaw]);
    s[st_pelvis_y] += ahead_m * std::sin(s[st_far_yaw]);
    const double height_m = s[st_pelvis_z] + scaled(0.08);
    StanceSearch wanted{.demand = demand({}),
                        .free = joined({k_st_pelvis,
                                        k_st_trunk,
                                        k_st_far_arm,
                                        k_st_near_arm,
                                        {st_near_knee_out, st_far_knee_out, st_far_pitch}})};
    wanted.demand.far_sole_flat = false;
    wanted.goals = {{st_pelvis_z, height_m, 2.0}};
    search(wanted, s);
    add("rising", "Lean over the front foot and push up with both legs");
}

void SideExitPlanner::stand() {
    Stance s = now_.stance;
    StanceSearch wanted{.demand = demand({}),
                        .free = joined({k_st_pelvis,
                                        k_st_trunk,
                                        k_st_far_arm,
                                        k_st_near_arm,
                                        {st_near_knee_out, st_far_knee_out, st_far_pitch}})};
    wanted.demand.far_sole_flat = false;
    s[st_pelvis_z] += scaled(0.2);
    wanted.goals = {
        {st_pelvis_z, 0.93 * body_.leg_length_m, 3.0}, {st_pitch, 0.0, 1.0}, {st_lumbar_flexion, 0.0, 1.0}};
    search(wanted, s);
    add("standing", "Stand up");
}

}  // namespace plumb
