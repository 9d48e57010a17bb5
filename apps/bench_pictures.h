// Times of what the lab does: a frame's picture, and a slider's drag until the planned posture is there.
#pragma once

#include <vector>

namespace plumb {

struct PictureTimes {
    std::vector<double> skin_ms, draw_ms,
        frame_ms;                    ///< low tier, 1280 x 800: the skin alone, drawing, scene and drawing
    std::vector<double> preview_ms;  ///< from an edit to plan, static limit and skin of the planned posture

    /// One sample of each. Throws std::runtime_error where no picture can be drawn.
    void measure();
};

}  // namespace plumb
