// plumbline population: people drawn at random in one setting; who gets down and up, and what decides it.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace plumb {

struct PopulationRequest {
    std::string study;  ///< a name in scenarios/populations, or a path
    std::string out;    ///< folder of databases, tables and pictures
    int threads = 0;    ///< 0: all cores
};

/// The word "population" with its options, which fill in the request.
CLI::App* add_population_word(CLI::App& app, PopulationRequest& request);
void study_population(const PopulationRequest& request);

}  // namespace plumb
