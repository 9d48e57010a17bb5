// One link element and one joint element for each of our links, in our order.
#include "sim/body/urdf.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sim/body/contact.h"
#include "sim/body/looks.h"
#include "sim/body/xml.h"

namespace plumb {
namespace {

using Element = tinyxml2::XMLElement;

/// Inertia of the links without mass, about a square millimetre of their mass.
constexpr double k_least_inertia_kgm2 = 1e-6 * k_urdf_least_mass_kg;

void add_inertial(Element& link, const Segment& segment) {
    const bool massless = segment.mass_kg <= 0.0;
    const Matrix3 i = massless ? Matrix3(k_least_inertia_kgm2 * Matrix3::Identity()) : segment.inertia_kgm2;
    Element& inertial = add_element(link, "inertial");
    add_element(inertial, "origin", {{"xyz", vector_text(segment.com_m)}, {"rpy", "0 0 0"}});
    add_element(inertial, "mass",
                {{"value", number_text(massless ? k_urdf_least_mass_kg : segment.mass_kg)}});
    add_element(inertial, "inertia",
                {{"ixx", number_text(i(0, 0))},
                 {"ixy", number_text(i(0, 1))},
                 {"ixz", number_text(i(0, 2))},
                 {"iyy", number_text(i(1, 1))},
                 {"iyz", number_text(i(1, 2))},
                 {"izz", number_text(i(2, 2))}});
}

void add_sphere(Element& parent, double radius_m) {
    add_element(add_element(parent, "geometry"), "sphere", {{"radius", number_text(radius_m)}});
}

void add_box(Element& parent, const Vector3& size_m) {
    add_element(add_element(parent, "geometry"), "box", {{"size", vector_text(size_m)}});
}

/// Roll, pitch and yaw that lay a cylinder's own Z along `direction`.
std::string along(const Vector3& direction) {
    const double level = direction.head<2>().norm();
    return numbers_text({0.0, std::atan2(level, direction.z()),
                         level > 0.0 ? std::atan2(direction.y(), direction.x()) : 0.0});
}

void add_look(Element& link, const Look& look) {
    Element& visual = add_element(link, "visual", {{"name", look.name}});
    const auto put_at = [&](const Vector3& place_m, const std::string& rpy) {
        add_element(visual, "origin", {{"xyz", vector_text(place_m)}, {"rpy", rpy}});
    };
    if (const auto* capsule = std::get_if<CapsuleLook>(&look.shape)) {
        const Vector3 axis = capsule->to_m - capsule->from_m;
        put_at(0.5 * (capsule->from_m + capsule->to_m), along(axis));
        add_element(add_element(visual, "geometry"), "cylinder",
                    {{"radius", number_text(capsule->radius_m)}, {"length", number_text(axis.norm())}});
    } else if (const auto* ellipsoid = std::get_if<EllipsoidLook>(&look.shape)) {
        put_at(ellipsoid->centre_m, "0 0 0");
        if (ellipsoid->semi_axes_m.maxCoeff() == ellipsoid->semi_axes_m.minCoeff())
            add_sphere(visual, ellipsoid->semi_axes_m.x());
        else
            add_box(visual, 2.0 * ellipsoid->semi_axes_m);
    } else {
        Vector3 low = Vector3::Constant(1e9), high = -low;
        for (const Vector3& p : std::get<HullLook>(look.shape).points_m) {
            low = low.cwiseMin(p);
            high = high.cwiseMax(p);
        }
        put_at(0.5 * (low + high), "0 0 0");
        add_box(visual, high - low);
    }
}

void add_link(Element& robot, const BodyModel& body, int link, const std::vector<Look>& looks) {
    Element& element = add_element(robot, "link", {{"name", link_name(link)}});
    add_inertial(element, body.links[static_cast<size_t>(link)].segment);
    for (const Look& look : looks)
        if (look.link == link) add_look(element, look);
    for (const Collider& c : body.colliders) {
        if (c.link != link) continue;
        Element& collision = add_element(element, "collision");
        add_element(collision, "origin", {{"xyz", vector_text(c.centre_m)}, {"rpy", "0 0 0"}});
        add_sphere(collision, c.radius_m);
    }
}

void add_joint(Element& robot, const BodyModel& body, int link) {
    const Link& own = body.links[static_cast<size_t>(link)];
    const auto dof = static_cast<size_t>(link - 1);
    Vector3 rpy = Vector3::Zero();
    rpy[own.axis] = own.axis_sign * own.rest_rad;
    Element& joint =
        add_element(robot, "joint", {{"name", std::string(k_dof_names[dof])}, {"type", "revolute"}});
    add_element(joint, "parent", {{"link", link_name(own.parent)}});
    add_element(joint, "child", {{"link", link_name(link)}});
    add_element(joint, "origin", {{"xyz", vector_text(own.offset_m)}, {"rpy", vector_text(rpy)}});
    add_element(joint, "axis",
                {{"xyz", vector_text(Vector3(own.axis_sign * Matrix3::Identity().col(own.axis)))}});
    const JointRange& range = body.person.ranges[dof];
    const JointStrength& strength = body.person.strengths[dof];
    add_element(joint, "limit",
                {{"lower", number_text(range.min_rad - k_stop_slack_rad)},
                 {"upper", number_text(range.max_rad + k_stop_slack_rad)},
                 {"effort", number_text(std::max(strength.positive_Nm, strength.negative_Nm))},
                 {"velocity", number_text(k_fastest_radps)}});
}

}  // namespace

std::string body_to_urdf(const BodyModel& body, const ExportDef& def) {
    tinyxml2::XMLDocument document;
    add_head(document, def.notes);
    Element& robot = add_element(document, "robot", {{"name", def.name}});
    const std::vector<Look> looks = body_looks(body);
    for (int link = 0; link < body.link_count(); ++link) add_link(robot, body, link, looks);
    for (int link = 1; link < body.link_count(); ++link) add_joint(robot, body, link);
    return document_text(document);
}

}  // namespace plumb
