// What a field accepts, in words and as a test; values as text. Independent of the locale.
#include "sim/base/fields.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : "|") + word;
    return text;
}

std::string range_text(const FieldInfo& info) {
    return number_text(info.min) + " to " + number_text(info.max)
           + (info.unit.empty() ? "" : " " + info.unit);
}

std::string find_number_problem(const FieldInfo& info, double value) {
    if (!std::isfinite(value)) return "not a finite number: allowed " + allowed_text(info);
    if (info.kind == FieldKind::integer && std::trunc(value) != value)
        return "not a whole number: allowed " + allowed_text(info);
    if (value >= info.min && value <= info.max) return {};
    // The commonest slip: a length in centimetres or millimetres.
    for (const double scale : {100.0, 1000.0})
        if (info.unit == "m" && value / scale >= info.min && value / scale <= info.max)
            return "allowed " + allowed_text(info) + " (is it " + number_text(value / scale) + " m?)";
    return "allowed " + allowed_text(info);
}

bool takes_numbers(FieldKind kind) { return kind != FieldKind::word; }

bool takes_words(FieldKind kind) { return kind == FieldKind::word || kind == FieldKind::word_or_number; }

}  // namespace

std::string allowed_text(const FieldInfo& info) {
    switch (info.kind) {
    case FieldKind::number: return range_text(info);
    case FieldKind::integer: return "a whole number from " + range_text(info);
    case FieldKind::optional_number: return "a number from " + range_text(info) + ", or none";
    case FieldKind::word: return joined(info.words);
    case FieldKind::word_or_number: return joined(info.words) + ", or a number from " + range_text(info);
    }
    PLUMB_CHECK(false, "unknown kind of field");
}

std::string find_problem(const FieldInfo& info, const FieldValue& value) {
    if (const double* number = std::get_if<double>(&value))
        return takes_numbers(info.kind) ? find_number_problem(info, *number)
                                        : "allowed " + allowed_text(info);
    if (const std::string* word = std::get_if<std::string>(&value)) {
        const bool known = takes_words(info.kind) && std::ranges::find(info.words, *word) != info.words.end();
        return known ? "" : "allowed " + allowed_text(info);
    }
    return info.kind == FieldKind::optional_number ? "" : "a value is needed: allowed " + allowed_text(info);
}

std::string value_text(const FieldValue& value) {
    if (const double* number = std::get_if<double>(&value)) return number_text(*number);
    if (const std::string* word = std::get_if<std::string>(&value)) return *word;
    return "none";
}

std::string shown_value(const FieldValue& value) {
    const std::string* const word = std::get_if<std::string>(&value);
    return word != nullptr ? in_quotes(*word) : value_text(value);
}

}  // namespace plumb
