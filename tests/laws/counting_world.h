// A world that keeps the books of another: work of the joint moments, work of the contacts, energy, friction, step by step.
#pragma once

#include "sim/body/contact.h"
#include "sim/engine/bullet_world.h"
#include "tests/laws/mechanics.h"

namespace plumb::test {

/// The largest friction met on one kind of contact.
struct FrictionBook {
    double mu = 0.0;
    double worst_excess_N = 0.0;  ///< |tangential| - mu normal
    double worst_ratio = 0.0;     ///< |tangential| / normal where at least 1 % of weight presses
    double pull_N = 0.0;          ///< the largest normal force that pulls
    long long count = 0;

    void add(const PointForce& force, const Vector3& normal, double felt_N) {
        const double pressing_N = force.force_N.dot(normal);
        const double sideways_N = (force.force_N - pressing_N * normal).norm();
        worst_excess_N = std::max(worst_excess_N, sideways_N - mu * std::max(pressing_N, 0.0));
        if (pressing_N > felt_N) worst_ratio = std::max(worst_ratio, sideways_N / pressing_N);
        pull_N = std::max(pull_N, -pressing_N);
        ++count;
    }
};

/// What has happened since the start.
struct Books {
    double energy_change_J = 0.0;  ///< inside steps; a state set from outside is not counted
    double moment_work_J = 0.0;    ///< sum of moment times turn
    double contact_work_J = 0.0;   ///< sum of contact impulse times mean velocity of the touching point
    double turnover_J = 0.0;       ///< sum of |moment times turn|
    double worst_gap_J = 0.0;      ///< the farthest energy ever was from the work of the moments
    double lost_J = 0.0;           ///< the farthest it ever was below
    double worst_gain_J = 0.0;     ///< ... above
    double regained_J = 0.0;       ///< the most that came back after a loss, before flesh met floor or wall
    double rebound_J = 0.0;        ///< ... since then: flesh is elastic
    bool flesh_met = false;
    FrictionBook soles{k_foot_floor_friction}, flesh_floor{k_flesh_floor_friction},
        flesh_wall{k_flesh_wall_friction};
};

class CountingWorld final : public World {
  public:
    CountingWorld(const BodyModel& body, std::optional<double> wall_distance_m, Books& books)
        : body_(body), inner_(body, wall_distance_m), books_(books) {}

    void set_state(const BodyState& state) override { inner_.set_state(state); }
    [[nodiscard]] BodyState state() const override { return inner_.state(); }
    void push(const PointForce& force) override { inner_.push(force); }
    void release_anchors() override { inner_.release_anchors(); }
    [[nodiscard]] const ContactForces& contacts() const override { return inner_.contacts(); }

    void step(const DofVector& moments_Nm, double dt_s) override {
        const BodyState before = inner_.state();
        inner_.step(moments_Nm, dt_s);
        const BodyState after = inner_.state();
        const DofVector turn = after.pose.joints - before.pose.joints;
        books_.energy_change_J +=
            mechanics_of(body_, after).energy_J() - mechanics_of(body_, before).energy_J();
        books_.moment_work_J += moments_Nm.dot(turn);
        books_.turnover_J += moments_Nm.cwiseProduct(turn).cwiseAbs().sum();
        const double gain_J = books_.energy_change_J - books_.moment_work_J;
        books_.worst_gap_J = std::max(books_.worst_gap_J, std::abs(gain_J));
        books_.worst_gain_J = std::max(books_.worst_gain_J, gain_J);
        books_.lost_J = std::max(books_.lost_J, -gain_J);
        const ContactForces& c = inner_.contacts();
        books_.flesh_met = books_.flesh_met || !c.floor_other.empty() || !c.wall.empty();
        double& back_J = books_.flesh_met ? books_.rebound_J : books_.regained_J;
        back_J = std::max(back_J, gain_J + books_.lost_J);
        add_contacts(before, after.velocity, dt_s);
    }

  private:
    void add_contacts(const BodyState& before, const VelocityVector& velocity_after, double dt_s) {
        const Kinematics k = forward_kinematics(body_, before.pose);
        const SpatialVectors v =
            link_velocities(body_, k, VelocityVector(0.5 * (before.velocity + velocity_after)));
        const auto add = [&](const std::vector<PointForce>& forces, FrictionBook& book,
                             const Vector3& normal) {
            for (const PointForce& f : forces) {
                book.add(f, normal, 0.01 * body_.weight_N());
                books_.contact_work_J +=
                    dt_s * f.force_N.dot(point_velocity(v[static_cast<size_t>(f.link)], f.point_m));
            }
        };
        add(inner_.contacts().feet, books_.soles, Vector3::UnitZ());
        add(inner_.contacts().floor_other, books_.flesh_floor, Vector3::UnitZ());
        add(inner_.contacts().wall, books_.flesh_wall, Vector3::UnitX());
    }

    BodyModel body_;
    BulletWorld inner_;
    Books& books_;
};

/// For simulate_plan: the product's world, with its books kept in `books`.
inline WorldMaker counting(Books& books) {
    return [&books](const BodyModel& body, std::optional<double> wall_distance_m) -> std::unique_ptr<World> {
        return std::make_unique<CountingWorld>(body, wall_distance_m, books);
    };
}

}  // namespace plumb::test
