// Ends of the measured polygons.
#include "sim/person/functional_base.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumb {
namespace {

struct AgePoint {
    double age_years, heel_less, toe_less;
};
/// What age takes off, from the three polygons in shoes (tests/person/functional_base_test.cpp reads them).
constexpr std::array<AgePoint, 3> k_by_age = {{{35.0, 0.0, 0.0}, {50.0, 0.017, 0.032}, {70.0, 0.109, 0.046}}};

}  // namespace

FunctionalBase functional_base(const PersonDef& def) {
    FunctionalBase base =
        def.footwear == Footwear::bare ? FunctionalBase{0.10, 0.80} : FunctionalBase{0.10, 0.76};
    const double age = std::clamp(def.age_years, k_by_age.front().age_years, k_by_age.back().age_years);
    for (std::size_t i = 1; i < k_by_age.size(); ++i) {
        const AgePoint &a = k_by_age[i - 1], &b = k_by_age[i];
        if (age > b.age_years) continue;
        const double share = (age - a.age_years) / (b.age_years - a.age_years);
        base.heel_fraction += std::lerp(a.heel_less, b.heel_less, share);
        base.toe_fraction -= std::lerp(a.toe_less, b.toe_less, share);
        break;
    }
    return base;
}

}  // namespace plumb
