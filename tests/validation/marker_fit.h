// Inverse kinematics: a body of the recorded person's proportions fitted to recorded markers.
#pragma once

#include <span>
#include <vector>

#include "sim/body/state.h"
#include "tests/validation/uiprmd.h"

namespace plumb::test {

/// A point of a link and where it should be.
struct Target {
    int link;
    Vector3 local_m;
    Vector3 world_m;
    double weight = 1.0;
};

/// The pose that brings the points nearest to their targets (weighted least squares, Gauss-Newton); angles that nothing decides
/// stay near 0.
[[nodiscard]] Pose fit_pose(const BodyModel& body, const std::vector<Target>& targets, const Pose& start,
                            int steps);

/// Stature, thigh, shank, arm and foot of a subject from all of its recordings; the trunk is what stature leaves. Mass and
/// sex are not known: 22.5 kg/m2, a man.
struct MeasuredSubject {
    ScenarioDef scenario;  ///< with the recorded stance and the arms overhead
    double floor_m = 0.0;  ///< the soles' height: shoes
};
[[nodiscard]] MeasuredSubject measure_subject(std::span<const MarkerRecording> recordings, int subject);

/// A body with the markers of one recording on it.
class MarkedBody {
  public:
    /// Poses the body as the recorded person stands in the first frame and sticks the markers on where they are then.
    MarkedBody(const BodyModel& body, const MeasuredSubject& subject, const MarkerFrame& standing);

    [[nodiscard]] const Pose& standing() const { return standing_; }
    [[nodiscard]] Pose fit(const MarkerFrame& frame, const Pose& start) const;
    /// Root mean square distance of the markers in a pose [m].
    [[nodiscard]] double miss_m(const MarkerFrame& frame, const Pose& pose) const;

  private:
    struct Stuck {
        Marker marker;
        int link;
        Vector3 local_m;
    };
    [[nodiscard]] std::vector<Target> targets(const MarkerFrame& frame) const;

    const BodyModel& body_;
    double floor_m_;
    Pose standing_;
    std::vector<Stuck> stuck_;
    std::vector<Target> planted_;  ///< the balls of the feet where they stand
};

}  // namespace plumb::test
