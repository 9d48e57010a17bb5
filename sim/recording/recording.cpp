// Names of the phases.
#include "sim/recording/recording.h"

#include "sim/base/check.h"

namespace plumb {

std::string_view phase_name(Phase phase) {
    switch (phase) {
    case Phase::stand: return "stand";
    case Phase::descent: return "descent";
    case Phase::hold: return "hold";
    case Phase::ascent: return "ascent";
    case Phase::fallen: return "fallen";
    }
    PLUMB_CHECK(false, "unknown phase");
}

}  // namespace plumb
