// A smooth curve through postures.
#pragma once

#include <vector>

#include "sim/plan/choose_path.h"

namespace plumb {

/// Smooth path of postures from the first knot (0) to the last (1), knots evenly spaced.
class PosturePath {
  public:
    PosturePath() = default;
    explicit PosturePath(const std::vector<PlanKnot>& knots);

    /// Posture at path position in [0, 1].
    [[nodiscard]] Posture at(double position) const;

  private:
    using Values = Posture::Members;
    std::vector<Values> values_, curvatures_;  ///< natural cubic splines
};

}  // namespace plumb
