// Walks the tree of links once; chains of joints without mass between them become one MuJoCo body with several hinges.
#include "sim/body/mjcf.h"

#include <algorithm>

#include <Eigen/Cholesky>
#include <Eigen/Geometry>

#include "sim/base/check.h"
#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/body/contact.h"
#include "sim/body/dynamics.h"
#include "sim/body/looks.h"
#include "sim/body/xml.h"

namespace plumb {
namespace {

/// Soles sink by some hundredths of a millimetre under a standing body. Harder ones (0.999) lose touch between steps: MuJoCo
/// knows a contact only while it overlaps.
constexpr double k_sole_impedance = 0.99;
/// MuJoCo cannot cap a stop's moment: a spring that makes Bullet's largest, 200 N m, at 0.1 rad. Choices.
constexpr double k_stop_stiffness_Nmprad = 10.0 * k_stop_moment_Nm, k_stop_damping_Nmsprad = 20.0;
/// Visual shapes, contact shapes: MuJoCo's viewer shows groups 0-2 at the start.
constexpr const char *k_look_group = "1", *k_contact_group = "3";

/// A spring and damper as MuJoCo's constraint parameters. Its force is -(K I r + B v + a) / R with R = (1 - d) / d A, A the
/// inverse inertia at the reference pose (MuJoCo, Computation, "Constraint model"); implicit Euler asks for
/// -(k r + (b + k dt) v + (b + k dt) dt a), which fixes d, K I / R and B / R.
XmlAttributes spring(double stiffness, double damping, double inverse_inertia, const char* ref,
                     const char* imp) {
    const double over_step = damping + stiffness * k_mjcf_step_s;
    const double share = over_step * k_mjcf_step_s * inverse_inertia;
    const double d = share / (1.0 + share), scale = (1.0 - d) * inverse_inertia;
    return {{ref, numbers_text({-stiffness * scale, -over_step * scale})}, {imp, numbers_text({d, d})}};
}

class MjcfWriter {
  public:
    MjcfWriter(const BodyModel& body, const ExportDef& def)
        : body_(body), def_(def), zero_(forward_kinematics(body, zero_pose(body))) {
        inverse_mass_ = mass_matrix(body, zero_).llt().solve(MassMatrix::Identity());
        looks_ = body_looks(body);
    }

    std::string text() {
        add_head(document_, def_.notes);
        root_ = &add_element(document_, "mujoco", {{"model", def_.name}});
        add_settings();
        add_meshes();
        add_world();
        add_wall_pairs();
        add_motors();
        add_keyframes();
        return document_text(document_);
    }

  private:
    using Element = tinyxml2::XMLElement;

    void add_settings() {
        add_element(*root_, "compiler",
                    {{"angle", "radian"}, {"inertiafromgeom", "false"}, {"balanceinertia", "false"}});
        add_element(*root_, "option",
                    {{"timestep", number_text(k_mjcf_step_s)},
                     {"gravity", numbers_text({0.0, 0.0, -k_gravity_mps2})},
                     {"cone", "elliptic"},
                     {"impratio", "10"},
                     {"solver", "Newton"},
                     {"tolerance", "1e-10"}});
        add_element(*root_, "statistic", {{"center", "0 0 0.9"}, {"extent", "2"}});
        Element& defaults = add_element(*root_, "default");
        const auto add_class = [&](const char* name) -> Element& {
            return add_element(defaults, "default", {{"class", name}});
        };
        add_element(add_class("look"), "geom",
                    {{"contype", "0"}, {"conaffinity", "0"}, {"mass", "0"}, {"group", k_look_group}});
        // MuJoCo takes the larger friction of a pair; the floor has none, so what stands on it decides.
        const XmlAttributes contact = {{"type", "sphere"}, {"contype", "1"}, {"conaffinity", "2"},
                                       {"condim", "3"},    {"mass", "0"},    {"group", k_contact_group}};
        const auto add_contact_class = [&](const char* name, double friction, const char* rgba) {
            Element& geom = add_element(add_class(name), "geom", contact);
            set_attributes(geom, {{"friction", numbers_text({friction, 0.005, 0.0001})}, {"rgba", rgba}});
        };
        add_contact_class("sole", k_foot_floor_friction, "0.2 0.2 0.8 0.5");
        add_contact_class("flesh", k_flesh_floor_friction, "0.8 0.2 0.2 0.5");
    }

