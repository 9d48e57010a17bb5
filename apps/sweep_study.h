// plumbline sweep: every cell of a study, kept as it is finished; a table and maps in the end.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace plumb {

struct SweepRequest {
    std::string study;  ///< a name in scenarios/studies, or a path
    std::string out;    ///< folder of database, table and pictures
    int threads = 0;    ///< 0: all cores
    bool refine = false;
};

/// The word "sweep" with its options, which fill in the request.
CLI::App* add_sweep_word(CLI::App& app, SweepRequest& request);
void sweep_study(const SweepRequest& request);

}  // namespace plumb
