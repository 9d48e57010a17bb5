// The person's skin: a signed distance field posed with the bones and meshed afresh for each posture.
#pragma once

#include <memory>

#include "render/scene/mesh.h"
#include "render/scene/muscles.h"
#include "sim/body/state.h"

namespace plumb {

/// Field sizes [m] of the mesh: 20 mm for software drawing, 14 mm for the window, 7 mm for stills.
inline constexpr double k_skin_coarse_m = 0.020, k_skin_m = 0.014, k_skin_fine_m = 0.007;

/// The skin of one body. Built once per body; `mesh` is const and may be called from several threads.
class Skin {
  public:
    /// Bones, girths and shape from the person's lengths, mass and sex; shoes stand on the heel wedge.
    explicit Skin(const BodyModel& body);
    ~Skin();
    Skin(Skin&&) noexcept;
    Skin& operator=(Skin&&) noexcept;

    /// The clothed skin in this pose, cells of `cell_m` (0.004-0.04 m). World coordinates; closed, normals outward.
    [[nodiscard]] Mesh mesh(const Pose& pose, double cell_m) const;

    /// The same in pale greys with the muscles in these colours, and places on the skin over each.
    struct Muscles {
        Mesh mesh;
        std::vector<MuscleSpot> spots;
    };
    [[nodiscard]] Muscles muscles(const Pose& pose, double cell_m, const PerMuscle<Rgba>& colours) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumb
