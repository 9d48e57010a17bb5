// A lesson: steps in which a room looks at scenarios, touches a few fields of theirs, and guesses before a run shows.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// Where one looks from, when, and what is asked, in the words that a file has for them; each list is in its enum's order.
enum class LessonView { side, front, top, orbit };
inline constexpr std::array<std::string_view, 4> k_lesson_view_words = {"side", "front", "top", "orbit"};

/// `bottom`: the deepest on the feet. `exit`: the COM leaves the feet; the bottom where it never does. `play`: the run plays.
enum class LessonMoment { stand, bottom, exit, end, play };
inline constexpr std::array<std::string_view, 5> k_lesson_moment_words = {"stand", "bottom", "exit", "end",
                                                                          "play"};

enum class QuestionKind { outcome, number };
inline constexpr std::array<std::string_view, 2> k_question_kind_words = {"outcome", "number"};

/// What a room chooses from when asked how a run ends.
enum class OutcomeChoice { falls_backward, holds, falls_forward };
inline constexpr std::array<std::string_view, 3> k_outcome_choice_words = {"falls_backward", "holds",
                                                                           "falls_forward"};

/// The helps a question may ask the least change of: help_name() of the article's (sim/study/least_change.h).
inline constexpr std::array<std::string_view, 5> k_question_helps = {"counterweight", "wider_stance",
                                                                     "heel_wedge", "wall", "more_ankle"};

/// Postures that are planned and shown after the step's run.
inline constexpr std::array<std::string_view, 1> k_lesson_sequences = {"side_exit"};

struct LessonOverlays {
    bool com = true, base = true, plumb = true, margin = true;  ///< margin: the strip over time
    bool operator==(const LessonOverlays&) const = default;
};

/// A field the room may change, in the field's own unit.
struct LessonSlider {
    std::string field;
    double from = 0.0, to = 0.0;
    bool operator==(const LessonSlider&) const = default;
};

/// The right answer never stands in a file: of an outcome it is choice_of() the step's run, of a number find_least_change() of the
/// step's scenario.
struct LessonQuestion {
    std::string ask;
    QuestionKind kind = QuestionKind::outcome;
    std::string help{};           ///< of a number: one of k_question_helps
    std::string unit{};           ///< of a number: what is asked in; see units_per()
    double from = 0.0, to = 0.0;  ///< of a number: ends of the guesses [unit]
    bool operator==(const LessonQuestion&) const = default;
};

struct LessonStep {
    std::string mark{};  ///< "a": the statement it belongs to; several steps may share one
    std::string headline{};
    std::string
        text{};  ///< two or three sentences; the first one is the key sentence, which a handout quotes
    std::string look_at{};  ///< what to look at; may be empty
    std::string model{};    ///< what the model shows, and where physics qualifies the statement; may be empty
    std::string notes{};    ///< for who speaks; may be empty
    std::string scenario{};  ///< a name, or a path relative to the lesson's file
    std::string compare{};   ///< a second one, or empty
    std::vector<std::string> settings{}, compare_settings{};  ///< "field=value", the last of several wins
    LessonView view = LessonView::side;
    LessonMoment at = LessonMoment::play;
    LessonOverlays overlays{};
    bool muscles = false;  ///< the skin shows what is stretched
    std::vector<LessonSlider> sliders{};
    std::optional<LessonQuestion> question{};
    std::string sequence{};  ///< one of k_lesson_sequences, or empty
    bool journal = false;    ///< this step speaks of dose
    bool handout = false;    ///< its picture and key sentence stand in the handout
    bool operator==(const LessonStep&) const = default;
};

inline constexpr std::size_t k_most_lesson_steps = 40, k_most_lesson_settings = 20, k_most_lesson_sliders = 3;
/// Longest texts, in characters: what fits a projector's picture.
inline constexpr std::size_t k_longest_lesson_mark = 3, k_longest_lesson_headline = 60,
                             k_longest_lesson_text = 420, k_longest_lesson_look_at = 160,
                             k_longest_lesson_model = 300, k_longest_lesson_notes = 1200,
                             k_longest_lesson_ask = 160, k_longest_lesson_title = 80,
                             k_longest_lesson_about = 300;

struct LessonDef {
    std::string name;  ///< the file's own unless it says another
    std::string title;
    std::string about;              ///< for whom and what about; may be empty
    std::vector<LessonStep> steps;  ///< at least one
    bool operator==(const LessonDef&) const = default;
};

/// What the outcome (one of k_outcome_words) is among the three choices; nothing for a fall to the side and a slip. A fall that the wall
/// catches is a fall backward: the COM left the feet.
[[nodiscard]] std::optional<OutcomeChoice> choice_of(std::string_view outcome);

/// The field that a help changes, and what it may be asked in; the field's own unit comes first.
struct HelpField {
    std::string_view help, field;
    std::span<const std::string_view> units;
};
/// Of one of k_question_helps; nullptr for another word.
[[nodiscard]] const HelpField* help_field(std::string_view help);

/// How many of `unit` make one unit of the help's own field: 100 for "heel_wedge" in cm, 1 for "counterweight" in kg; 0 where the two do
/// not go together.
[[nodiscard]] double units_per(std::string_view help, std::string_view unit);

/// The steps of a handout: those that say so; where none does, the first of each mark.
[[nodiscard]] std::vector<std::size_t> handout_steps(const LessonDef& lesson);

}  // namespace plumb
