// A run's result for human readers.
#pragma once

#include <string>

#include "sim/balance/assessment.h"

namespace plumb {

/// Question, verdict, explanation and the main numbers.
[[nodiscard]] std::string run_text(const Recording& recording, const Assessment& assessment,
                                   const Findings& findings = {});

/// Text broken into lines of at most 100 characters, each after `indent` blanks.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t indent);

/// Up to and with the first full stop that ends a sentence.
[[nodiscard]] std::string first_sentence(const std::string& text);

}  // namespace plumb
