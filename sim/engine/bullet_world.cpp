// Builds the btMultiBody and reads contacts back from the manifolds.
#include "sim/engine/bullet_world.h"

#include <algorithm>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>

#include <BulletCollision/CollisionShapes/btCompoundShape.h>
#include <BulletCollision/CollisionShapes/btSphereShape.h>
#include <BulletCollision/CollisionShapes/btStaticPlaneShape.h>
#include <BulletDynamics/Featherstone/btMultiBody.h>
#include <BulletDynamics/Featherstone/btMultiBodyConstraintSolver.h>
#include <BulletDynamics/Featherstone/btMultiBodyDynamicsWorld.h>
#include <BulletDynamics/Featherstone/btMultiBodyJointLimitConstraint.h>
#include <BulletDynamics/Featherstone/btMultiBodyJointMotor.h>
#include <BulletDynamics/Featherstone/btMultiBodyLinkCollider.h>
#include <btBulletCollisionCommon.h>

#include "sim/base/check.h"
#include "sim/base/units.h"
#include "sim/body/contact.h"

namespace plumb {
namespace {

constexpr int k_body_group = 1, k_static_group = 2;

/// Bullet bounds the rates also between forces and contacts, where a strong calf alone would have turned a loose foot at
/// hundreds of rad/s: a bound met there takes moment from people who stand still.
constexpr double k_bullet_bound_radps = 400.0;

btVector3 to_bt(const Vector3& v) { return {v.x(), v.y(), v.z()}; }
Vector3 from_bt(const btVector3& v) { return {v.x(), v.y(), v.z()}; }
btMatrix3x3 to_bt_matrix(const Matrix3& m) {
    return {m(0, 0), m(0, 1), m(0, 2), m(1, 0), m(1, 1), m(1, 2), m(2, 0), m(2, 1), m(2, 2)};
}
btQuaternion to_quaternion(const Matrix3& m) {
    const Eigen::Quaterniond q(m);
    return {q.x(), q.y(), q.z(), q.w()};
}

/// Bullet drops constraints on links without a collider unless they name the base's island (docs/model.md, 7).
class RangeStop final : public btMultiBodyJointLimitConstraint {
  public:
    using btMultiBodyJointLimitConstraint::btMultiBodyJointLimitConstraint;
    int getIslandIdA() const override { return m_bodyA->getBaseCollider()->getIslandTag(); }
    int getIslandIdB() const override { return getIslandIdA(); }
};

/// A lock on one joint.
class JointLock final : public btMultiBodyJointMotor {
  public:
    using btMultiBodyJointMotor::btMultiBodyJointMotor;
    int getIslandIdA() const override { return m_bodyA->getBaseCollider()->getIslandTag(); }
    int getIslandIdB() const override { return getIslandIdA(); }
};
/// Share of a lock's position error taken back in a step.
constexpr double k_lock_correction = 0.1;

/// Bullet wants every link's frame in its COM with principal axes.
struct PrincipalFrame {
    Matrix3 axes = Matrix3::Identity();  ///< columns: principal axes in the link's own frame
    Vector3 com_m = Vector3::Zero();
    Vector3 moments = Vector3::Zero();
};

PrincipalFrame principal_frame(const Segment& segment) {
    PrincipalFrame frame;
    if (segment.mass_kg <= 0.0) return frame;
    frame.com_m = segment.com_m;
    Matrix3 off = segment.inertia_kgm2;
    off.diagonal().setZero();
    if (off.norm() < 1e-12 * segment.inertia_kgm2.norm()) {
        frame.moments = segment.inertia_kgm2.diagonal();
        return frame;
    }
    const Eigen::SelfAdjointEigenSolver<Matrix3> solver(segment.inertia_kgm2);
    frame.axes = solver.eigenvectors();
    if (frame.axes.determinant() < 0.0) frame.axes.col(0) = -frame.axes.col(0);
    frame.moments = solver.eigenvalues();
    return frame;
}

}  // namespace

struct BulletWorld::Impl {
    BodyModel body;
    std::array<PrincipalFrame, k_link_count> frames;
    btDefaultCollisionConfiguration configuration;
    btCollisionDispatcher dispatcher{&configuration};
    btDbvtBroadphase broadphase;
    btMultiBodyConstraintSolver solver;
    btMultiBodyDynamicsWorld world{&dispatcher, &broadphase, &solver, &configuration};
    btStaticPlaneShape floor_shape{btVector3(0, 0, 1), 0.0};
    btCollisionObject floor;
    std::unique_ptr<btStaticPlaneShape> wall_shape;
    std::unique_ptr<btCollisionObject> wall;
    std::unique_ptr<btMultiBody> multibody;
    std::vector<std::unique_ptr<btCollisionShape>> shapes;
    std::vector<std::unique_ptr<btMultiBodyLinkCollider>> colliders;
    std::vector<std::unique_ptr<RangeStop>> stops;
    std::vector<std::unique_ptr<JointLock>> locks;
    DofVector lock_middle_Nm = DofVector::Zero();  ///< locks are symmetric about this moment ...
    DofVector lock_half_Nm = DofVector::Zero();    ///< ... by at most this
    ContactForces contacts;

