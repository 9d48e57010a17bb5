// The simplex method on a condensed tableau.
#include "sim/body/region_lp.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace plumb {
namespace {

constexpr double k_smallest_gain = 1e-9;   ///< a column that promises less is not worth an exchange
constexpr double k_smallest_pivot = 1e-8;  ///< coefficients of order one: less is rounding
constexpr double k_feasible = 1e-7;
constexpr double k_missing_gain = 1e-6;  ///< of a new ray while something is missing
constexpr double k_free = std::numeric_limits<double>::infinity();
/// Right sides of zero let exchanges gain nothing and go round in circles; moved apart by this much they cannot.
constexpr double k_nudge = 1e-10;
constexpr int k_most_steps = 3000;  ///< some thirty are usual: a guard against rounding
constexpr int k_most_rounds = 50;   ///< of new rays; three are usual

}  // namespace

RegionLpSolver::RegionLpSolver(const RegionLp& lp) : rows_(lp.conditions.rows()) {
    const bool finite = lp.conditions.allFinite() && lp.lower.allFinite() && lp.upper.allFinite()
                        && lp.place.allFinite() && (lp.lower.array() <= lp.upper.array()).all();
    if (!finite || lp.conditions.cols() == 0) return;
    set_up(lp);
    feasible_ = reach_feasible();
}

void RegionLpSolver::set_up(const RegionLp& lp) {
    const Eigen::Index rays = lp.conditions.cols();
    columns_ = 1 + rays;
    // Room for the rays to come.
    table_ = RegionLp::Rows::Zero(rows_ + 3, 1 + 4 * rays);
    table_.block(0, 1, rows_, rays) = lp.conditions;
    table_.block(rows_, 1, 2, rays) = -lp.place;
    upper_of_column_.assign(static_cast<size_t>(columns_), k_free);
    variable_of_column_.assign(static_cast<size_t>(columns_), -1);
    seats_.resize(static_cast<size_t>(rays));
    for (Eigen::Index ray = 0; ray < rays; ++ray) {
        variable_of_column_[static_cast<size_t>(ray + 1)] = ray;
        seats_[static_cast<size_t>(ray)] = {false, ray + 1};
    }
    upper_of_row_.assign(static_cast<size_t>(rows_), k_free);
    variable_of_row_.assign(static_cast<size_t>(rows_), -1);
    is_missing_.assign(static_cast<size_t>(rows_), false);

    std::vector<Eigen::Index> broken;
    for (Eigen::Index i = 0; i < rows_; ++i) {
        const auto row = static_cast<size_t>(i);
        const double room = lp.upper[i] - lp.lower[i];
        if (lp.upper[i] >= 0.0 && lp.lower[i] <= 0.0 && room > 0.0) {
            // Slack = upper - A x, at most `room`.
            upper_of_row_[row] = room;
            table_(i, 0) = lp.upper[i];
        } else {
            // x = 0 breaks it: missing = |nearer bound| - |A x| + surplus.
            const bool from_below = lp.lower[i] > 0.0 || (room == 0.0 && lp.upper[i] >= 0.0);
            if (!from_below) table_.row(i) *= -1.0;
            table_(i, 0) = from_below ? lp.lower[i] : -lp.upper[i];
            is_missing_[row] = true;
            if (room > 0.0) broken.push_back(i);
        }
        table_(i, 0) += k_nudge * static_cast<double>(i + 1);
    }
    add_surplus(broken, lp);
    for (Eigen::Index i = 0; i < rows_; ++i)
        if (is_missing_[static_cast<size_t>(i)]) table_.row(rows_ + 2) += table_.row(i);
}

void RegionLpSolver::add_surplus(const std::vector<Eigen::Index>& broken, const RegionLp& lp) {
    const Eigen::Index more = columns_ + static_cast<Eigen::Index>(broken.size());
    if (more > table_.cols()) table_.conservativeResize(Eigen::NoChange, more);
    for (const Eigen::Index row : broken) {
        table_.col(columns_).setZero();
        table_(row, columns_++) = -1.0;
        upper_of_column_.push_back(lp.upper[row] - lp.lower[row]);
        variable_of_column_.push_back(-1);
    }
}

template <class SetGain>
RegionLpSolver::Step RegionLpSolver::improve_all(SetGain set_gain) {
    for (int step = 0; step < k_most_steps; ++step) {
        set_gain();
        if (const Step taken = improve(); taken != Step::taken) return taken;
    }
    return Step::stuck;
}

bool RegionLpSolver::reach_feasible() {
    // A cone holds more than its starting rays: what they miss, others may give.
    for (int round = 0; round < k_most_rounds; ++round) {
        if (improve_all([this] { gain_ = table_.row(rows_ + 2).head(columns_); }) == Step::stuck)
            return false;
        double missing = 0.0;
        for (Eigen::Index i = 0; i < rows_; ++i)
            if (is_missing_[static_cast<size_t>(i)]) missing += std::abs(table_(i, 0));
        if (missing < k_feasible) {
            for (Eigen::Index i = 0; i < rows_; ++i)  // from here on nothing may be missing
                if (is_missing_[static_cast<size_t>(i)]) upper_of_row_[static_cast<size_t>(i)] = 0.0;
            return true;
        }
        if (!add_rays(k_missing_gain)) return false;
    }
    return false;
}

