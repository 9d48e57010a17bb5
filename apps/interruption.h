// Long work that a user may stop: what is finished is still told.
#pragma once

#include <atomic>
#include <initializer_list>

namespace plumb {

/// From now on these signals only set the flag, which the work polls. The flag lives as long as the program.
[[nodiscard]] const std::atomic<bool>* stop_on(std::initializer_list<int> signals);

/// After all is told: stopped, the program ends as by Ctrl-C (exit code 130 in a shell).
void end_if_stopped();

}  // namespace plumb
