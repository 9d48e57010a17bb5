// The run's own outcome, or a search.
#include "sim/study/lesson_answer.h"

#include <algorithm>
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/check.h"
#include "sim/study/least_change.h"

namespace plumb {

std::optional<LessonAnswer> lesson_answer(const LessonQuestion& question, const Recording& recording,
                                          const Assessment& assessment, const std::atomic<bool>* cancel) {
    LessonAnswer answer;
    if (!assessment.limiting_factor.empty())
        answer.cause = factor_in_words(assessment.limiting_factor, recording.scenario);
    if (question.kind == QuestionKind::outcome) {
        answer.choice = choice_of(outcome_name(assessment.outcome));
        answer.words = outcome_in_words(assessment.outcome);
        return answer;
    }
    const auto help = std::ranges::find(k_all_helps, question.help, [](Help h) { return help_name(h); });
    PLUMB_CHECK(help != k_all_helps.end(), "a help of the list");
    const LeastChange change = find_least_change(recording.scenario, *help, cancel);
    if (change.finding == Finding::cancelled) return std::nullopt;
    answer.words = change.sentence;
    const double per = units_per(question.help, question.unit);
    if (change.finding == Finding::found && change.to) answer.value = per * *change.to;
    if (change.finding == Finding::not_needed && change.from) answer.value = per * *change.from;
    return answer;
}

std::string choice_words(OutcomeChoice choice) {
    switch (choice) {
    case OutcomeChoice::falls_backward: return "falls backward";
    case OutcomeChoice::holds: return "holds";
    case OutcomeChoice::falls_forward: return "falls forward";
    }
    return "";
}

}  // namespace plumb