std::optional<Eigen::Vector2d> RegionLpSolver::farthest(const Eigen::Vector2d& direction) {
    const auto set_gain = [&] {
        gain_ = -(direction.transpose() * table_.block(rows_, 0, 2, columns_)).transpose();
    };
    for (int round = 0; round < k_most_rounds; ++round) {
        if (improve_all(set_gain) == Step::stuck) return std::nullopt;
        if (!add_rays(k_ray_gain)) break;
    }
    return Eigen::Vector2d(table_.block<2, 1>(rows_, 0));
}

RegionLpSolver::Step RegionLpSolver::improve() {
    // A variable that cannot move (a missing part that is gone) never comes back.
    Eigen::Index column = 0;
    double best = k_smallest_gain;
    for (Eigen::Index j = 1; j < columns_; ++j) {
        if (gain_[j] <= best || upper_of_column_[static_cast<size_t>(j)] <= 0.0) continue;
        column = j;
        best = gain_[j];
    }
    if (column == 0) return Step::optimal;

    // How far until a basic variable, or this one, meets a bound; of equals the largest coefficient.
    double farthest = upper_of_column_[static_cast<size_t>(column)], pivot = 0.0;
    Eigen::Index row = -1;
    for (Eigen::Index i = 0; i < rows_; ++i) {
        const double a = table_(i, column), size = std::abs(a);
        if (size < k_smallest_pivot) continue;
        const double room = a > 0.0 ? table_(i, 0) : upper_of_row_[static_cast<size_t>(i)] - table_(i, 0);
        if (room == k_free) continue;
        const double reach = std::max(0.0, room) / size;
        const bool nearer = reach < farthest - 1e-12;
        if (!nearer && !(reach <= farthest + 1e-12 && size > pivot)) continue;
        farthest = std::min(reach, farthest);
        row = i;
        pivot = size;
    }
    if (farthest == k_free) return Step::stuck;
    if (row < 0) {
        flip_column(column);
        return Step::taken;
    }
    if (table_(row, column) < 0.0) flip_row(row);
    exchange(row, column);
    return Step::taken;
}

bool RegionLpSolver::add_rays(double smallest_gain) {
    bool added = false;
    const auto cones = static_cast<Eigen::Index>(seats_.size()) / RegionLp::k_rays;
    for (Eigen::Index cone = 0; cone < cones; ++cone) {
        // Gains are linear in the force: those of the starting rays (none for a basic one) give that of every ray.
        const auto gain = [&](Eigen::Index ray) {
            const Seat& seat = seats_[static_cast<size_t>(RegionLp::k_rays * cone + ray)];
            return seat.basic ? 0.0 : gain_[seat.at];
        };
        const double along = 0.5 * (gain(0) + gain(2)), by_a = gain(0) - along, by_b = gain(1) - along;
        const double across = std::hypot(by_a, by_b);
        if (along + across < smallest_gain) continue;
        add_ray(cone, by_a / across, by_b / across);
        added = true;
    }
    return added;
}

void RegionLpSolver::add_ray(Eigen::Index cone, double a, double b) {
    // n + a A + b B from the columns as they stand now: r0 = n + A, r1 = n + B, r2 = n - A.
    const std::array<double, 3> shares = {0.5 * (1.0 + a - b), b, 0.5 * (1.0 - a - b)};
    if (columns_ == table_.cols()) table_.conservativeResize(Eigen::NoChange, 2 * columns_);
    table_.col(columns_).setZero();
    for (Eigen::Index ray = 0; ray < 3; ++ray) {
        const Seat& seat = seats_[static_cast<size_t>(RegionLp::k_rays * cone + ray)];
        const double share = shares[static_cast<size_t>(ray)];
        if (seat.basic)
            table_(seat.at, columns_) += share;
        else
            table_.col(columns_) += share * table_.col(seat.at);
    }
    ++columns_;
    upper_of_column_.push_back(k_free);
    variable_of_column_.push_back(-1);
}

void RegionLpSolver::exchange(Eigen::Index row, Eigen::Index column) {
    const auto r = static_cast<size_t>(row), c = static_cast<size_t>(column);
    const double inverse = 1.0 / table_(row, column);
    const Eigen::VectorXd entering = table_.col(column);
    auto pivot_row = table_.row(row).head(columns_);
    pivot_row *= inverse;
    for (Eigen::Index i = 0; i < table_.rows(); ++i)
        if (i != row && entering[i] != 0.0) table_.row(i).head(columns_) -= entering[i] * pivot_row;
    table_.col(column) = entering * -inverse;
    table_(row, column) = inverse;
    std::swap(upper_of_row_[r], upper_of_column_[c]);
    std::swap(variable_of_row_[r], variable_of_column_[c]);
    if (variable_of_row_[r] >= 0) seats_[static_cast<size_t>(variable_of_row_[r])] = {true, row};
    if (variable_of_column_[c] >= 0) seats_[static_cast<size_t>(variable_of_column_[c])] = {false, column};
    if (is_missing_[r]) {
        is_missing_[r] = false;
        upper_of_column_[c] = 0.0;
    }
}

void RegionLpSolver::flip_column(Eigen::Index column) {
    table_.col(0) -= upper_of_column_[static_cast<size_t>(column)] * table_.col(column);
    table_.col(column) *= -1.0;
}

void RegionLpSolver::flip_row(Eigen::Index row) {
    table_.row(row).head(columns_) *= -1.0;
    table_(row, 0) += upper_of_row_[static_cast<size_t>(row)];
}

}  // namespace plumb
