// Numbers with their derivatives by up to nine free variables of a posture: where the sides differ or the heels rise.
#pragma once

#include <Eigen/Core>

namespace plumb {

inline constexpr int k_most_variables = 9;

/// A value and its slopes. The few operations that slacks and effort take (posture_measures.h).
struct ManyDual {
    using Slopes = Eigen::Matrix<double, k_most_variables, 1>;
    double value = 0.0;
    Slopes by = Slopes::Zero();

    ManyDual() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): a plain number is a constant.
    ManyDual(double constant) : value(constant) {}
    ManyDual(double v, const Slopes& slopes) : value(v), by(slopes) {}
};

inline double value_of(const ManyDual& x) { return x.value; }

inline ManyDual chain(const ManyDual& a, double value, double slope) { return {value, slope * a.by}; }

inline ManyDual operator+(const ManyDual& a, const ManyDual& b) { return {a.value + b.value, a.by + b.by}; }
inline ManyDual operator-(const ManyDual& a, const ManyDual& b) { return {a.value - b.value, a.by - b.by}; }
inline ManyDual operator-(const ManyDual& a) { return {-a.value, -a.by}; }
inline ManyDual operator*(const ManyDual& a, const ManyDual& b) {
    return {a.value * b.value, b.value * a.by + a.value * b.by};
}
inline ManyDual operator/(const ManyDual& a, const ManyDual& b) {
    const double ratio = a.value / b.value;
    return {ratio, (a.by - ratio * b.by) / b.value};
}
inline ManyDual& operator+=(ManyDual& a, const ManyDual& b) { return a = a + b; }
inline bool operator<(const ManyDual& a, const ManyDual& b) { return a.value < b.value; }

}  // namespace plumb
