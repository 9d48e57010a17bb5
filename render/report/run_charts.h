// Charts of recorded runs: channels over time, one channel against another, the feet from above.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/report/chart.h"
#include "sim/recording/channels.h"

namespace plumb {

/// A recording and what to call it.
struct ChartRun {
    std::string name;
    std::shared_ptr<const Recording> recording;
};

/// The channel of this name, or null.
[[nodiscard]] const Channel* find_channel(std::string_view name);

/// In which units lengths are read.
enum class ReadUnits { metric, imperial };

/// How a channel is read by people: margins and lifts in mm, other lengths in cm, both in inches if asked, forces and moments in pounds; degrees with
/// their sign.
struct ReadUnit {
    std::string unit;     ///< empty for a plain ratio
    double factor = 1.0;  ///< from the channel's own unit
};
[[nodiscard]] ReadUnit read_unit(const Channel& channel, ReadUnits units);

/// A channel's name for people: "com_margin" -> "COM margin"; with its unit: "Knee flexion left (°)".
[[nodiscard]] std::string channel_title(const Channel& channel);
[[nodiscard]] std::string channel_label(const Channel& channel, ReadUnits units = ReadUnits::metric);

/// What happened and when [s], in order: wall touched, heels lift, COM leaves the feet, floor reached.
[[nodiscard]] std::vector<ChartEvent> run_events(const Recording& recording);

/// One curve a run, over time, in the units it is read in; the runs' events, led by the run's name where there are several.
[[nodiscard]] Chart channel_over_time(const std::vector<ChartRun>& runs, const Channel& channel,
                                      ReadUnits units = ReadUnits::metric);

/// One curve a run, while on the feet: a body on the floor is no squat.
[[nodiscard]] Chart channel_against(const std::vector<ChartRun>& runs, const Channel& x_channel,
                                    const Channel& y_channel, ReadUnits units = ReadUnits::metric);

/// Seen from above as by the person looking down: toes up, left foot on the left. Feet at the start, base of support at
/// `time_s`, and the ways of COM, XCoM and centre of pressure until then, each with a dot at its end.
[[nodiscard]] Chart feet_from_above(const Recording& recording, double time_s,
                                    ReadUnits units = ReadUnits::metric);

}  // namespace plumb
