// `plumbline push`: the least push that topples this person, all around.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct PushRequest {
    std::string scenario;
    std::vector<std::string> settings;
    std::string moment = "both";  ///< standing, bottom, both
    int directions = 16;
    bool has_out = false;
    std::string out;  ///< the table's file (.csv)
    bool json = false;
};

/// The word and its options, written into `request` when it is parsed.
CLI::App* add_push_word(CLI::App& app, PushRequest& request);

/// Interrupted, it prints and writes the directions that were finished and ends with exit code 130.
void push_in_all_directions(const PushRequest& request);

}  // namespace plumb
