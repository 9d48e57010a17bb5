// One flag, one handler.
#include "apps/interruption.h"

#include <csignal>
#include <cstdio>

namespace plumb {
namespace {

std::atomic<bool> g_stopped = false;  // a signal handler takes no context
extern "C" void take_stop(int) { g_stopped = true; }

}  // namespace

const std::atomic<bool>* stop_on(std::initializer_list<int> signals) {
    for (const int signal : signals) std::signal(signal, take_stop);
    return &g_stopped;
}

void end_if_stopped() {
    if (!g_stopped) return;
    std::fflush(stdout);
    std::signal(SIGINT, SIG_DFL);
    std::raise(SIGINT);
}

}  // namespace plumb
