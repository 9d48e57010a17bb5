// How deep statically feasible postures go along one continuous path from standing, and what binds there.
#pragma once

#include <string>
#include <vector>

#include "sim/plan/solver.h"

namespace plumb {

/// A binding constraint's word and its share: the gain in worst slack per SD of relaxing it alone.
struct BindingShare {
    std::string word;
    double share = 0.0;
};

/// definitions.md: static_limit.
struct StaticLimit {
    double hip_drop_fraction = 0.0;
    std::string limiting_factor;        ///< the constraint whose relaxation by one SD helps most
    std::vector<BindingShare> binding;  ///< all that help, largest first
    Posture posture;                    ///< the deepest feasible posture
    bool feasible_standing = true;      ///< false when not even standing meets the demand
};

/// Whether the next posture, one step deeper, may belong to the same way down; a jump to another kind of posture does not.
[[nodiscard]] bool is_same_path(const Posture& from, const Posture& to);

/// Deepest continuous feasible drop under `demand` (which base, margin, wall, strength). Tolerance about 1e-4. `guide`:
/// postures of a known way down, by rising depth, tried as starts where the search is stuck; may be empty.
[[nodiscard]] StaticLimit find_static_limit(const PlanModel& model, const PostureDemand& demand,
                                            const std::vector<Posture>& guide = {});

}  // namespace plumb
