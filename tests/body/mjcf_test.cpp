// The text of the MuJoCo model without MuJoCo: what is in it, and that it is the same wherever it is written.
#include <iterator>
#include <sstream>

#include <tinyxml2.h>

#include "sim/body/mjcf.h"
#include "tests/base/comma_locale.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;

namespace {

using tinyxml2::XMLElement;

/// Elements of this name at and below another, with an attribute of this value if one is asked.
int count(const XMLElement* at, const std::string& name, const char* key = nullptr,
          const char* value = nullptr) {
    int sum = 0;
    for (const XMLElement* e = at; e != nullptr; e = e->NextSiblingElement()) {
        if (name == e->Name() && (key == nullptr || e->Attribute(key, value) != nullptr)) ++sum;
        sum += count(e->FirstChildElement(), name, key, value);
    }
    return sum;
}

const XMLElement* parse(tinyxml2::XMLDocument& document, const std::string& text) {
    INFO(text.substr(0, 400));
    REQUIRE(document.Parse(text.c_str()) == tinyxml2::XML_SUCCESS);
    return document.RootElement();
}

}  // namespace

TEST_CASE("The MuJoCo model has every joint, motor, contact sphere and posture", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(41, 5)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        ExportDef def{.name = "x", .notes = {}, .wall_distance_m = {}, .postures = {}};
        tinyxml2::XMLDocument document;
        const XMLElement* root = parse(document, body_to_mjcf(body, def));
        CHECK(count(root, "freejoint") == 1);
        const int joints = scenario.movement.heels == Heels::may_lift ? 27 : 25;
        CHECK(count(root, "joint") == joints);
        CHECK(count(root, "motor") == joints);
        for (size_t dof = 0; dof < k_dof_names.size(); ++dof)
            CHECK(count(root, "joint", "name", std::string(k_dof_names[dof]).c_str())
                  == (static_cast<int>(dof) < joints ? 1 : 0));
        CHECK(count(root, "geom", "class", "sole") == k_side_count * k_sole_point_count);
        CHECK(count(root, "geom", "class", "sole") + count(root, "geom", "class", "flesh")
              == static_cast<int>(body.colliders.size()));
        CHECK(count(root, "geom", "name", "wall") == 0);
        CHECK(count(root, "pair") == 0);
        CHECK(count(root, "key") == 0);
        CHECK(count(root, "geom", "name", "left_forearm_weight") == (body.counterweight_kg > 0.0 ? 1 : 0));

        def.wall_distance_m = 0.4;
        def.postures = {{"standing", zero_pose(body)}, {"other", zero_pose(body)}};
        root = parse(document, body_to_mjcf(body, def));
        CHECK(count(root, "geom", "name", "wall") == 1);
        CHECK(count(root, "pair") == static_cast<int>(body.colliders.size()));
        REQUIRE(count(root, "key") == 2);
        std::istringstream numbers(
            root->FirstChildElement("keyframe")->FirstChildElement("key")->Attribute("qpos"));
        CHECK(std::distance(std::istream_iterator<double>(numbers), {}) == 7 + joints);
    }
}

TEST_CASE("A heel wedge and a weight are drawn where there are any", "[body]") {
    for (const double wedge_m : {0.0, 1e-6, 0.0005, 0.03}) {
        ScenarioDef scenario;
        scenario.heel_wedge.height_m = wedge_m;
        tinyxml2::XMLDocument document;
        const XMLElement* const root =
            parse(document, body_to_mjcf(model_of(scenario),
                                         {.name = "x", .notes = {}, .wall_distance_m = {}, .postures = {}}));
        CHECK(count(root, "geom", "name", "left_foot_wedge") == (wedge_m > 0.001 ? 1 : 0));
        CHECK(count(root, "geom", "name", "right_forearm_weight") == 0);
        CHECK(count(root, "geom", "name", "bar_look") == 0);
    }
    ScenarioDef scenario;
    scenario.counterweight = {.mass_kg = 20.0, .hold = Hold::back_low};
    tinyxml2::XMLDocument document;
    const XMLElement* const root =
        parse(document, body_to_mjcf(model_of(scenario),
                                     {.name = "x", .notes = {}, .wall_distance_m = {}, .postures = {}}));
    CHECK(count(root, "geom", "name", "right_forearm_weight") == 0);
    CHECK(count(root, "geom", "name", "bar_look") == 1);
    CHECK(count(root, "geom", "name", "left_plate_look") == 1);
}

TEST_CASE("Names and notes with markup in them stay legal XML, numbers ignore the locale", "[body]") {
    const BodyModel body = model_of(ScenarioDef{});
    const ExportDef def{.name = "a <b> & \"c\" --> '",
                        .notes = {"one --- two -- three-", "--"},
                        .wall_distance_m = 0.25,
                        .postures = {{"standing", zero_pose(body)}}};
    const std::string text = body_to_mjcf(body, def);
    tinyxml2::XMLDocument document;
    CHECK(parse(document, text)->Attribute("model") == def.name);
    for (size_t at = text.find("<!--"); at != std::string::npos; at = text.find("<!--", at + 1)) {
        const size_t end = text.find("--", at + 4);
        CHECK(text.substr(end, 3) == "-->");
    }
    const CommaLocale comma;
    CHECK(body_to_mjcf(body, def) == text);
}
