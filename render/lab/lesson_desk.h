// A lesson under way: where it stands, what the room guessed, what is right. No window, no drawing.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "render/lab/jobs.h"
#include "sim/plan/side_exit.h"
#include "sim/scenario/lesson_toml.h"
#include "sim/study/lesson_answer.h"

namespace plumb {

/// A step with a question asks first; what it lacks is left out.
enum class LessonPhase {
    ask,       ///< the question, and the room's guesses: before anything is given away
    watch,     ///< the run plays, sliders may be touched
    told,      ///< the answer beside the guesses, and what the model shows
    read,      ///< headline and text; where nothing is asked the first of all
    sequence,  ///< key posture after key posture
};

/// In the order of their words.
inline constexpr std::array k_outcome_choices = {OutcomeChoice::falls_backward, OutcomeChoice::holds,
                                                 OutcomeChoice::falls_forward};

/// Guesses go by whole steps of what is asked in: half a kilogram, a centimetre, half a degree.
[[nodiscard]] double guess_step(const LessonQuestion& question);
/// On a whole step, inside the question's range.
[[nodiscard]] double snapped_guess(const LessonQuestion& question, double value);

/// What a room guessed, without names.
struct LessonVotes {
    std::array<int, k_outcome_choice_words.size()> choices{};  ///< of a question for an outcome
    std::vector<double> numbers{};                             ///< of a question for a number
    bool operator==(const LessonVotes&) const = default;
    [[nodiscard]] int count() const;
};

/// What was found out about a step in the background.
struct StepFound {
    std::optional<RunResult> run, compare;
    std::optional<LessonAnswer> answer;
    std::optional<SideExit> exit;
    std::string problem;    ///< why there is less
    bool complete = false;  ///< the answer too: it takes longer than the runs
};

class LessonDesk {
  public:
    /// `wake` is called from another thread when something was found out; then call poll().
    explicit LessonDesk(const std::function<void()>& wake) : wake_(wake), worker_(wake) {}

    /// Begins a lesson at its first step; what the room guessed before is gone.
    void begin(LoadedLesson lesson);
    void end();
    [[nodiscard]] bool on() const { return lesson_.has_value(); }
    [[nodiscard]] const LoadedLesson& lesson() const { return *lesson_; }

    // ---- Where it stands
    [[nodiscard]] std::size_t index() const { return index_; }
    [[nodiscard]] LessonPhase phase() const { return phase_; }
    /// Of LessonPhase::sequence.
    [[nodiscard]] std::size_t posture() const { return posture_; }
    [[nodiscard]] const LessonStep& step() const { return lesson_->def.steps[index_]; }
    /// One phase on, or into the next step; stays at the very end.
    void next();
    void back();
    /// Whole steps: to the first phase of another one, as far as there is one.
    void go(std::size_t index);
    [[nodiscard]] bool at_start() const { return index_ == 0 && phase_ == phases_of(0).front(); }
    [[nodiscard]] bool at_end() const;

    // ---- Guesses
    /// Of the present step, while it asks: one more, or one less where there is one.
    void vote(OutcomeChoice choice, int by);
    /// Inside the question's range.
    void guess(double value);
    void take_back_guess();
    [[nodiscard]] const LessonVotes& votes() const { return votes_[index_]; }
    /// A table of all guesses with the answers that are known: step, question, answer, guesses. No names, no times.
    [[nodiscard]] std::string votes_csv() const;
    void discard_votes();
    [[nodiscard]] bool has_votes() const;

    // ---- What is found out
    /// Takes what is ready and goes on with the present step, then the one after it. True when something new is known.
    bool poll();
    /// Of the present step; nullptr while it is being worked out.
    [[nodiscard]] const StepFound* found() const;
    [[nodiscard]] bool working() const { return worker_.busy(); }

  private:
    [[nodiscard]] std::vector<LessonPhase> phases_of(std::size_t index) const;
    [[nodiscard]] std::size_t postures_of(std::size_t index) const;
    void ask_for(std::size_t index);
    struct Ready {
        int lesson = 0;
        std::size_t index = 0;
        StepFound found;
    };
    std::function<void()> wake_;
    std::optional<LoadedLesson> lesson_;
    int number_ = 0;  ///< of the lesson: what comes late from another is dropped
    std::size_t index_ = 0, posture_ = 0;
    LessonPhase phase_ = LessonPhase::read;
    std::vector<LessonVotes> votes_;
    std::map<std::size_t, StepFound> found_;
    std::optional<std::size_t> asked_;
    Mailbox<Ready> ready_;
    Worker worker_;  ///< last: its thread uses what is above
};

}  // namespace plumb
