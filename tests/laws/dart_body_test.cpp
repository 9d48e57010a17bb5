// The exported URDF against our own equations: DART reads the text and computes COM and mass matrix by itself.
#include <dart/dynamics/FreeJoint.hpp>
#include <dart/dynamics/Skeleton.hpp>
#include <dart/utils/urdf/DartLoader.hpp>

#include "sim/base/units.h"
#include "sim/body/dynamics.h"
#include "sim/body/urdf.h"
#include "tests/catch.h"
#include "tests/laws/random_model.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// No files behind the text: the body's shapes are all plain.
dart::dynamics::SkeletonPtr load_dart(const std::string& urdf) {
    dart::utils::DartLoader loader;
    return loader.parseSkeletonString(urdf, dart::common::Uri());
}

/// DART's free joint has the pelvis' angular velocity first, then the hip midpoint's, both in the pelvis' own axes; the
/// joint coordinates where their names say.
struct DartCoordinates {
    std::vector<Eigen::Index> place{};

    DartCoordinates(const dart::dynamics::Skeleton& skeleton, int dof_count) {
        for (size_t dof = 0; dof < static_cast<size_t>(dof_count); ++dof) {
            const auto* found = skeleton.getDof(std::string(k_dof_names[dof]));
            REQUIRE(found != nullptr);
            place.push_back(static_cast<Eigen::Index>(found->getIndexInSkeleton()));
        }
    }
    [[nodiscard]] Eigen::MatrixXd velocity_map(const Matrix3& pelvis_rotation) const {
        const auto count = static_cast<Eigen::Index>(6 + place.size());
        Eigen::MatrixXd map = Eigen::MatrixXd::Zero(count, count);
        map.block<3, 3>(0, 0) = map.block<3, 3>(3, 3) = pelvis_rotation.transpose();
        for (size_t dof = 0; dof < place.size(); ++dof)
            map(place[dof], static_cast<Eigen::Index>(6 + dof)) = 1.0;
        return map;
    }
};

}  // namespace

TEST_CASE("DART finds the same centre of mass and mass matrix in 100 bodies", "[laws]") {
    std::mt19937_64 random(30);
    double com_error_m = 0.0, mass_error = 0.0;
    for (int person = 0; person < 100; ++person) {
        const ScenarioDef def = draw_equipped_person(random);
        const BodyModel body = model_of(def);
        const auto skeleton = load_dart(
            body_to_urdf(body, {.name = "test", .notes = {}, .wall_distance_m = {}, .postures = {}}));
        REQUIRE(skeleton);
        const int count = 6 + body.dof_count;
        REQUIRE(static_cast<int>(skeleton->getNumDofs()) == count);
        const DartCoordinates coordinates(*skeleton, body.dof_count);
        for (int posture = 0; posture < 3; ++posture) {
            const Pose pose = draw_motion(random, body).pose;
            Eigen::Isometry3d base = Eigen::Isometry3d::Identity();
            base.linear() = pose.pelvis_rotation;
            base.translation() = pose.pelvis_m;
            Eigen::VectorXd positions = Eigen::VectorXd::Zero(count);
            positions.head<6>() = dart::dynamics::FreeJoint::convertToPositions(base);
            for (size_t dof = 0; dof < coordinates.place.size(); ++dof)
                positions[coordinates.place[dof]] = pose.joints[static_cast<Eigen::Index>(dof)];
            skeleton->setPositions(positions);

            const Kinematics k = forward_kinematics(body, pose);
            com_error_m = std::max(com_error_m, (skeleton->getCOM() - k.com_m).norm());
            const Eigen::MatrixXd map = coordinates.velocity_map(pose.pelvis_rotation);
            const Eigen::MatrixXd mass = mass_matrix(body, k).topLeftCorner(count, count);
            const Eigen::MatrixXd theirs = map.transpose() * skeleton->getMassMatrix() * map;
            for (int row = 0; row < count; ++row)
                mass_error = std::max(mass_error, (theirs - mass).row(row).norm() / mass.row(row).norm());
        }
    }
    WARN("COM " << com_error_m << " m, mass matrix " << mass_error);
    // Rounding and the 1e-9 kg that a URDF wants in links without mass: six of them, at most 1.5 m from the COM of 40 kg
    // and more, move it by less than 3e-10 m.
    CHECK(com_error_m < 1e-9);
    CHECK(mass_error < 1e-6);
}
