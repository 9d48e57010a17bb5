// Ticks are whole multiples of a step: counted in steps, so that no error adds up along the axis.
#include "render/report/chart_axis.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "render/report/chart.h"

namespace plumb {
namespace {

constexpr double k_largest = 1e300;  ///< numbers beyond are not drawn: differences must stay finite
constexpr double k_least_span = 1e-290;
constexpr double k_tenths[] = {10.0, 20.0, 25.0, 50.0};  ///< 1, 2, 2.5 and 5, whole numbers at one power less

/// tenths * 10^power with a single rounding where the power of ten is a whole number.
double times_ten_to(double tenths, int power) {
    return power < 0 ? tenths / std::pow(10.0, -power) : tenths * std::pow(10.0, power);
}

struct Step {
    double tenths = 0.0;
    int power = 0;
    [[nodiscard]] double size() const { return times_ten_to(tenths, power); }
    [[nodiscard]] double multiple(double k) const { return times_ten_to(k * tenths, power) + 0.0; }
};

/// Parts into which the multiples strictly inside cut [low, high].
double parts(double low, double high, double step) { return std::ceil(high / step) - std::floor(low / step); }

std::optional<Step> find_step(double low, double high, int most) {
    if (!(std::abs(low) <= k_largest && std::abs(high) <= k_largest && high - low >= k_least_span)
        || most < 1)
        return std::nullopt;
    const int wanted = low < 0.0 && high > 0.0 ? std::max(2, most) : most;
    int power = static_cast<int>(std::floor(std::log10((high - low) / wanted))) - 2;
    for (int tries = 0; tries < 8; ++tries, ++power)
        for (const double tenths : k_tenths) {
            const Step step{tenths, power};
            if (parts(low, high, step.size()) <= wanted) return step;
        }
    return std::nullopt;
}

std::string written(double value, std::chars_format format, int decimals) {
    std::array<char, 400> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0, format, decimals);
    std::string text(buffer.data(), end.ptr);
    if (text.starts_with('-') && text.find_first_of("123456789") >= text.find('e'))
        text.erase(0, 1);  // "-0.0"
    return text;
}

/// "2.5e+07" -> "2.5e7"
std::string shorter(std::string text) {
    const std::size_t e = text.find('e');
    if (e == std::string::npos) return text;
    const std::string sign = text[e + 1] == '-' ? "-" : "";
    const std::size_t digits = std::min(text.find_first_not_of('0', e + 2), text.size() - 1);
    return text.substr(0, e) + "e" + sign + text.substr(digits);
}

/// With a step's own decimals; very large and very small numbers as powers of ten.
std::string number(double value, double step, int extra_decimals) {
    if (!std::isfinite(value) || !(step > 0.0)) return {};
    const int step_power = static_cast<int>(std::floor(std::log10(step) + 1e-9));
    const bool half = std::abs(step / std::pow(10.0, step_power) - 2.5) < 1e-6;
    const int decimals = -step_power + (half ? 1 : 0) + extra_decimals;
    if (std::abs(value) < 1e6 && step >= 1e-4 * (1.0 - 1e-9))
        return written(value, std::chars_format::fixed, std::clamp(decimals, 0, 17));
    if (value == 0.0) return "0";
    const int value_power = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
    if (value_power < step_power - 6) return "0";
    return shorter(written(value, std::chars_format::scientific, std::clamp(value_power + decimals, 0, 17)));
}

}  // namespace

double nice_step(double low, double high, int most) {
    const auto step = find_step(low, high, most);
    return step ? step->size() : 0.0;
}

std::vector<double> chart_ticks(double low, double high, int most) {
    std::vector<double> ticks;
    const auto step = find_step(low, high, most);
    if (!step) return ticks;
    const double first = std::ceil(low / step->size());
    for (int i = 0; i <= std::max(2, most) + 1; ++i) {
        const double tick = step->multiple(first + i);
        // Far from zero neighbours may be the same double.
        if (tick >= low && tick <= high && (ticks.empty() || tick > ticks.back())) ticks.push_back(tick);
    }
    return ticks;
}

AxisRange range_of(const std::vector<double>& values) {
    double low = k_largest, high = -k_largest;
    for (const double value : values) {
        if (!(std::abs(value) <= k_largest)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return {0.0, 1.0};
    // What differs by rounding alone is flat.
    const double size = std::max(std::abs(low), std::abs(high));
    if (high - low > 1e-9 * size && high - low >= 1e-280) return {low, high};
    const double middle = 0.5 * low + 0.5 * high, pad = size > 1e-250 ? 0.1 * size : 1.0;
    return {std::max(middle - pad, -k_largest), std::min(middle + pad, k_largest)};
}

AxisRange rounded_range(const std::optional<AxisRange>& asked, AxisRange data, int most) {
    if (asked && std::abs((*asked)[0]) <= k_largest && std::abs((*asked)[1]) <= k_largest
        && (*asked)[1] - (*asked)[0] >= k_least_span)
        return *asked;
    // A coarser step may be needed for the grown range than for the data.
    AxisRange range = data;
    for (int tries = 0; tries < 4; ++tries) {
        const double step = nice_step(range[0], range[1], most);
        if (!(step > 0.0)) return data;
        // A hair over a step is still that step.
        const AxisRange grown{std::floor(data[0] / step + 1e-9) * step,
                              std::ceil(data[1] / step - 1e-9) * step};
        if (!(std::abs(grown[0]) <= k_largest && std::abs(grown[1]) <= k_largest && grown[0] < grown[1]))
            return data;
        if (grown == range) break;
        range = grown;
    }
    return range;
}

std::string tick_text(double value, double step) { return number(value, step, 0); }

std::string reading_text(double value, AxisRange range) {
    const double step = nice_step(range[0], range[1], 200);
    return number(value, step > 0.0 ? std::pow(10.0, std::floor(std::log10(step))) : 1.0, 0);
}

}  // namespace plumb