    void add_meshes() {
        Element& assets = add_element(*root_, "asset");
        for (const Look& look : looks_) {
            const HullLook* const hull = std::get_if<HullLook>(&look.shape);
            if (!hull) continue;
            std::vector<double> numbers;
            for (const Vector3& p : hull->points_m) numbers.insert(numbers.end(), {p.x(), p.y(), p.z()});
            add_element(assets, "mesh", {{"name", look.name}, {"vertex", numbers_text(numbers)}});
        }
    }

    void add_world() {
        Element& world = add_element(*root_, "worldbody");
        add_element(world, "light", {{"pos", "1 -2 4"}, {"dir", "-0.2 0.4 -1"}, {"directional", "true"}});
        add_element(world, "camera", {{"name", "side"}, {"pos", "0 -3.5 0.9"}, {"xyaxes", "1 0 0 0 0 1"}});
        add_comment(world, "X forward, Y left, Z up; origin between the heels' back edges in the stance");
        const XmlAttributes plane = {
            {"type", "plane"}, {"contype", "2"}, {"conaffinity", "1"}, {"solmix", "0"}};
        Element& floor = add_element(world, "geom", plane);
        set_attributes(floor, {{"name", "floor"},
                               {"size", "2 2 0.1"},
                               {"friction", "0 0.005 0.0001"},
                               {"rgba", "0.75 0.75 0.72 1"}});
        if (def_.wall_distance_m) {
            Element& wall = add_element(world, "geom", plane);
            set_attributes(wall, {{"name", "wall"},
                                  {"pos", numbers_text({-*def_.wall_distance_m, 0.0, 1.1})},
                                  {"zaxis", "1 0 0"},
                                  {"size", "1.1 1 0.1"},
                                  {"rgba", "0.6 0.65 0.75 1"}});
        }
        add_body(world, k_pelvis_link);
    }

    /// The links from `first` on that have no mass, each with one child at its own origin, and the one with mass that ends
    /// the chain.
    [[nodiscard]] std::vector<int> chain_from(int first) const {
        std::vector<int> chain = {first};
        while (body_.links[static_cast<size_t>(chain.back())].segment.mass_kg <= 0.0) {
            const auto is_child = [&](const Link& l) { return l.parent == chain.back(); };
            const auto child = std::ranges::find_if(body_.links, is_child);
            PLUMB_CHECK(child != body_.links.end() && child->offset_m.isZero(0.0) && child->rest_rad == 0.0
                            && std::ranges::count_if(body_.links, is_child) == 1,
                        "a link without mass must carry one link at its own origin");
            chain.push_back(static_cast<int>(child - body_.links.begin()));
        }
        return chain;
    }

    void add_body(Element& parent, int first) {
        const Link& joint = body_.links[static_cast<size_t>(first)];
        const std::vector<int> chain = chain_from(first);
        const int link = chain.back();
        const bool is_base = first == k_pelvis_link;
        const Vector3 place_m = is_base ? zero_.hip_midpoint() : joint.offset_m;
        Element& element =
            add_element(parent, "body", {{"name", link_name(link)}, {"pos", vector_text(place_m)}});
        if (joint.rest_rad != 0.0) {
            const double half = 0.5 * joint.axis_sign * joint.rest_rad;
            std::vector<double> quaternion = {std::cos(half), 0.0, 0.0, 0.0};
            quaternion[static_cast<size_t>(joint.axis) + 1] = std::sin(half);
            element.SetAttribute("quat", numbers_text(quaternion).c_str());
        }
        if (is_base) add_element(element, "freejoint", {{"name", "pelvis"}});
        for (const int l : chain)
            if (l != k_pelvis_link) add_joint(element, l);
        add_inertial(element, body_.links[static_cast<size_t>(link)].segment);
        add_geoms(element, link);
        for (int child = 1; child < body_.link_count(); ++child)
            if (body_.links[static_cast<size_t>(child)].parent == link) add_body(element, child);
    }

