// The colour scale and the legend's words.
#include "render/scene/muscles.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/balance/explain.h"

namespace plumb {
namespace {

/// Pale sand to near black by way of orange and purple, even in lightness: a step of stretch is a step of grey.
constexpr std::array<Rgba, 5> k_scale = {{{0.97f, 0.74f, 0.40f},
                                          {0.95f, 0.55f, 0.25f},
                                          {0.84f, 0.36f, 0.27f},
                                          {0.57f, 0.17f, 0.37f},
                                          {0.24f, 0.05f, 0.31f}}};

struct Word {
    double below;
    std::string_view word;
};
constexpr std::array<Word, 3> k_words = {{{0.5, "slack"}, {0.8, "stretched"}, {0.97, "taut"}}};

/// Half a step of the legend's numbers.
constexpr double k_same_stretch = 0.005, k_same_moment_Nm = 0.5;

}  // namespace

PerMuscle<MuscleLoad> muscle_loads(const Person& person, const Pose& pose) {
    const std::array<TissueState, k_side_count> sides = tissue_sides(person, pose.joints);
    PerMuscle<MuscleLoad> loads;
    for (size_t tissue = 0; tissue < k_tissue_count; ++tissue)
        for (size_t side = 0; side < k_side_count; ++side)
            loads[tissue][side] = {sides[side].stretch[tissue], sides[side].moment_Nm[tissue]};
    return loads;
}

Rgba stretch_colour(double share) {
    const double at = std::clamp(share, 0.0, 1.0) * (k_scale.size() - 1);
    const size_t below = std::min(static_cast<size_t>(at), k_scale.size() - 2);
    const auto way = static_cast<float>(at - static_cast<double>(below));
    const Rgba &a = k_scale[below], &b = k_scale[below + 1];
    return {std::lerp(a.r, b.r, way), std::lerp(a.g, b.g, way), std::lerp(a.b, b.b, way)};
}

std::string_view stretch_word(double share) {
    for (const Word& w : k_words)
        if (share < w.below) return w.word;
    return "at its end";
}

std::string tissue_title(Tissue tissue) {
    std::string title(k_tissue_names[static_cast<size_t>(tissue)]);
    std::ranges::replace(title, '_', ' ');
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

MuscleLegend muscle_legend(const PerMuscle<MuscleLoad>& loads, std::vector<MuscleSpot> spots,
                           bool sides_alike) {
    MuscleLegend legend;
    legend.spots = std::move(spots);
    const auto add = [&](Tissue tissue, const MuscleLoad& load, const char* more, int side) {
        legend.rows.push_back({tissue_title(tissue) + more, percent_text(load.stretch),
                               std::string(stretch_word(load.stretch)),
                               fixed_text(load.moment_Nm, 0) + " N m", load.stretch, tissue, side});
    };
    for (int t = 0; t < k_tissue_count; ++t) {
        const auto tissue = static_cast<Tissue>(t);
        const auto& sides = loads[static_cast<size_t>(t)];
        const MuscleLoad &left = sides[side_left], &right = sides[side_right];
        // Sides that differ in the last digits of a run only would be two rows that read the same.
        if ((sides_alike || tissue == tissue_lower_back)
            && std::abs(left.stretch - right.stretch) <= k_same_stretch
            && std::abs(left.moment_Nm - right.moment_Nm) <= k_same_moment_Nm) {
            add(tissue,
                {std::midpoint(left.stretch, right.stretch), std::midpoint(left.moment_Nm, right.moment_Nm)},
                "", -1);
            continue;
        }
        add(tissue, left, ", left", side_left);
        add(tissue, right, ", right", side_right);
    }
    return legend;
}

std::string legend_words(const MuscleLegend& legend) {
    std::string text;
    for (const MuscleLegend::Row& r : legend.rows)
        text += (text.empty() ? "" : "; ") + r.name + " " + r.share + ", " + r.word + ", " + r.moment;
    return text;
}

}  // namespace plumb