    Impl(const BodyModel& model, std::optional<double> wall_distance_m) : body(model) {
        world.setGravity({0.0, 0.0, -k_gravity_mps2});
        btContactSolverInfo& info = world.getSolverInfo();
        info.m_numIterations = 20;
        info.m_solverMode = SOLVER_USE_WARMSTARTING | SOLVER_SIMD | SOLVER_USE_2_FRICTION_DIRECTIONS
                            | SOLVER_USE_ARTICULATED_WARMSTARTING;
        floor.setCollisionShape(&floor_shape);
        // Bullet multiplies the two coefficients of a pair.
        floor.setFriction(1.0);
        world.addCollisionObject(&floor, k_static_group, k_body_group);
        if (wall_distance_m) {
            wall_shape = std::make_unique<btStaticPlaneShape>(btVector3(1, 0, 0), -*wall_distance_m);
            wall = std::make_unique<btCollisionObject>();
            wall->setCollisionShape(wall_shape.get());
            wall->setFriction(k_flesh_wall_friction / k_flesh_floor_friction);
            world.addCollisionObject(wall.get(), k_static_group, k_body_group);
        }
        add_multibody();
        add_colliders();
        add_stops();
    }

    ~Impl() {
        for (auto& stop : stops) world.removeMultiBodyConstraint(stop.get());
        for (auto& lock : locks) world.removeMultiBodyConstraint(lock.get());
        for (auto& collider : colliders) world.removeCollisionObject(collider.get());
        world.removeMultiBody(multibody.get());
        if (wall) world.removeCollisionObject(wall.get());
        world.removeCollisionObject(&floor);
    }

    void add_multibody() {
        for (size_t i = 0; i < k_link_count; ++i) frames[i] = principal_frame(body.links[i].segment);
        multibody = std::make_unique<btMultiBody>(body.dof_count, body.links[0].segment.mass_kg,
                                                  to_bt(frames[0].moments), false, false);
        for (size_t i = 1; i < static_cast<size_t>(body.link_count()); ++i) {
            const Link& link = body.links[i];
            const PrincipalFrame &own = frames[i], &parent = frames[static_cast<size_t>(link.parent)];
            const Vector3 axis = link.axis_sign * Matrix3::Identity().col(link.axis);
            const Matrix3 rest = axis_rotation(link.axis, link.axis_sign * link.rest_rad);
            multibody->setupRevolute(static_cast<int>(i) - 1, link.segment.mass_kg, to_bt(own.moments),
                                     link.parent - 1,
                                     to_quaternion(own.axes.transpose() * rest.transpose() * parent.axes),
                                     to_bt(own.axes.transpose() * axis),
                                     to_bt(parent.axes.transpose() * (link.offset_m - parent.com_m)),
                                     to_bt(own.axes.transpose() * own.com_m), true);
        }
        multibody->finalizeMultiDof();
        multibody->setHasSelfCollision(false);
        multibody->setLinearDamping(0.0);
        multibody->setAngularDamping(0.0);
        multibody->setCanSleep(false);
        multibody->setUseGyroTerm(true);
        multibody->setMaxAppliedImpulse(1e6);
        multibody->setMaxCoordinateVelocity(k_bullet_bound_radps);
        world.addMultiBody(multibody.get());
    }

