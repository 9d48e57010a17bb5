// How a Def lists its fields: name, unit, range, help, access. Parsing, --set, validation, docs and views read it.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plumb {

/// A field's value at the door: nothing ("none"), a number in the field's own unit, or a word.
using FieldValue = std::variant<std::monostate, double, std::string>;

/// What a field accepts.
enum class FieldKind {
    number,           ///< a finite number inside [min, max]
    integer,          ///< a whole number inside [min, max]
    optional_number,  ///< a number, or nothing (absent, or the word "none")
    word,             ///< one of `words`
    word_or_number,   ///< one of `words`, or a number inside [min, max]
};

/// Everything said about one field, apart from access to it.
struct FieldInfo {
    std::string name{};  ///< dotted, e.g. "stance.width_m"
    std::string unit{};  ///< "m", "deg", "kg", "s", "" for a ratio or a word
    FieldKind kind = FieldKind::number;
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    std::vector<std::string> words{};
    std::string absent_means{};  ///< for optional numbers: what stands in when nothing is given
    std::string help{};
};

/// A field of `Def` with access. `get` and `set` never validate; `find_problem` does.
template <class Def>
struct Field : FieldInfo {
    std::function<FieldValue(const Def&)> get;
    std::function<void(Def&, const FieldValue&)> set;
};

/// The allowed values in words: "1.2 to 2.2 m", "male|female", "a number from 0.02 to 1.5 m, or none".
[[nodiscard]] std::string allowed_text(const FieldInfo& info);

/// Empty when `value` is acceptable for the field, else what is wrong in a few words (without the field's name).
[[nodiscard]] std::string find_problem(const FieldInfo& info, const FieldValue& value);

/// The value as it is written in a file or after --set: shortest text that reads back to the same double.
[[nodiscard]] std::string value_text(const FieldValue& value);

/// The value as an error line shows it: a word in quotes, safe and cut short.
[[nodiscard]] std::string shown_value(const FieldValue& value);

}  // namespace plumb
