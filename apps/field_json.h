// A field's value as every JSON document writes it.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "sim/base/fields.h"

namespace plumb {

/// A number, a word, or null.
[[nodiscard]] inline nlohmann::ordered_json value_json(const FieldValue& value) {
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const std::string* word = std::get_if<std::string>(&value)) return *word;
    return nullptr;
}

}  // namespace plumb
