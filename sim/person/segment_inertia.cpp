// de Leva's mass, centre-of-mass and gyration fractions on the person's own lengths; composites by the parallel axis rule.
#include "sim/person/segment_inertia.h"

#include <initializer_list>

#include "sim/person/anthropometry.h"

namespace plumb {
namespace {

/// One row of the table; the COM from the proximal (for the trunk and head: upper; for the foot: heel) end, radii of
/// gyration about the sagittal (forward), transverse (lateral) and longitudinal axes; percent of the length.
struct BlockRow {
    double mass_percent;
    double com_percent;
    double sagittal_percent;
    double transverse_percent;
    double longitudinal_percent;
};

/// Lengths [mm] of the pieces of the axial chain, which only share out the model's own length from lumbar joint to vertex.
struct AxialLengths {
    double middle_trunk_mm;  ///< OMPH-XYPH
    double upper_trunk_mm;   ///< XYPH-CERV
    double head_mm;          ///< CERV-VERT, neck included
};

struct InertiaTable {
    BlockRow head;          ///< VERT-CERV
    BlockRow upper_trunk;   ///< CERV-XYPH
    BlockRow middle_trunk;  ///< XYPH-OMPH
    BlockRow lower_trunk;   ///< OMPH-MIDH
    BlockRow upper_arm;     ///< SJC-EJC
    BlockRow forearm;       ///< EJC-STYL
    BlockRow hand;          ///< STYL-DAC3, the ends of the ANSUR hand
    BlockRow thigh;         ///< HJC-KJC
    BlockRow shank;         ///< KJC-AJC
    BlockRow foot;          ///< HEEL-TTIP
    AxialLengths axial;
};

/// De Leva 1996, J Biomech 29(9):1223-1230, Table 4, males, with the alternative endpoints named above.
constexpr InertiaTable k_men = {
    .head = {6.94, 50.02, 30.3, 31.5, 26.1},
    .upper_trunk = {15.96, 50.66, 50.5, 32.0, 46.5},
    .middle_trunk = {16.33, 45.02, 48.2, 38.3, 46.8},
    .lower_trunk = {11.17, 61.15, 61.5, 55.1, 58.7},
    .upper_arm = {2.71, 57.72, 28.5, 26.9, 15.8},
    .forearm = {1.62, 46.08, 27.8, 26.7, 12.2},
    .hand = {0.61, 36.91, 28.5, 23.3, 18.2},
    .thigh = {14.16, 40.95, 32.9, 32.9, 14.9},
    .shank = {4.33, 43.95, 25.1, 24.6, 10.2},
    .foot = {1.37, 44.15, 25.7, 24.5, 12.4},
    .axial = {215.5, 242.1, 242.9},
};
/// The same table, females. Their tabulated hip joint centre lies low (thigh length .2124 of stature): with the thigh
/// lengths used here the fractions put a woman's standing COM about 0.009 of stature too high (D).
constexpr InertiaTable k_women = {
    .head = {6.68, 48.41, 27.1, 29.5, 26.1},
    .upper_trunk = {15.45, 50.50, 46.6, 31.4, 44.9},
    .middle_trunk = {14.65, 45.12, 43.3, 35.4, 41.5},
    .lower_trunk = {12.47, 49.20, 43.3, 40.2, 44.4},
    .upper_arm = {2.55, 57.54, 27.8, 26.0, 14.8},
    .forearm = {1.38, 45.92, 26.3, 25.9, 9.5},
    .hand = {0.56, 35.02, 24.1, 20.6, 15.2},
    .thigh = {14.78, 36.12, 36.9, 36.4, 16.2},
    .shank = {4.81, 43.52, 26.7, 26.3, 9.2},
    .foot = {1.29, 40.14, 29.9, 27.9, 13.9},
    .axial = {205.3, 228.0, 243.7},
};

double total_percent(const InertiaTable& table) {
    return table.head.mass_percent + table.upper_trunk.mass_percent + table.middle_trunk.mass_percent
           + table.lower_trunk.mass_percent
           + 2.0
                 * (table.upper_arm.mass_percent + table.forearm.mass_percent + table.hand.mass_percent
                    + table.thigh.mass_percent + table.shank.mass_percent + table.foot.mass_percent);
}

/// A block along Z whose upper end is at `top_m`: the COM lies com_percent of its length below, I = m (r L)^2.
Segment upright_block(const BlockRow& row, double kg_per_percent, double top_m, double length_m) {
    Segment block;
    block.mass_kg = row.mass_percent * kg_per_percent;
    block.com_m = {0.0, 0.0, top_m - 0.01 * row.com_percent * length_m};
    const Eigen::Vector3d radii_m =
        0.01 * length_m
        * Eigen::Vector3d(row.sagittal_percent, row.transverse_percent, row.longitudinal_percent);
    block.inertia_kgm2 = (block.mass_kg * radii_m.cwiseAbs2()).asDiagonal();
    return block;
}

/// One rigid body from several in the same frame (parallel axis rule).
Segment composite(std::initializer_list<Segment> parts) {
    Segment whole;
    for (const Segment& part : parts) {
        whole.mass_kg += part.mass_kg;
        whole.com_m += part.mass_kg * part.com_m;
    }
    whole.com_m /= whole.mass_kg;
    for (const Segment& part : parts) {
        const Eigen::Vector3d r_m = part.com_m - whole.com_m;
        whole.inertia_kgm2 +=
            part.inertia_kgm2
            + part.mass_kg * (r_m.squaredNorm() * Eigen::Matrix3d::Identity() - r_m * r_m.transpose());
    }
    return whole;
}

/// Upper and middle trunk, neck and head above the lumbar joint. De Leva's axial lengths are scaled together to the
/// model's length from lumbar joint to vertex (his own chain adds up to 1.023 stature).
Segment build_thorax(const InertiaTable& table, const BodyLengths& size, double kg_per_percent) {
    const AxialLengths& axial = table.axial;
    const double scale = (size.lumbar_to_shoulder_m + size.shoulder_to_vertex_m)
                         / (axial.middle_trunk_mm + axial.upper_trunk_mm + axial.head_mm);
    const double middle_m = scale * axial.middle_trunk_mm;
    const double upper_m = scale * axial.upper_trunk_mm;
    const double head_m = scale * axial.head_mm;
    return composite({upright_block(table.middle_trunk, kg_per_percent, middle_m, middle_m),
                      upright_block(table.upper_trunk, kg_per_percent, middle_m + upper_m, upper_m),
                      upright_block(table.head, kg_per_percent, middle_m + upper_m + head_m, head_m)});
}

/// The foot's long axis is X: its longitudinal radius is about X, the sagittal one about the vertical.
Segment build_foot(const BlockRow& row, const BodyLengths& size, double kg_per_percent) {
    Segment foot;
    foot.mass_kg = row.mass_percent * kg_per_percent;
    foot.com_m = {0.01 * row.com_percent * size.foot_length_m - size.ankle_from_heel_m, 0.0,
                  -0.5 * size.ankle_height_m};
    const Eigen::Vector3d radii_m =
        0.01 * size.foot_length_m
        * Eigen::Vector3d(row.longitudinal_percent, row.transverse_percent, row.sagittal_percent);
    foot.inertia_kgm2 = (foot.mass_kg * radii_m.cwiseAbs2()).asDiagonal();
    return foot;
}

/// Toes and metatarsal heads: a block from the toe joint to the tip, as high as the joint. M: its share of the foot's mass.
constexpr double k_toe_mass_share = 0.12;
Segment build_toes(const BodyLengths& size, double foot_kg) {
    const Eigen::Vector3d edges_m(size.foot_length_m - size.toe_joint_from_heel_m, size.foot_breadth_m,
                                  size.toe_joint_height_m);
    Segment toes;
    toes.mass_kg = k_toe_mass_share * foot_kg;
    toes.com_m = {0.5 * edges_m.x(), 0.0, -0.5 * edges_m.z()};
    const Eigen::Vector3d squares_m2 = edges_m.cwiseAbs2();
    toes.inertia_kgm2 =
        (toes.mass_kg / 12.0 * (Eigen::Vector3d::Constant(squares_m2.sum()) - squares_m2)).asDiagonal();
    return toes;
}

}  // namespace

void fill_segments(Person& person) {
    const InertiaTable& table = person.def.sex == Sex::male ? k_men : k_women;
    const BodyLengths& size = person.lengths;
    // The printed percentages add up to 100.00 (men) and 99.99 (women): share out the whole mass.
    const double kg_per_percent = person.def.mass_kg / total_percent(table);

    person.pelvis =
        upright_block(table.lower_trunk, kg_per_percent, size.hip_to_lumbar_m, size.hip_to_lumbar_m);
    person.thorax = build_thorax(table, size, kg_per_percent);
    person.upper_arm = upright_block(table.upper_arm, kg_per_percent, 0.0, size.upper_arm_m);
    const ForearmParts parts = split_forearm(person.def.sex, size.forearm_m);
    person.forearm =
        composite({upright_block(table.forearm, kg_per_percent, 0.0, parts.elbow_to_wrist_m),
                   upright_block(table.hand, kg_per_percent, -parts.elbow_to_wrist_m, parts.hand_m)});
    // A longer leg is no heavier: its mass is spread over more length.
    for (std::size_t side = 0; side < person.thighs.size(); ++side) {
        person.thighs[side] = upright_block(table.thigh, kg_per_percent, 0.0, size.side_thigh_m[side]);
        person.shanks[side] = upright_block(table.shank, kg_per_percent, 0.0, size.side_shank_m[side]);
    }
    person.foot = build_foot(table.foot, size, kg_per_percent);
    person.toes = build_toes(size, person.foot.mass_kg);
}

}  // namespace plumb
