// A lesson on paper: two pages for who takes part, or the sheet for who speaks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/report/document.h"
#include "render/report/report_writer.h"
#include "render/report/texts.h"
#include "sim/balance/assessment.h"
#include "sim/recording/recording.h"
#include "sim/scenario/lesson_toml.h"
#include "sim/study/lesson_answer.h"

namespace plumb {

/// What was worked out for a step; what a document does not need may be left out.
struct StepFacts {
    std::shared_ptr<const Recording> recording{};  ///< of its scenario
    Assessment assessment{};                       ///< of the recording
    std::optional<LessonAnswer> answer{};          ///< to its question
};

/// Most pictures in a handout: with these and up to seven questions it has two pages.
inline constexpr std::size_t k_most_handout_pictures = 12;

/// Pictures and key sentences of handout_steps(), whose facts hold a recording; every question with room to write, never its answer; the
/// safety note; where a step speaks of dose, rows for the days after.
[[nodiscard]] Document handout_document(const LoadedLesson& lesson, const std::vector<StepFacts>& facts,
                                        const Texts& texts, const StillMaker& stills);

/// Every step with what the room reads, what is said, what is shown, the question and its answer. All facts hold a recording, and the answer to what is asked.
[[nodiscard]] Document notes_document(const LoadedLesson& lesson, const std::vector<StepFacts>& facts,
                                      const Texts& texts);

}  // namespace plumb
