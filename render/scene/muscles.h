// The stretched tissues of one moment as the muscle view shows them: how far each is, its colour, its words.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

#include "render/scene/mesh.h"
#include "render/scene/painter.h"
#include "render/scene/theme.h"
#include "sim/body/state.h"
#include "sim/recording/recording.h"

namespace plumb {

/// One value for each tissue on each side; the lower back has the same on both.
template <class T>
using PerMuscle = std::array<std::array<T, k_side_count>, k_tissue_count>;

struct MuscleLoad {
    double stretch = 0.0;    ///< share of the person's range that is used, 1 at its end
    double moment_Nm = 0.0;  ///< passive moment against it
    bool operator==(const MuscleLoad&) const = default;
};
/// Each side's own, of which the frame's channels are the means.
[[nodiscard]] PerMuscle<MuscleLoad> muscle_loads(const Person& person, const Pose& pose);

/// From pale to dark, the more the darker: it reads in grey and with any colour vision. Past 1 as at 1.
[[nodiscard]] Rgba stretch_colour(double share);
/// "slack", "stretched", "taut", "at its end"
[[nodiscard]] std::string_view stretch_word(double share);
/// "Lower back", by the table of tissues.
[[nodiscard]] std::string tissue_title(Tissue tissue);

/// A place on the skin over a muscle [m], and where the skin faces.
struct MuscleSpot {
    Tissue tissue{};
    int side = 0;
    Eigen::Vector3d place_m = Eigen::Vector3d::Zero(), normal = Eigen::Vector3d::UnitX();
};

/// What a picture says beside the colours.
struct MuscleLegend {
    struct Row {
        std::string name, share, word, moment;  ///< "Calves", "96 %", "taut", "41 N m"
        double stretch = 0.0;
        Tissue tissue{};
        int side = -1;  ///< -1: both
    };
    std::vector<Row> rows;  ///< of each tissue one, or one a side where they differ as shown
    std::vector<MuscleSpot> spots;
};
/// Where the body's sides are not alike each leg has rows of its own at every moment: the legend does not jump while playing.
[[nodiscard]] MuscleLegend muscle_legend(const PerMuscle<MuscleLoad>& loads, std::vector<MuscleSpot> spots,
                                         bool sides_alike = true);

/// "Calves 96 %, taut, 41 N m; ..."
[[nodiscard]] std::string legend_words(const MuscleLegend& legend);

/// The colour scale and the rows in the upper left corner of `box`. Nothing and false where the box is too small for it.
bool paint_muscle_legend(Painter& painter, const MuscleLegend& legend, const Theme& theme, const Box& box,
                         double scale);
/// A letter on the muscle itself.
void paint_muscle_tag(Painter& painter, Point at, size_t row, const Theme& theme, double scale);

}  // namespace plumb
