// `plumbline adapt`: the least changes that make the asked depth safe.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct AdaptRequest {
    std::string scenario;
    std::vector<std::string> settings;
    bool has_margin = false;
    std::string margin_m;
    bool no_pairs = false;
    bool no_interval = false;
    bool json = false;
};

/// The word and its options, written into `request` when it is parsed.
CLI::App* add_adapt_word(CLI::App& app, AdaptRequest& request);

/// Interrupted, it prints what was found, says that it is not all, and ends with exit code 130.
void adapt_scenario(const AdaptRequest& request);

}  // namespace plumb