    void add_joint(Element& parent, int link) {
        const Link& joint = body_.links[static_cast<size_t>(link)];
        const auto dof = static_cast<size_t>(link - 1);
        const JointRange& range = body_.person.ranges[dof];
        joint_order_.push_back(static_cast<int>(dof));
        Element& element = add_element(
            parent, "joint",
            {{"name", std::string(k_dof_names[dof])},
             {"axis", vector_text(joint.axis_sign * Matrix3::Identity().col(joint.axis))},
             {"limited", "true"},
             {"range", numbers_text({range.min_rad - k_stop_slack_rad, range.max_rad + k_stop_slack_rad})}});
        for (const auto& [key, value] :
             spring(k_stop_stiffness_Nmprad, k_stop_damping_Nmsprad, inverse_mass_(5 + link, 5 + link),
                    "solreflimit", "solimplimit"))
            element.SetAttribute(key, value.c_str());
    }

    static void add_inertial(Element& parent, const Segment& segment) {
        const Matrix3& i = segment.inertia_kgm2;
        add_element(parent, "inertial",
                    {{"pos", vector_text(segment.com_m)},
                     {"mass", number_text(segment.mass_kg)},
                     {"fullinertia", numbers_text({i(0, 0), i(1, 1), i(2, 2), i(0, 1), i(0, 2), i(1, 2)})}});
    }

    /// Mean inverse mass of a link's centre against a push in any direction, as MuJoCo takes it for contacts.
    [[nodiscard]] double inverse_mass_of(int link) const {
        const Vector3 com = zero_.point(link, body_.links[static_cast<size_t>(link)].segment.com_m);
        const PointJacobian j = point_jacobian(body_, zero_, link, com);
        return (j * inverse_mass_ * j.transpose()).trace() / 3.0;
    }

    /// How a contact sphere gives way: flesh as in Bullet, soles hardly.
    [[nodiscard]] XmlAttributes give_of(const Collider& c) const {
        if (c.kind == ColliderKind::sole)
            return {{"solref", numbers_text({2.0 * k_mjcf_step_s, 1.0})},
                    {"solimp", numbers_text({k_sole_impedance, k_sole_impedance})}};
        return spring(k_flesh_stiffness_Npm, k_flesh_damping_Nspm, inverse_mass_of(c.link), "solref",
                      "solimp");
    }

    [[nodiscard]] std::string contact_name(size_t i) const {
        return link_name(body_.colliders[i].link) + "_contact_" + std::to_string(i);
    }

    void add_geoms(Element& parent, int link) {
        for (size_t i = 0; i < body_.colliders.size(); ++i) {
            const Collider& c = body_.colliders[i];
            if (c.link != link) continue;
            const bool sole = c.kind == ColliderKind::sole;
            Element& geom = add_element(parent, "geom",
                                        {{"class", sole ? "sole" : "flesh"},
                                         {"name", contact_name(i)},
                                         {"pos", vector_text(c.centre_m)},
                                         {"size", number_text(c.radius_m)}});
            set_attributes(geom, give_of(c));
        }
        for (const Look& look : looks_)
            if (look.link == link) add_look(parent, look);
    }

