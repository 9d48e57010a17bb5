// Level thighs, half of that, knees bent by 130 deg.
#include "sim/plan/depth_drop.h"

#include <algorithm>
#include <numeric>

#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"

namespace plumb {
namespace {

/// Drop at which the thighs are level. A path that ends above it (a wall, a tight knee) still says where that is: the hips
/// as high as its last knees.
double parallel_drop(const PlanModel& model, const std::vector<PlanKnot>& knots) {
    const double on_path = crossing_drop(knots, [](const PlanKnot& k) { return -k.thigh_angle_rad; });
    if (on_path <= knots.back().drop) return on_path;
    const PostureView last = view_posture(model, knots.back().posture);
    const auto knee = [&](int side) {
        return last.kinematics.position[static_cast<size_t>(shank_link(side))].z();
    };
    const double knee_m = std::midpoint(knee(side_left), knee(side_right));
    return std::max(knots.back().drop + 1e-3, (model.standing_height_m - knee_m) / model.body.leg_length_m);
}

/// A knee whose range ends at 130 deg comes this near to it.
constexpr double k_near_deg = 0.1;

}  // namespace

double asked_drop(const PlanModel& model, const Depth& depth, const std::vector<PlanKnot>& knots) {
    if (const double* number = std::get_if<double>(&depth)) return *number;
    switch (std::get<DepthWord>(depth)) {
    case DepthWord::half: return 0.5 * parallel_drop(model, knots);
    case DepthWord::parallel: return parallel_drop(model, knots);
    case DepthWord::full: break;
    }
    return crossing_drop(knots, [](const PlanKnot& k) {
        return k.knee_flexion_rad - (k_full_knee_flexion_deg - k_near_deg) * k_deg_to_rad;
    });
}

}  // namespace plumb
