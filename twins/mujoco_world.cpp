// One mjModel and mjData; contact forces summed from MuJoCo's own.
#include "twins/mujoco_world.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <Eigen/Geometry>

#include "sim/body/mjcf.h"
#include "twins/mujoco_model.h"

namespace plumb {
namespace {

class MujocoWorld final : public World {
  public:
    MujocoWorld(const BodyModel& body, std::optional<double> wall_distance_m)
        : model_(load_mujoco(body_to_mjcf(
            body, {.name = "twin", .notes = {}, .wall_distance_m = wall_distance_m, .postures = {}}))),
          data_(mj_makeData(model_.get())),
          coordinates_(*model_),
          wall_geom_(mj_name2id(model_.get(), mjOBJ_GEOM, "wall")) {
        for (int link = 0; link < k_link_count; ++link) {
            const int id = mj_name2id(model_.get(), mjOBJ_BODY, link_name(link).c_str());
            if (id >= 0) link_of_body_.emplace_back(id, link);
        }
    }

    void set_state(const BodyState& state) override { coordinates_.put_state(state, *data_); }
    [[nodiscard]] BodyState state() const override { return coordinates_.state(*data_); }

    /// In parts no longer than the file's step: MuJoCo's friction acts on velocities alone, and feet would creep by some
    /// dt / 2 times the speeds in the leg. Forces are means over the parts.
    void step(const DofVector& moments_Nm, double dt_s) override {
        const int parts = static_cast<int>(std::ceil(dt_s / k_mjcf_step_s - 1e-6));
        model_->opt.timestep = dt_s / parts;
        for (int dof = 0; dof < coordinates_.dof_count(); ++dof)
            data_->qfrc_applied[coordinates_.velocity_index(dof)] = moments_Nm[dof];
        std::fill_n(data_->xfrc_applied, 6 * model_->nbody, 0.0);
        for (const auto& [body, force] : pushes_) {
            const Eigen::Map<const Vector3> com_m(data_->xipos + 3 * body);
            Eigen::Map<Vector3>(data_->xfrc_applied + 6 * body) += force.force_N;
            Eigen::Map<Vector3>(data_->xfrc_applied + 6 * body + 3) +=
                (force.point_m - com_m).cross(force.force_N);
        }
        pushes_.clear();
        contacts_ = ContactForces{};
        for (int part = 0; part < parts; ++part) {
            mj_step(model_.get(), data_.get());
            check_warnings();
            add_contacts(1.0 / parts);
        }
    }

    void push(const PointForce& force) override {
        const auto body = std::find_if(link_of_body_.begin(), link_of_body_.end(),
                                       [&](const auto& pair) { return pair.second == force.link; });
        if (body == link_of_body_.end()) throw std::runtime_error("MuJoCo: a push on no body");
        pushes_.emplace_back(body->first, force);
    }
    void release_anchors() override {}
    [[nodiscard]] const ContactForces& contacts() const override { return contacts_; }

  private:
    [[nodiscard]] int link_of_geom(int geom) const {
        for (const auto& [id, link] : link_of_body_)
            if (id == model_->geom_bodyid[geom]) return link;
        throw std::runtime_error("MuJoCo: a contact on no link");
    }

    void check_warnings() const {
        for (const int warning :
             {mjWARN_BADQPOS, mjWARN_BADQVEL, mjWARN_BADQACC, mjWARN_CONTACTFULL, mjWARN_CNSTRFULL})
            if (data_->warning[warning].number > 0)
                throw std::runtime_error(std::string("MuJoCo: ")
                                         + mju_warningText(warning, data_->warning[warning].lastinfo));
    }

    void add_contacts(double share) {
        for (int c = 0; c < data_->ncon; ++c) {
            const mjContact& contact = data_->contact[c];
            // Planes come first in MuJoCo's pairs: the normal points from them to the body, as the force on it does.
            std::array<mjtNum, 6> local{};
            mj_contactForce(model_.get(), data_.get(), c, local.data());
            const Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>> axes(contact.frame);
            const PointForce force{link_of_geom(contact.geom2), Eigen::Map<const Vector3>(contact.pos),
                                   share * axes.transpose() * Eigen::Map<const Vector3>(local.data())};
            if (force.force_N.isZero(0.0)) continue;
            if (contact.geom1 == wall_geom_)
                contacts_.wall.push_back(force);
            else
                contacts_.add_floor(force);
        }
    }

    MujocoModel model_;
    MujocoData data_;
    MujocoCoordinates coordinates_;
    int wall_geom_;
    std::vector<std::pair<int, int>> link_of_body_;   ///< MuJoCo's body, our link
    std::vector<std::pair<int, PointForce>> pushes_;  ///< MuJoCo's body, what pushes it in the next step
    ContactForces contacts_;
};

}  // namespace

std::unique_ptr<World> make_mujoco_world(const BodyModel& body, std::optional<double> wall_distance_m) {
    return std::make_unique<MujocoWorld>(body, wall_distance_m);
}

}  // namespace plumb
