// Numbers that carry their derivatives by the four free variables of a posture (forward differentiation), and three of
// them as a vector. Written out by lanes, so that the compiler puts two derivatives into one register.
#pragma once

#include <cmath>

#include "sim/body/model.h"

namespace plumb {

/// A value and its derivatives by hip X [m], pelvis pitch, lumbar flexion and knees out [rad].
struct Dual {
    double value = 0.0;
    double by[4] = {0.0, 0.0, 0.0, 0.0};

    Dual() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): a plain number is a constant.
    Dual(double constant) : value(constant) {}
    Dual(double v, double d0, double d1, double d2, double d3) : value(v), by{d0, d1, d2, d3} {}
};

inline double value_of(double x) { return x; }
inline double value_of(const Dual& x) { return x.value; }

/// f(a) with the slope f'(a), by the chain rule.
inline Dual chain(const Dual& a, double value, double slope) {
    return {value, slope * a.by[0], slope * a.by[1], slope * a.by[2], slope * a.by[3]};
}
/// f(a, b) with its two slopes.
inline Dual chain(const Dual& a, const Dual& b, double value, double by_a, double by_b) {
    return {value, by_a * a.by[0] + by_b * b.by[0], by_a * a.by[1] + by_b * b.by[1],
            by_a * a.by[2] + by_b * b.by[2], by_a * a.by[3] + by_b * b.by[3]};
}

inline Dual operator+(const Dual& a, const Dual& b) {
    return {a.value + b.value, a.by[0] + b.by[0], a.by[1] + b.by[1], a.by[2] + b.by[2], a.by[3] + b.by[3]};
}
inline Dual operator-(const Dual& a, const Dual& b) {
    return {a.value - b.value, a.by[0] - b.by[0], a.by[1] - b.by[1], a.by[2] - b.by[2], a.by[3] - b.by[3]};
}
inline Dual operator*(const Dual& a, const Dual& b) {
    return chain(a, b, a.value * b.value, b.value, a.value);
}
inline Dual operator/(const Dual& a, const Dual& b) {
    const double inverse = 1.0 / b.value, ratio = a.value / b.value;
    return chain(a, b, ratio, inverse, -ratio * inverse);
}
// Constants on one side cost half.
inline Dual operator-(const Dual& a) { return chain(a, -a.value, -1.0); }
inline Dual operator+(const Dual& a, double b) { return {a.value + b, a.by[0], a.by[1], a.by[2], a.by[3]}; }
inline Dual operator+(double a, const Dual& b) { return b + a; }
inline Dual operator-(const Dual& a, double b) { return a + -b; }
inline Dual operator-(double a, const Dual& b) { return chain(b, a - b.value, -1.0); }
inline Dual operator*(const Dual& a, double b) { return chain(a, a.value * b, b); }
inline Dual operator*(double a, const Dual& b) { return b * a; }
inline Dual operator/(const Dual& a, double b) { return chain(a, a.value / b, 1.0 / b); }
inline Dual& operator+=(Dual& a, const Dual& b) { return a = a + b; }

inline bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }

struct SinCos {
    Dual sin, cos;
};
inline SinCos sin_cos(const Dual& a) {
    const double s = std::sin(a.value), c = std::cos(a.value);
    return {chain(a, s, c), chain(a, c, -s)};
}
inline Dual sqrt(const Dual& a) {
    const double root = std::sqrt(a.value);
    return chain(a, root, 0.5 / root);
}
/// The angle whose cosine and sine are proportional to x and y.
inline Dual atan2(const Dual& y, const Dual& x) {
    const double square = x.value * x.value + y.value * y.value;
    return chain(y, x, std::atan2(y.value, x.value), x.value / square, -y.value / square);
}
/// Held between two ends, where it does not change.
inline Dual clamp(const Dual& a, double low, double high) {
    return a.value < low ? Dual(low) : a.value > high ? Dual(high) : a;
}
/// As far as a cosine or sine goes; at the ends, where the slope has none, it does not change.
inline Dual asin(const Dual& a) {
    const double sine = std::fmin(std::fmax(a.value, -1.0), 1.0);
    const double cosine = std::sqrt(1.0 - sine * sine);
    return chain(a, std::asin(sine), cosine > 0.0 ? 1.0 / cosine : 0.0);
}
inline Dual acos(const Dual& a) {
    const Dual rest = asin(a);
    return chain(rest, std::acos(std::fmin(std::fmax(a.value, -1.0), 1.0)), -1.0);
}

/// A place or direction in the world that moves with the free variables.
struct DualVector {
    Dual x, y, z;
};
inline DualVector operator+(const DualVector& a, const DualVector& b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline DualVector operator-(const DualVector& a, const DualVector& b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline DualVector operator+(const DualVector& a, const Vector3& b) {
    return {a.x + b.x(), a.y + b.y(), a.z + b.z()};
}
inline DualVector operator*(const Dual& s, const DualVector& v) { return {s * v.x, s * v.y, s * v.z}; }
inline DualVector operator*(double s, const DualVector& v) { return {s * v.x, s * v.y, s * v.z}; }
inline Dual dot(const DualVector& a, const DualVector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Dual dot(const DualVector& a, const Vector3& b) { return a.x * b.x() + a.y * b.y() + a.z * b.z(); }
inline DualVector cross(const DualVector& a, const DualVector& b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

}  // namespace plumb
