// One line a quantity.
#include "sim/recording/derived.h"

namespace plumb {

void fill_derived(const BodyModel& body, const Kinematics& k, Frame& frame) {
    frame.xcom_m = extrapolated_com(frame.com_m, frame.com_velocity_mps, frame.com_acceleration_z_mps2);
    const SupportBase base = support_base(body, k);
    frame.com_margin = tipping_margin(body, k, base.sole, frame.com_m.head<2>());
    frame.functional_margin = signed_margin(base.functional, frame.com_m.head<2>());
    frame.xcom_margin = tipping_margin(body, k, base.sole, frame.xcom_m);
    frame.hip_height_m = k.hip_midpoint().z();
    frame.trunk_lean_rad = trunk_lean_rad(body, k);
    frame.thigh_angle_rad = thigh_angle_rad(k);
    frame.tissue = tissue_state(body.person, frame.pose.joints);
}

}  // namespace plumb
