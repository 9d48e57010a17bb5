// What is right when a lesson asks: found out each time, never written in a lesson.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "sim/balance/assessment.h"
#include "sim/scenario/lesson_def.h"

namespace plumb {

struct LessonAnswer {
    std::optional<OutcomeChoice> choice{};  ///< of a question for an outcome; nothing: none of the three
    std::optional<double> value{};  ///< of a question for a number, in its unit; nothing: no value does it
    std::string words{};            ///< "falls backward", "6.5 kg at arm's length", "none: ..."
    std::string cause{};  ///< why the run ended so: "how far the ankles bend (18 deg ...)"; may be empty
};

/// Of the step's run. A number is find_least_change() of the run's scenario: some seconds. Cancelled: nothing.
[[nodiscard]] std::optional<LessonAnswer> lesson_answer(const LessonQuestion& question,
                                                        const Recording& recording,
                                                        const Assessment& assessment,
                                                        const std::atomic<bool>* cancel = nullptr);

/// "falls backward", "holds", "falls forward".
[[nodiscard]] std::string choice_words(OutcomeChoice choice);

}  // namespace plumb
