// Words and JSON.
#include "apps/search_words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <unistd.h>

#include "apps/field_json.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr double k_most_margin_m = 0.15;  ///< half a foot: nobody's base is wider

/// "Counterweight mass: 0 kg to 7 kg"
std::string change_sentence(const FieldDifference& change) {
    const auto shown = [&](const FieldValue& value) {
        if (std::holds_alternative<std::monostate>(value)) return std::string("not given");
        const double* const number = std::get_if<double>(&value);
        return (number != nullptr ? number_text(std::round(*number * 1e4) / 1e4) : value_text(value))
               + (change.unit.empty() ? "" : " " + change.unit);
    };
    return field_words(change) + ": " + shown(change.first) + " to " + shown(change.second);
}

}  // namespace

double read_margin(const std::string& text) {
    const std::optional<double> margin_m = parse_number(text);
    if (margin_m && *margin_m >= 0.0 && *margin_m <= k_most_margin_m) return *margin_m;
    throw InputError("--margin " + in_quotes(text) + ": allowed 0 to " + number_text(k_most_margin_m) + " m");
}

std::string planned_words(double margin_m) {
    return "planned " + margin_in_words(margin_m) + " the soles' edge";
}

std::string spaced(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, '_', ' ');
    return text;
}

nlohmann::ordered_json changes_json(const std::vector<FieldDifference>& changes) {
    auto all = nlohmann::ordered_json::array();
    for (const FieldDifference& change : changes)
        all.push_back({{"field", change.field},
                       {"from", value_json(change.first)},
                       {"value", value_json(change.second)},
                       {"unit", change.unit},
                       {"sentence", change_sentence(change)}});
    return all;
}

SearchProgress::SearchProgress() : in_terminal_(::isatty(STDERR_FILENO) != 0) {}

void SearchProgress::tell(double share) {
    const std::lock_guard lock(line_);
    if (in_terminal_) std::fprintf(stderr, "\r%3.0f %% searched", 100.0 * share);
}

void SearchProgress::end() {
    if (in_terminal_) std::fputs("\r                \r", stderr);
}

}  // namespace plumb
