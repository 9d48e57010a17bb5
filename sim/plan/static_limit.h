// How deep statically feasible postures go along one continuous path from standing, and what binds there.
#pragma once

#include <string>
#include <vector>

#include "sim/plan/solver.h"

namespace plumb {

/// A binding constraint's word and how much deeper (hip drop) relaxing it alone by one SD would let the way go.
struct BindingShare {
    std::string word;
    double depth_gain = 0.0;
};

/// The deepest drop that a continuous way of feasible postures from standing reaches (docs/model.md, 5).
struct StaticLimit {
    double hip_drop_fraction = 0.0;
    /// The constraint whose relaxation by one SD helps most; the arms' strength first where they cannot hold a weight at
    /// full reach, for then more weight helps no more.
    std::string limiting_factor;
    std::string limiting_side;          ///< left | right where that side has less of it; else empty
    std::vector<BindingShare> binding;  ///< all that help, in that order
    Posture posture;                    ///< the deepest feasible posture
    bool feasible_standing = true;      ///< false when not even standing meets the demand
};

/// Whether the next posture, one step deeper, may belong to the same way down; a jump to another kind of posture does not.
[[nodiscard]] bool is_same_path(const Posture& from, const Posture& to);

/// Postures of a known way down, by rising depth: starts for searches that would be stuck without them. May be empty.
using Guide = std::vector<Posture>;
/// The guide's first posture at or below this depth; null past its end.
[[nodiscard]] const Posture* guide_at(const Guide& guide, const PlanModel& model, double drop);

/// Deepest continuous feasible drop under `demand` (which base, margin, wall, strength). Tolerance about 1e-4.
[[nodiscard]] StaticLimit find_static_limit(const PlanModel& model, const PostureDemand& demand,
                                            const Guide& guide = {});

}  // namespace plumb
