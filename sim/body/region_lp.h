// Linear programs over friction cones that share their conditions and differ only in the direction they maximise: dense
// simplex method with bounds that makes the cones' rays as it needs them (column generation). Made for the support region's
// some twenty rows and sixteen cones, where GLPK and CLP spend 25 times as long.
#pragma once

#include <optional>
#include <vector>

#include <Eigen/Core>

namespace plumb {

/// All x >= 0 with lower <= A x <= upper (equal: an equation). Columns come four by four: n + a, n + b, n - a, n - b span a cone, of
/// which every n + a cos t + b sin t may be used too.
struct RegionLp {
    using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    static constexpr int k_rays = 4;  ///< columns a cone starts with

    Rows conditions;                                 ///< A, of order one
    Eigen::VectorXd lower, upper;                    ///< by row
    Eigen::Matrix<double, 2, Eigen::Dynamic> place;  ///< P; what is projected is P x
};

/// Walks the corners of a RegionLp. Every answer starts from the last one, so neighbouring directions cost a few exchanges.
class RegionLpSolver {
  public:
    explicit RegionLpSolver(const RegionLp& lp);

    /// Some x meets all conditions (to 1e-7). False too for conditions that are not finite.
    [[nodiscard]] bool feasible() const { return feasible_; }
    /// P x of an x that goes farthest in the unit vector `direction`, up to k_ray_gain; nothing if there is no farthest. Only
    /// when feasible.
    [[nodiscard]] std::optional<Eigen::Vector2d> farthest(const Eigen::Vector2d& direction);

    /// No ray that is left out would gain more per unit of it: with strengths that add up to one or two, P x is that much short.
    static constexpr double k_ray_gain = 5e-4;

  private:
    enum class Step { taken, optimal, stuck };

    void set_up(const RegionLp& lp);
    void add_surplus(const std::vector<Eigen::Index>& broken, const RegionLp& lp);
    bool reach_feasible();
    /// One exchange that enlarges `gain_` times x.
    Step improve();
    /// Exchanges until nothing is gained; `set_gain` renews gain_ before each.
    template <class SetGain>
    Step improve_all(SetGain set_gain);
    /// Adds the rays that would gain most; false when none is worth it.
    bool add_rays(double smallest_gain);
    void add_ray(Eigen::Index cone, double a, double b);
    void exchange(Eigen::Index row, Eigen::Index column);
    void flip_column(Eigen::Index column);
    void flip_row(Eigen::Index row);

    /// Where a starting ray is: its row if basic, else its column.
    struct Seat {
        bool basic = false;
        Eigen::Index at = 0;
    };

    // Condensed tableau: basic = column 0 - other columns * nonbasic; below the conditions' rows the two of P and the sum of
    // what is missing. A variable at its upper bound is replaced by its distance from it.
    RegionLp::Rows table_;
    std::vector<double> upper_of_row_, upper_of_column_;  ///< bounds of basic and nonbasic variables
    std::vector<Eigen::Index> variable_of_row_, variable_of_column_;  ///< a starting ray's number, or -1
    std::vector<Seat> seats_;                                         ///< of the starting rays
    std::vector<bool> is_missing_;         ///< by row: an artificial variable is basic there
    Eigen::VectorXd gain_;                 ///< per unit of each nonbasic variable
    Eigen::Index rows_ = 0, columns_ = 0;  ///< columns_ counts column 0 too
    bool feasible_ = false;
};

}  // namespace plumb