    void add_colliders() {
        for (int link = 0; link < body.link_count(); ++link) {
            auto compound = std::make_unique<btCompoundShape>();
            bool sole = false;
            for (const Collider& c : body.colliders) {
                if (c.link != link) continue;
                sole = c.kind == ColliderKind::sole;
                auto sphere = std::make_unique<btSphereShape>(c.radius_m);
                const PrincipalFrame& frame = frames[static_cast<size_t>(link)];
                btTransform place;
                place.setIdentity();
                place.setOrigin(to_bt(frame.axes.transpose() * (c.centre_m - frame.com_m)));
                compound->addChildShape(place, sphere.get());
                shapes.push_back(std::move(sphere));
            }
            if (compound->getNumChildShapes() == 0) continue;
            auto collider = std::make_unique<btMultiBodyLinkCollider>(multibody.get(), link - 1);
            collider->setCollisionShape(compound.get());
            collider->setFriction(sole ? k_foot_floor_friction : k_flesh_floor_friction);
            if (sole)
                collider->setCollisionFlags(collider->getCollisionFlags()
                                            | btCollisionObject::CF_HAS_FRICTION_ANCHOR);
            else
                collider->setContactStiffnessAndDamping(k_flesh_stiffness_Npm, k_flesh_damping_Nspm);
            world.addCollisionObject(collider.get(), k_body_group, k_static_group);
            if (link == 0)
                multibody->setBaseCollider(collider.get());
            else
                multibody->getLink(link - 1).m_collider = collider.get();
            shapes.push_back(std::move(compound));
            colliders.push_back(std::move(collider));
        }
    }

    void add_stops() {
        for (int dof = 0; dof < body.dof_count; ++dof) {
            const JointRange& range = body.person.ranges[static_cast<size_t>(dof)];
            stops.push_back(std::make_unique<RangeStop>(
                multibody.get(), dof, range.min_rad - k_stop_slack_rad, range.max_rad + k_stop_slack_rad));
            stops.back()->finalizeMultiDof();
            world.addMultiBodyConstraint(stops.back().get());
        }
    }

    void update_collider_transforms() {
        btAlignedObjectArray<btQuaternion> rotations;
        btAlignedObjectArray<btVector3> origins;
        multibody->forwardKinematics(rotations, origins);
        multibody->updateCollisionObjectWorldTransforms(rotations, origins);
    }

    void read_contacts(double dt_s) {
        contacts = ContactForces{};
        for (int m = 0; m < dispatcher.getNumManifolds(); ++m) {
            const btPersistentManifold* manifold = dispatcher.getManifoldByIndexInternal(m);
            const auto* first = btMultiBodyLinkCollider::upcast(manifold->getBody0());
            const auto* collider = first ? first : btMultiBodyLinkCollider::upcast(manifold->getBody1());
            if (!collider) continue;
            const double sign = first ? 1.0 : -1.0;
            const bool on_wall =
                wall && (manifold->getBody0() == wall.get() || manifold->getBody1() == wall.get());
            const int link = collider->m_link + 1;
            for (int c = 0; c < manifold->getNumContacts(); ++c) {
                const btManifoldPoint& point = manifold->getContactPoint(c);
                const btVector3 impulse = point.m_normalWorldOnB * point.m_appliedImpulse
                                          + point.m_lateralFrictionDir1 * point.m_appliedImpulseLateral1
                                          + point.m_lateralFrictionDir2 * point.m_appliedImpulseLateral2;
                const PointForce force{
                    link, from_bt(first ? point.getPositionWorldOnA() : point.getPositionWorldOnB()),
                    from_bt(impulse) * (sign / dt_s)};
                if (on_wall)
                    contacts.wall.push_back(force);
                else
                    contacts.add_floor(force);
            }
        }
    }
};

BulletWorld::BulletWorld(const BodyModel& body, std::optional<double> wall_distance_m)
    : impl_(std::make_unique<Impl>(body, wall_distance_m)) {}
BulletWorld::~BulletWorld() = default;

void BulletWorld::set_state(const BodyState& state) {
    btMultiBody& multibody = *impl_->multibody;
    const PrincipalFrame& frame = impl_->frames[0];
    const Matrix3& rotation = state.pose.pelvis_rotation;
    const Vector3 com_offset = rotation * frame.com_m;
    btTransform base;
    base.setBasis(to_bt_matrix(rotation * frame.axes));
    base.setOrigin(to_bt(state.pose.pelvis_m + com_offset));
    multibody.setBaseWorldTransform(base);
    const Vector3 omega = state.velocity.head<3>();
    multibody.setBaseOmega(to_bt(omega));
    multibody.setBaseVel(to_bt(state.velocity.segment<3>(3) + omega.cross(com_offset)));
    for (int dof = 0; dof < impl_->body.dof_count; ++dof) {
        multibody.setJointPos(dof, state.pose.joints[dof]);
        multibody.setJointVel(dof, state.velocity[6 + dof]);
    }
    impl_->update_collider_transforms();
}

BodyState BulletWorld::state() const {
    const btMultiBody& multibody = *impl_->multibody;
    const PrincipalFrame& frame = impl_->frames[0];
    BodyState state;
    const btTransform base = multibody.getBaseWorldTransform();
    Matrix3 basis;
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c) basis(r, c) = base.getBasis()[r][c];
    state.pose.pelvis_rotation = basis * frame.axes.transpose();
    const Vector3 com_offset = state.pose.pelvis_rotation * frame.com_m;
    state.pose.pelvis_m = from_bt(base.getOrigin()) - com_offset;
    const Vector3 omega = from_bt(multibody.getBaseOmega());
    state.velocity.head<3>() = omega;
    state.velocity.segment<3>(3) = from_bt(multibody.getBaseVel()) - omega.cross(com_offset);
    for (int dof = 0; dof < impl_->body.dof_count; ++dof) {
        state.pose.joints[dof] = multibody.getJointPos(dof);
        state.velocity[6 + dof] = multibody.getJointVel(dof);
    }
    return state;
}

