// A journal over time: the help used, the depth reached and how it felt, beside the rungs of the simulated ladder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/report/chart.h"
#include "sim/study/journal.h"
#include "sim/study/ladder.h"

namespace plumb {

/// A level line across a chart, with words at its right end.
struct ChartLevel {
    double y = 0.0;
    std::string words;
};

/// How one day felt; nothing: not written.
struct FeltMark {
    double x = 0.0;
    std::optional<Felt> night, morning;
};

/// Where the words for depth lie, as hip drops of the body in question.
struct DepthDrops {
    double half = 0.0, parallel = 0.0, full = 0.0;
    bool operator==(const DepthDrops&) const = default;
};

/// Both charts share x, days since the first entry, gaps to scale.
struct JournalFigure {
    std::string title;
    Chart help, depth;
    std::vector<ChartLevel> help_levels;   ///< the ladder's rungs
    std::vector<ChartLevel> depth_levels;  ///< half, parallel, full
    std::vector<FeltMark> felt;
};

/// The help drawn is the ladder's, else the one said most often. `ladder` may be null: no rungs. Entries in any order.
[[nodiscard]] JournalFigure journal_figure(const std::vector<JournalEntry>& entries, const DepthDrops& drops,
                                           const Ladder* ladder = nullptr);

/// In a box too small for all of it only some is drawn; nothing leaves the box.
void draw_journal_figure(Painter& painter, const JournalFigure& figure, const Box& box, const Theme& theme,
                         double text_px);

}  // namespace plumb
