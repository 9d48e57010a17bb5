// A vertex takes the colour of the muscle it lies deepest in.
#include "render/scene/muscle_paint.h"

#include <algorithm>

namespace plumb::figure {
namespace {

constexpr float k_edge_m = 0.012f;        ///< over which a muscle's colour fades
constexpr float k_spot_score = 0.95f;     ///< well inside
constexpr size_t k_spots_of_muscle = 48;  ///< are enough to find one that faces the eye

/// Clothes and skin stay apart, but only muscles have a colour.
float pale(const std::array<float, 3>& colour) {
    return 0.84f + 0.12f * (0.3f * colour[0] + 0.6f * colour[1] + 0.1f * colour[2]);
}

/// Every n-th, so that no more than enough are left.
void thin_out(std::vector<MuscleSpot>& spots) {
    const size_t every = (spots.size() + k_spots_of_muscle - 1) / k_spots_of_muscle;
    for (size_t i = 0; every > 1 && i * every < spots.size(); ++i) spots[i] = spots[i * every];
    if (every > 1) spots.resize((spots.size() + every - 1) / every);
}

}  // namespace

float muscle_score(const Muscle& muscle, const Frame& frame, int bone, const Vector3f& place) {
    if (!shows_on(muscle.tissue, kind_of(bone))) return 0.0f;
    // The other leg's skin is not this one's.
    if (bone >= k_trunk_bones && bone != on_side(kind_of(bone), muscle.side)) return 0.0f;
    const Vector3f local = frame.axes.transpose() * (place - frame.origin) - muscle.centre;
    const float reach = local.cwiseQuotient(muscle.half_m).norm();
    const float inside = 0.5f + (1.0f - reach) * muscle.half_m.minCoeff() / k_edge_m;
    const float t = std::clamp(inside, 0.0f, 1.0f);
    return t * t * (3.0f - 2.0f * t);
}

std::vector<MuscleSpot> paint_muscles(Mesh& mesh, std::span<const int> bones, const PosedMuscles& posed,
                                      const PerMuscle<Rgba>& colours) {
    PerMuscle<std::vector<MuscleSpot>> spots;
    for (size_t i = 0; i < mesh.vertices.size(); ++i) {
        Vertex& v = mesh.vertices[i];
        const Muscle* deepest = nullptr;
        float score = 0.0f;
        for (const Muscle& muscle : posed.muscles) {
            const float own = muscle_score(muscle, posed.frames[static_cast<size_t>(muscle.bone)], bones[i],
                                           Vector3f(v.place_m.data()));
            if (own > score) {
                score = own;
                deepest = &muscle;
            }
        }
        const float grey = pale(v.colour);
        v.colour = {grey, grey, grey};
        if (deepest == nullptr) continue;
        const auto tissue = static_cast<size_t>(deepest->tissue), side = static_cast<size_t>(deepest->side);
        const Rgba& c = colours[tissue][side];
        v.colour = {std::lerp(grey, c.r, score), std::lerp(grey, c.g, score), std::lerp(grey, c.b, score)};
        if (score >= k_spot_score)
            spots[tissue][side].push_back({deepest->tissue, deepest->side,
                                           Vector3f(v.place_m.data()).cast<double>(),
                                           Vector3f(v.normal.data()).cast<double>()});
    }
    std::vector<MuscleSpot> all;
    for (auto& sides : spots)
        for (auto& own : sides) {
            thin_out(own);
            all.insert(all.end(), own.begin(), own.end());
        }
    return all;
}

}  // namespace plumb::figure
