// Random input from a seed, as a child at the keyboard gives it: nothing of it may end the lab or make it grow.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "render/lab/imgui_shim.h"

namespace plumb {

class Monkey {
  public:
    Monkey(double seconds, std::uint64_t seed);

    /// Writes ImGui's mouse, wheel, keys and characters for the next frame.
    void before_frame();
    /// True when its time (of the clock, not of the lab) is over.
    [[nodiscard]] bool done();
    /// "4000 frames, 300 -> 350 MB": memory after half of the time and at the end.
    [[nodiscard]] std::string report() const;
    /// The second half added no more memory than full lists of runs may.
    [[nodiscard]] bool stayed_small() const;

  private:
    using Clock = std::chrono::steady_clock;
    [[nodiscard]] std::uint64_t below(std::uint64_t end);
    [[nodiscard]] float share();
    void new_move(ImGuiIO& io);

    std::uint64_t state_;
    double seconds_;
    Clock::time_point start_ = Clock::now();
    long long frames_ = 0;
    double half_MB_ = 0.0, end_MB_ = 0.0;
    ImVec2 mouse_{-1.0f, -1.0f}, goal_{-1.0f, -1.0f};
    int left_ = 0;  ///< frames of this move still to come
    bool down_ = false, ctrl_ = false;
    int key_ = -1;
};

}  // namespace plumb
