// What the words that search for changes have in common: the margin asked for, changes as JSON, how far the search is.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/study/compare.h"

namespace plumb {

/// --margin as typed, 0 to 0.15 m. Throws InputError.
[[nodiscard]] double read_margin(const std::string& text);
inline constexpr const char* k_margin_help =
    "Least planned margin to the soles' edge [m], 0 to 0.15 (the dynamic allowance)";

/// "planned 31 mm outside the soles' edge"
[[nodiscard]] std::string planned_words(double margin_m);
/// "more_ankle" -> "more ankle"
[[nodiscard]] std::string spaced(std::string_view name);

/// [{field, from, value, unit, sentence}]
[[nodiscard]] nlohmann::ordered_json changes_json(const std::vector<FieldDifference>& changes);

/// "43 % searched" on one line of a terminal, nothing elsewhere; from any thread.
class SearchProgress {
  public:
    SearchProgress();
    void tell(double share);
    void end();

  private:
    const bool in_terminal_;
    std::mutex line_;
};

}  // namespace plumb
