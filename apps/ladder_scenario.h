// `plumbline ladder`: from today's least help to the squat without any.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sim/study/ladder.h"

namespace plumb {

struct LadderRequest {
    std::string scenario;
    std::vector<std::string> settings;
    bool has_margin = false;
    std::string margin_m;
    bool has_with = false;
    std::string with;  ///< counterweight, wider_stance, heel_wedge
    int steps = k_default_ladder_steps;
    bool json = false;
};

/// The word and its options, written into `request` when it is parsed.
CLI::App* add_ladder_word(CLI::App& app, LadderRequest& request);

/// Interrupted, it prints the rungs that were found, says that they are not all, and ends with exit code 130.
void climb_ladder(const LadderRequest& request);

}  // namespace plumb
