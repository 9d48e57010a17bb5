// One moment of a recording as a list of things to draw. No OpenGL, no window: tests and reports read the same list.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/scene/camera.h"
#include "render/scene/mesh.h"
#include "render/scene/muscles.h"
#include "render/scene/objects.h"
#include "render/scene/skin.h"
#include "render/scene/theme.h"
#include "sim/recording/recording.h"

namespace plumb {

/// A filled outline on the floor; lies under the solid things.
struct FloorPatch {
    std::vector<Eigen::Vector2d> corners_m;  ///< counter-clockwise
    Rgba fill, edge;
    float edge_px = 1.5f;
    LineStyle style = LineStyle::solid;
};

/// A line in space, drawn over the solid things.
struct SceneLine {
    std::vector<Eigen::Vector3d> points_m;
    Rgba colour;
    float width_px = 2.0f;
    LineStyle style = LineStyle::solid;
    bool arrow = false;  ///< a head at the last point
};

enum class MarkKind { com_ball, ring, cross, diamond, dot };
struct SceneMark {
    MarkKind kind = MarkKind::dot;
    Eigen::Vector3d place_m = Eigen::Vector3d::Zero();
    float radius_px = 6.0f;
    Rgba colour;
};

/// Words at a place, on a plate, with a thin leader.
struct Callout {
    Eigen::Vector3d place_m = Eigen::Vector3d::Zero();
    std::string text;
    Rgba colour;
    double right_px = 60.0, up_px = 40.0;  ///< where the plate lies from the place
};

struct Scene {
    std::vector<Mesh> solids;
    std::vector<Mesh> ghosts;  ///< another run at the same moment: drawn half clear
    std::vector<FloorPatch> patches;
    std::vector<SceneLine> lines;
    std::vector<SceneMark> marks;
    std::vector<Callout> callouts;
    std::optional<MuscleLegend> muscles;
    Theme theme;  ///< sky, floor and plates
};

/// What of it is wanted.
struct SceneOptions {
    bool skin = true;      ///< else the collision shapes
    bool muscles = false;  ///< the skin in pale greys, the stretched tissues in colour, with a legend
    double cell_m = k_skin_m;
    WeightLook weight = WeightLook::kettlebell;
    bool bases = true, com = true, plumb = true, xcom = true, cop = true, trails = true, forces = true,
         callouts = true;
    bool dark = false;
    bool operator==(const SceneOptions&) const = default;
};

/// Everything drawn from one recording's person: the skin is built once.
class SceneBuilder {
  public:
    explicit SceneBuilder(std::shared_ptr<const Recording> recording);
    /// The moment of frame `index`; trails lead up to it.
    [[nodiscard]] Scene at(size_t index, const SceneOptions& options) const;
    /// The same for a recording in the making of the same body.
    [[nodiscard]] Scene at(const Recording& recording, size_t index, const SceneOptions& options) const;
    /// Only the person, in any pose of this body (a planned posture).
    [[nodiscard]] Mesh person(const Pose& pose, const SceneOptions& options) const;
    [[nodiscard]] const Recording& recording() const { return *recording_; }

  private:
    std::shared_ptr<const Recording> recording_;
    Skin skin_;
};

/// The legend's row of each tag and where on the body it goes, for this eye: on the near side, where the skin faces it.
struct MuscleTag {
    size_t row = 0;
    Eigen::Vector3d place_m = Eigen::Vector3d::Zero();
};
[[nodiscard]] std::vector<MuscleTag> muscle_tags(const MuscleLegend& legend, const Camera& camera);

/// For the view from above: the person becomes half clear, for the body hides the feet and the base.
void show_feet(Scene& scene);

/// The frame at or just before a time [s].
[[nodiscard]] size_t frame_at(const Recording& recording, double time_s);

/// Lines, marks and callouts of the scene as they lie in a picture at `box`; `scale` enlarges widths and text.
void paint_overlay(Painter& painter, const Scene& scene, const Camera& camera, const Box& box, double scale);

}  // namespace plumb
