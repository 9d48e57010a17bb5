// The usable part of the foot against the measured polygons.
#include "sim/person/functional_base.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "sim/base/text.h"
#include "tests/catch.h"
#include "tests/validation/uiprmd.h"

using namespace plumb;
using Catch::Approx;
using plumb::test::recordings_folder;

namespace {

/// Ends along the foot, from the ankle in foot lengths, toes positive.
std::pair<double, double> ends(const std::string& name, double toes) {
    std::ifstream in(recordings_folder() / "functional_base_of_support" / name);
    REQUIRE(in);
    double rear = 1e9, front = -1e9;
    for (std::string line; std::getline(in, line);) {
        const auto y = parse_number(line.substr(line.find(',') + 1));
        if (!y) continue;
        rear = std::min(rear, toes * *y);
        front = std::max(front, toes * *y);
    }
    return {rear, front};
}

}  // namespace

TEST_CASE("the functional base ends where the measured polygons end", "[person]") {
    if (!std::filesystem::exists(recordings_folder() / "functional_base_of_support"))
        SKIP("no recordings at " + recordings_folder().string());
    constexpr double k_ankle_fraction = 0.20;  // of the foot, from the heel (several sources)
    const auto check = [&](const std::string& name, double toes, const PersonDef& def) {
        const auto [rear, front] = ends(name, toes);
        const FunctionalBase base = functional_base(def);
        INFO(name << " " << rear << " to " << front);
        CHECK(base.heel_fraction == Approx(k_ankle_fraction + rear).margin(0.005));
        CHECK(base.toe_fraction == Approx(k_ankle_fraction + front).margin(0.005));
    };
    check("normBosModelIorBare.csv", 1.0, {.age_years = 25.0});
    check("normBosModel_38YoungAdults_Footwear_2Feet_Ior_Sloot2025.csv", -1.0,
          {.age_years = 25.0, .footwear = Footwear::shod});
    check("normBosModel_14MidageAdults_Footwear_2Feet_Ior_Sloot2025.csv", -1.0,
          {.age_years = 50.0, .footwear = Footwear::shod});
    check("normBosModel_34OlderAdults_Footwear_2Feet_Ior_Sloot2025.csv", -1.0,
          {.age_years = 72.0, .footwear = Footwear::shod});
}

TEST_CASE("the functional base shrinks with age and never grows", "[person]") {
    for (const Footwear footwear : {Footwear::bare, Footwear::shod})
        for (double age = 16.0; age < 100.0; age += 1.0) {
            const FunctionalBase now = functional_base({.age_years = age, .footwear = footwear}),
                                 later = functional_base({.age_years = age + 1.0, .footwear = footwear});
            CHECK(later.heel_fraction >= now.heel_fraction);
            CHECK(later.toe_fraction <= now.toe_fraction);
            CHECK(later.toe_fraction > later.heel_fraction + 0.3);
        }
}
