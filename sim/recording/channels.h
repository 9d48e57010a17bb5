// The one table of named channels: CSV header, plots, tooltips and reports read it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/recording/recording.h"

namespace plumb {

/// One channel. Numbers come from `value`; the phase is the only text channel.
struct Channel {
    std::string name;  ///< "com_x"
    std::string unit;  ///< "m", "deg", "N", "N m", "s", "m/s"; "1" for a plain ratio
    std::string help;
    double (*value)(const Frame&) = nullptr;  ///< NaN where the quantity does not exist at this frame
};

/// In the order of series.csv, `time` first. The text column `phase` comes second in files and is not in this table.
[[nodiscard]] const std::vector<Channel>& channels();

/// A CSV cell: nine significant digits, '.' decimals whatever the locale, 0 for -0, empty for NaN and infinities.
[[nodiscard]] std::string csv_number(double value);

/// support_region.csv: `time [s],vertex [1],x [m],y [m]`, the corners of every frame's support region, counter-clockwise; no
/// more than the header when there is none.
[[nodiscard]] std::string support_region_csv(const Recording& recording);

/// series.csv: header cells `name [unit]`, one row a frame, '.' decimals whatever the locale, empty cell for NaN.
[[nodiscard]] std::string series_csv(const Recording& recording);

}  // namespace plumb
