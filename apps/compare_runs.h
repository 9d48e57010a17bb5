// `plumbline compare`: what differs between two scenarios or saved recordings, and what that changed.
#pragma once

#include <string>

namespace plumb {

struct CompareRequest {
    std::string first, second;  ///< each a scenario's name or path, or a saved recording
    bool json = false;
};

void compare_scenarios_or_recordings(const CompareRequest& request);

}  // namespace plumb
