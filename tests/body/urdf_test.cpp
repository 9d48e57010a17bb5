// The text of the URDF without an engine: one tree of links with positive masses that sum to the body's.
#include <map>
#include <set>

#include <tinyxml2.h>

#include "sim/base/text.h"
#include "sim/body/urdf.h"
#include "tests/base/comma_locale.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("The URDF is one tree of 26 links, or 28 with toes, with the body's mass", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(42, 5)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const std::string text =
            body_to_urdf(body, {.name = "<x>", .notes = {"a -- b"}, .wall_distance_m = 0.3, .postures = {}});
        tinyxml2::XMLDocument document;
        REQUIRE(document.Parse(text.c_str()) == tinyxml2::XML_SUCCESS);
        const tinyxml2::XMLElement& robot = *document.RootElement();
        CHECK(robot.Attribute("name") == std::string("<x>"));
        std::set<std::string> links;
        double sum_kg = 0.0;
        for (auto* e = robot.FirstChildElement("link"); e != nullptr; e = e->NextSiblingElement("link")) {
            links.insert(e->Attribute("name"));
            const double mass_kg =
                e->FirstChildElement("inertial")->FirstChildElement("mass")->DoubleAttribute("value");
            CHECK(mass_kg > 0.0);
            sum_kg += mass_kg;
        }
        CHECK(links.size() == (scenario.movement.heels == Heels::may_lift ? 28u : 26u));
        CHECK(sum_kg == Catch::Approx(body.total_mass_kg).epsilon(1e-8));
        std::map<std::string, std::string> parents;
        for (auto* e = robot.FirstChildElement("joint"); e != nullptr; e = e->NextSiblingElement("joint")) {
            CHECK(e->Attribute("type") == std::string("revolute"));
            parents[e->FirstChildElement("child")->Attribute("link")] =
                e->FirstChildElement("parent")->Attribute("link");
        }
        REQUIRE(parents.size() == links.size() - 1);
        CHECK(parents.count("pelvis") == 0);
        for (const auto& [child, parent] : parents) {
            CHECK(links.count(child) == 1);
            CHECK(links.count(parent) == 1);
        }
        const CommaLocale comma;
        CHECK(body_to_urdf(body, {.name = "<x>", .notes = {"a -- b"}, .wall_distance_m = {}, .postures = {}})
              == text);
    }
}
