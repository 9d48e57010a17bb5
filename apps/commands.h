// What each word of the command line does.
#pragma once

#include <string>
#include <vector>

namespace plumb {

struct RunRequest {
    std::string scenario;               ///< a name or a path
    std::vector<std::string> settings;  ///< "field=value", the last of several wins
    bool has_out = false;
    std::string out;  ///< folder for the files
    bool json = false;
};

/// Standard output as a whole: throws std::runtime_error when it cannot be written.
void put(const std::string& text);

void run_scenario(const RunRequest& request);
void list_scenarios();
void list_fields(bool json);
void run_demo();

}  // namespace plumb
