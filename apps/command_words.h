// What several words of the command line have in common.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "apps/commands.h"

namespace plumb {

/// Refuses a missing or unknown first word: InputError that names the known ones, or the nearest.
void check_first_word(int argc, char** argv, const std::vector<std::string>& words);

/// --set of a word that reads a scenario.
CLI::Option* add_settings(CLI::App& word);

/// --out and --json of a word that has a recording to show.
void add_output_options(CLI::App& word, OutputRequest& request);

/// Refuses a file or folder name that starts with a dash: the next option was taken for it.
void refuse_dash(const char* option, const std::string& value);

}  // namespace plumb
