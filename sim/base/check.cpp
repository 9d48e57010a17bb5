// Reports a broken internal condition.
#include "sim/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace plumb {

void check_failed(const char* condition, const char* message, const char* file, int line) {
    std::fprintf(stderr, "plumbline: internal error: %s (%s) at %s:%d\n", message, condition, file, line);
    std::_Exit(1);
}

}  // namespace plumb
