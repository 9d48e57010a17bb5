// Whether a plan suffices, asked anew of its scenario.
#pragma once

#include "sim/scenario/scenario_fields.h"
#include "sim/study/help_search.h"

namespace plumb::test {

inline bool is_enough(const ScenarioDef& def, double margin_m) {
    return !find_scenario_problem(def) && facts_of(*motion_of(def), margin_m).is_enough();
}

}  // namespace plumb::test
