// What an axis spans, where its ticks stand and how their numbers read.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace plumb {

using AxisRange = std::array<double, 2>;

/// Least 1, 2, 2.5 or 5 times a power of ten that cuts [low, high] into at most `most` parts (at least 2 if zero lies
/// inside); 0 when the numbers allow none.
[[nodiscard]] double nice_step(double low, double high, int most);

/// Finite numbers only; 0 to 1 where there are none, widened where all are the same.
[[nodiscard]] AxisRange range_of(const std::vector<double>& values);

/// The asked range where it is one (low < high, finite), else the data's, grown to whole steps.
[[nodiscard]] AxisRange rounded_range(const std::optional<AxisRange>& asked, AxisRange data, int most);

/// A tick's number with the decimals that `step` needs: "0.05", "120", "2.5e-7".
[[nodiscard]] std::string tick_text(double value, double step);

/// A number read off a curve: about three places finer than the range is wide.
[[nodiscard]] std::string reading_text(double value, AxisRange range);

}  // namespace plumb
