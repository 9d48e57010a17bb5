// The steps of the way out to the side, each from the last: what it frees, wants and puts on the floor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/plan/side_exit.h"
#include "sim/plan/side_exit_search.h"

namespace plumb {

/// Where the search starts from; choices, for a man of 1.75 m.
struct SideExitTuning {
    double hand_ahead_m, hand_out_m;  ///< of the near heel
    double turn_rad;
    double foot_ahead_m;  ///< of the far knee
    double sit_rad;       ///< lean of the kneeling thigh over its heel
};

/// Plans one exit, step after step; used once.
class SideExitPlanner {
  public:
    SideExitPlanner(const SquatPlan& plan, const ScenarioDef& resolved, int side,
                    const SideExitTuning& tuning);
    /// `to_the_end`: steps after one that fails too.
    [[nodiscard]] SideExit plan(bool to_the_end);

  private:
    /// A step's stance and how it is to be judged.
    struct Key {
        Stance stance = Stance::Zero();
        StanceDemand demand{};
    };
    using Numbers = std::vector<int>;

    [[nodiscard]] StanceDemand demand(const StanceKind& kind) const {
        StanceDemand wanted;
        wanted.kind = kind;
        wanted.wall_distance_m = wall_m_;
        return wanted;
    }
    [[nodiscard]] StanceDemand on_toes(const StanceKind& kind) const {
        StanceDemand wanted = demand(kind);
        wanted.far_sole_flat = false;
        return wanted;
    }
    /// The near foot turns on its heel, the other on its toes.
    [[nodiscard]] StanceDemand pivoting() const {
        StanceDemand wanted = on_toes({.hand_down = true});
        wanted.near_foot_turns = true;
        return wanted;
    }
    [[nodiscard]] StanceDemand on_knee_and_hand() const {
        StanceDemand wanted = on_toes({.hand_down = true, .far_knee_down = true});
        wanted.near_foot_carries = false;
        return wanted;
    }
    [[nodiscard]] double scaled(double metres) const { return scale_ * metres; }

    /// Settles, and if that is not feasible tries again with the COM a little elsewhere.
    void search(const StanceSearch& wanted, const Stance& start);
    /// The far arm easy before the body.
    static void rest_far_arm(StanceSearch& wanted);
    [[nodiscard]] Numbers hand_numbers() const {
        return hand_m_ ? Numbers{st_swivel} : Numbers{st_swivel, st_hand_x, st_hand_y};
    }

    /// Once through to the free foot with a hand that may slide: where it ends is where it should have gone down.
    void find_hand();
    void shift();
    void put_hand_down();
    void turn();
    void kneel();
    void free_foot();
    void place_foot();
    void straighten_up();
    void rise();
    void stand();

    void add(const std::string& name, const std::string& words);
    void judge_way(SideExitStep& step);

    SideExitTuning tuning_;
    std::optional<Eigen::Vector2d> hand_m_{};  ///< where the hand goes to the floor, once known
    BodyModel body_;
    StancePoser poser_;
    double scale_;
    std::optional<double> wall_m_;
    Key before_, now_;
    SideExit exit_;
};

}  // namespace plumb