void BulletWorld::step(const DofVector& moments_Nm, double dt_s) {
    for (int dof = 0; dof < impl_->body.dof_count; ++dof)
        impl_->multibody->addJointTorque(dof, moments_Nm[dof] + impl_->lock_middle_Nm[dof]);
    for (size_t dof = 0; dof < impl_->locks.size(); ++dof)
        impl_->locks[dof]->setMaxAppliedImpulse(impl_->lock_half_Nm[static_cast<Eigen::Index>(dof)] * dt_s);
    for (size_t dof = 0; dof < impl_->stops.size(); ++dof)
        impl_->stops[dof]->setMaxAppliedImpulse(
            (dof <= dof_lumbar_rotation ? k_spine_stop_moment_Nm : k_stop_moment_Nm) * dt_s);
    impl_->world.stepSimulation(dt_s, 0);
    for (int dof = 0; dof < impl_->body.dof_count; ++dof) {
        const double rate_radps = impl_->multibody->getJointVel(dof);
        impl_->multibody->setJointVel(dof, std::clamp(rate_radps, -k_fastest_radps, k_fastest_radps));
    }
    impl_->read_contacts(dt_s);
}

void BulletWorld::push(const PointForce& force) {
    btMultiBody& multibody = *impl_->multibody;
    const auto link = static_cast<size_t>(force.link);
    const Kinematics k = forward_kinematics(impl_->body, state().pose);
    // Bullet takes a link's force in its COM.
    const Vector3 moment_Nm =
        (force.point_m - k.point(force.link, impl_->frames[link].com_m)).cross(force.force_N);
    if (force.link == 0) {
        multibody.addBaseForce(to_bt(force.force_N));
        multibody.addBaseTorque(to_bt(moment_Nm));
    } else {
        multibody.addLinkForce(force.link - 1, to_bt(force.force_N));
        multibody.addLinkTorque(force.link - 1, to_bt(moment_Nm));
    }
}

void BulletWorld::release_anchors() {
    for (auto& collider : impl_->colliders)
        collider->setCollisionFlags(collider->getCollisionFlags()
                                    & ~btCollisionObject::CF_HAS_FRICTION_ANCHOR);
}

void BulletWorld::lock_joints(const std::array<JointStrength, k_dof_count>& most, int iterations) {
    PLUMB_CHECK(impl_->locks.empty(), "the joints are locked already");
    impl_->world.getSolverInfo().m_numIterations = iterations;
    for (int dof = 0; dof < impl_->body.dof_count; ++dof) {
        const JointStrength& s = most[static_cast<size_t>(dof)];
        impl_->lock_middle_Nm[dof] = 0.5 * (s.positive_Nm - s.negative_Nm);
        impl_->lock_half_Nm[dof] = 0.5 * (s.positive_Nm + s.negative_Nm);
        impl_->locks.push_back(std::make_unique<JointLock>(impl_->multibody.get(), dof, 0.0, 0.0));
        JointLock& lock = *impl_->locks.back();
        lock.setVelocityTarget(0.0, 1.0);
        lock.setPositionTarget(impl_->multibody->getJointPos(dof), k_lock_correction);
        lock.finalizeMultiDof();
        impl_->world.addMultiBodyConstraint(&lock);
    }
}

std::unique_ptr<World> make_bullet_world(const BodyModel& body, std::optional<double> wall_distance_m) {
    return std::make_unique<BulletWorld>(body, wall_distance_m);
}

const ContactForces& BulletWorld::contacts() const { return impl_->contacts; }

}  // namespace plumb
