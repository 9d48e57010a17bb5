// What the lab owns besides its session: a push under way, the person card's band, a film being made.
#pragma once

#include "render/lab/answer_book.h"
#include "render/lab/lab.h"
#include "render/lab/lesson_desk.h"
#include "render/lab/push.h"
#include "render/lab/report_desk.h"
#include "render/report/film.h"
#include "sim/study/journal.h"
#include "sim/study/limit_scale.h"

namespace plumb {

struct Lab::Push {
    bool on = false;  ///< dragging on the picture pulls at the body
    std::unique_ptr<LivePush> live;
    LivePush::Grip grip;
    Vector3 plane_m = Vector3::Zero();  ///< the hand moves in the plane through here, facing the eye
};

struct Lab::Card {
    explicit Card(const std::function<void()>& wake) : limits(wake) {}
    struct Limit {
        std::optional<LimitScale> scale;
        std::string problem;  ///< why there is none
    };
    AnswerBook<Limit> limits;
};

/// A person's journal: nothing is read or made before somebody asks.
struct JournalScreen {
    bool on = false;    ///< there is one
    bool read = false;  ///< entries are those of the file
    std::vector<JournalEntry> entries;
    JournalEntry entry;  ///< being written
};

/// A participant's turn.
struct TurnScreen {
    explicit TurnScreen(const std::function<void()>& wake) : desk(wake) {}
    bool on = false;
    TapeMeasures tape;
    ReportDesk desk;
    std::optional<Texts> texts;
    std::optional<ReportFacts> facts;
    std::string problem;
};

/// A lesson on the screen.
struct LessonScreen {
    explicit LessonScreen(const std::function<void()>& wake) : desk(wake) {}
    LessonDesk desk;
    struct Shown {  ///< what was put on the stage last
        std::size_t index = 0;
        LessonPhase phase = LessonPhase::read;
        bool staged = false;
        bool operator==(const Shown&) const = default;
    } shown;
    bool black = false;
    double zoom = 2.0;  ///< of text: a room reads it from the back
    double begun_s = 0.0;
    double guess = 0.0;
    std::size_t asked_at = SIZE_MAX;  ///< the step whose question the guess was set up for
    int own = 0, other = 0;           ///< numbers of the step's runs; other 0: none
    bool leaving = false;             ///< asks what becomes of the guesses
    ScenarioDef before;               ///< on the sliders when the lesson began
    bool looped = true;
    SceneLook looked;                  ///< the lab's own, put back in the end
    std::unique_ptr<Renderer> drawer;  ///< of planned postures
    std::vector<std::string> listed;   ///< lessons to choose from
};

struct Lab::Film {
    std::unique_ptr<FilmWriter> writer;
    double time_s = 0.0, end_s = 0.0;
    RunResult run;                   ///< of this one, whatever is looked at meanwhile ...
    std::optional<RunResult> other;  ///< ... beside or through this one ...
    SceneLook look;                  ///< ... and as the window showed it
};

}  // namespace plumb