    static void add_look(Element& parent, const Look& look) {
        Element& geom = add_element(parent, "geom", {{"class", "look"}, {"name", look.name}});
        if (const auto* capsule = std::get_if<CapsuleLook>(&look.shape)) {
            set_attributes(geom, {{"type", "capsule"},
                                  {"fromto", vector_text(capsule->from_m) + " " + vector_text(capsule->to_m)},
                                  {"size", number_text(capsule->radius_m)}});
        } else if (const auto* ellipsoid = std::get_if<EllipsoidLook>(&look.shape)) {
            set_attributes(geom, {{"type", "ellipsoid"},
                                  {"pos", vector_text(ellipsoid->centre_m)},
                                  {"size", vector_text(ellipsoid->semi_axes_m)}});
        } else {
            set_attributes(geom, {{"type", "mesh"}, {"mesh", look.name}});
        }
        geom.SetAttribute("rgba", look.stuff == LookStuff::skin   ? "0.85 0.68 0.56 1"
                                  : look.stuff == LookStuff::shoe ? "0.45 0.35 0.25 1"
                                                                  : "0.25 0.25 0.28 1");
    }

    /// The wall's friction is less than the flesh has on the floor: the larger of two cannot say that, a pair can.
    void add_wall_pairs() {
        if (!def_.wall_distance_m) return;
        Element& contact = add_element(*root_, "contact");
        const double of_floor = k_flesh_wall_friction / k_flesh_floor_friction;
        for (size_t i = 0; i < body_.colliders.size(); ++i) {
            const Collider& c = body_.colliders[i];
            const bool sole = c.kind == ColliderKind::sole;
            const double friction = of_floor * (sole ? k_foot_floor_friction : k_flesh_floor_friction);
            Element& pair = add_element(contact, "pair", {{"geom1", "wall"}, {"geom2", contact_name(i)}});
            set_attributes(pair, {{"condim", "3"},
                                  {"friction", numbers_text({friction, friction, 0.005, 0.0001, 0.0001})}});
            set_attributes(pair, give_of(c));
        }
    }

    void add_motors() {
        Element& actuators = add_element(*root_, "actuator");
        for (size_t dof = 0; dof < static_cast<size_t>(body_.dof_count); ++dof) {
            const JointStrength& s = body_.person.strengths[dof];
            const std::string name(k_dof_names[dof]);
            add_element(actuators, "motor",
                        {{"name", name},
                         {"joint", name},
                         {"ctrllimited", "true"},
                         {"ctrlrange", numbers_text({-s.negative_Nm, s.positive_Nm})}});
        }
        Element& sensors = add_element(*root_, "sensor");
        add_element(sensors, "subtreecom", {{"name", "com"}, {"body", "pelvis"}});
        add_element(sensors, "subtreelinvel", {{"name", "com_velocity"}, {"body", "pelvis"}});
    }

    void add_keyframes() {
        if (def_.postures.empty()) return;
        Element& keyframes = add_element(*root_, "keyframe");
        for (const auto& [name, pose] : def_.postures) {
            const Eigen::Quaterniond q(pose.pelvis_rotation);
            std::vector<double> numbers = {
                pose.pelvis_m.x(), pose.pelvis_m.y(), pose.pelvis_m.z(), q.w(), q.x(), q.y(), q.z()};
            for (const int dof : joint_order_) numbers.push_back(pose.joints[dof]);
            add_element(keyframes, "key", {{"name", name}, {"qpos", numbers_text(numbers)}});
        }
    }

    const BodyModel& body_;
    const ExportDef& def_;
    Kinematics zero_;
    MassMatrix inverse_mass_;  ///< at the reference pose
    std::vector<Look> looks_;
    std::vector<int> joint_order_;  ///< coordinates in the order of MuJoCo's qpos
    tinyxml2::XMLDocument document_;
    Element* root_ = nullptr;
};

}  // namespace

std::string body_to_mjcf(const BodyModel& body, const ExportDef& def) { return MjcfWriter(body, def).text(); }

}  // namespace plumb
