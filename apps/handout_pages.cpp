// Chooses moments, draws room to write, puts sentences in order.
#include "apps/handout_pages.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/run_text.h"
#include "render/scene/theme.h"
#include "sim/balance/assessment.h"
#include "sim/balance/events.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr int k_columns = 3;
constexpr std::size_t k_most_on_first = 5;  ///< questions that fit below two rows of pictures
constexpr int k_still_width = 620, k_still_height = 410;
constexpr double k_legend_overlay = 0.68;  ///< its words stay clear of the body
constexpr double k_still_overlay =
    1.2;  ///< lines and marks of a small picture: wider than its height asks for

std::size_t end_of_hold(const Recording& recording) {
    const auto& frames = recording.frames;
    for (std::size_t i = frames.size(); i-- > 0;)
        if (frames[i].phase == Phase::hold) return i;
    return frames.size() - 1;
}

/// Of a run that plays: where it rests on the wall, where balance is lost, or the deepest.
std::size_t telling_frame(const Recording& recording, const Events& events, Outcome outcome) {
    if (outcome == Outcome::caught_by_wall || outcome == Outcome::leaning_on_wall
        || outcome == Outcome::blocked_by_wall)
        return end_of_hold(recording);
    // Turned as far as it goes, where it turns.
    if (recording.scenario.movement.rotation_cycles > 0 && !events.fell) {
        const auto turn = [](const Frame& frame) { return std::abs(frame.pose.joints[dof_lumbar_rotation]); };
        const auto most = std::ranges::max_element(recording.frames, {}, turn);
        return static_cast<std::size_t>(most - recording.frames.begin());
    }
    return events.exit_frame.value_or(events.deepest_frame);
}

std::size_t frame_of(LessonMoment at, const Recording& recording, Outcome outcome) {
    const Events events = find_events(recording);
    switch (at) {
    case LessonMoment::stand: return 0;
    case LessonMoment::bottom: return events.deepest_frame;
    case LessonMoment::exit: return events.exit_frame.value_or(events.deepest_frame);
    case LessonMoment::end: return recording.frames.size() - 1;
    case LessonMoment::play: break;
    }
    return telling_frame(recording, events, outcome);
}

View view_of(LessonView view) {
    switch (view) {
    case LessonView::front: return View::front;
    case LessonView::top: return View::top;
    case LessonView::orbit: return View::orbit;
    case LessonView::side: break;
    }
    return View::side;
}

/// Nearer than the view's own where the person is low: a squat fills half of what standing does. Beside the legend of what is stretched
/// there is room on the left.
Camera close_camera(View view, const Recording& recording, std::size_t frame, bool legend) {
    constexpr double k_low = 0.25, k_nearer = 0.72, k_beside_legend = 0.86;
    const double stature_m = recording.scenario.person.stature_m;
    Camera camera = view_camera(view, stature_m, double(k_still_width) / k_still_height);
    const bool sideways = view == View::side;
    if (legend) {
        camera.distance_m *= k_beside_legend;
        camera.target_m.z() = 0.4 * stature_m;
        camera.target_m.x() = sideways ? -0.2 * stature_m : camera.target_m.x();
    } else if (view != View::top && recording.frames[frame].hip_drop > k_low) {
        camera.distance_m *= k_nearer;
        camera.target_m.z() = 0.34 * stature_m;
        camera.target_m.x() = sideways ? 0.08 * stature_m : camera.target_m.x();
    }
    return camera;
}

StillDef still_of(const LessonStep& step, const Recording& recording, std::size_t frame) {
    StillDef def = report_still(view_of(step.view), k_still_width, k_still_height);
    def.options.com = step.overlays.com || step.overlays.plumb;
    def.options.bases = step.overlays.base;
    def.options.muscles = step.muscles;
    def.overlay_scale = step.muscles ? k_legend_overlay : k_still_overlay;
    def.camera = close_camera(def.view, recording, frame, step.muscles);
    return def;
}

/// "(b) "
std::string marked(const LessonStep& step) { return "(" + step.mark + ") "; }

std::string unit_words(const std::string& unit) { return unit == "deg" ? "\u00b0" : unit; }

/// Boxes to tick, in a row.
Figure outcome_boxes(const Texts& say) {
    std::array<std::string, k_outcome_choice_words.size()> words;
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = say("handout." + std::string(k_outcome_choice_words[i]));
    Figure figure;
    figure.alt = say("handout.boxes_alt", {{"choices", words[0] + ", " + words[1] + ", " + words[2]}});
    figure.width_over_height = 30.0;
    figure.text_heights = 2.2;
    figure.paint = [words](Painter& painter, const Box& box, double text_px) {
        const Theme& theme = light_theme();
        const double side = 1.1 * text_px, top = box.top + 0.5 * (box.height - side);
        double left = box.left;
        for (const std::string& word : words) {
            const std::array<Point, 5> square = {{{left, top},
                                                  {left + side, top},
                                                  {left + side, top + side},
                                                  {left, top + side},
                                                  {left, top}}};
            painter.line(square, theme.quiet_text, 0.09 * text_px);
            painter.text({left + 1.7 * text_px, box.top + 0.5 * box.height}, word, theme.text,
                         {.size_px = 1.1 * text_px, .down = Align::middle});
            left += box.width / static_cast<double>(words.size());
        }
    };
    return figure;
}

/// "My guess: ______ kg    Found: ______ kg"
Figure number_blanks(const Texts& say, const std::string& unit) {
    constexpr double k_blank = 9.0;  // in text heights
    const std::array<std::string, 2> words = {say("handout.my_guess"), say("handout.found")};
    Figure figure;
    figure.alt = say("handout.blanks_alt", {{"unit", unit}});
    figure.width_over_height = 30.0;
    figure.text_heights = 2.2;
    figure.paint = [words, unit](Painter& painter, const Box& box, double text_px) {
        const Theme& theme = light_theme();
        const TextStyle style{.size_px = 1.1 * text_px, .down = Align::middle};
        const double middle = box.top + 0.5 * box.height, low = box.top + box.height - 0.3 * text_px;
        double left = box.left;
        for (const std::string& word : words) {
            painter.text({left, middle}, word, theme.text, style);
            left += painter.text_size(word, style).x + 0.6 * text_px;
            const double end = left + k_blank * text_px;
            const std::array<Point, 2> rule = {{{left, low}, {end, low}}};
            painter.line(rule, theme.quiet_text, 0.07 * text_px);
            painter.text({end + 0.5 * text_px, middle}, unit, theme.text, style);
            left = end + 0.5 * text_px + painter.text_size(unit, style).x + 4.0 * text_px;
        }
    };
    return figure;
}

/// Rows for the days after, with their heads.
Figure dose_rows(const Texts& say) {
    constexpr int k_rows = 3;
    constexpr std::array<double, 4> k_shares = {0.14, 0.34, 0.26, 0.26};
    const std::array<std::string, 4> heads = {say("handout.date"), say("handout.what"), say("handout.night"),
                                              say("handout.morning")};
    Figure figure;
    figure.alt =
        say("handout.rows_alt", {{"heads", heads[0] + ", " + heads[1] + ", " + heads[2] + ", " + heads[3]}});
    figure.width_over_height = 6.0;
    figure.text_heights = 1.8 + 2.3 * k_rows;
    figure.paint = [heads, k_shares](Painter& painter, const Box& box, double text_px) {
        const Theme& theme = light_theme();
        double left = box.left;
        for (std::size_t i = 0; i < heads.size(); ++i) {
            painter.text({left + (i == 0 ? 0.0 : 0.6 * text_px), box.top}, heads[i], theme.quiet_text,
                         {.size_px = text_px, .bold = true});
            if (i > 0) {
                const std::array<Point, 2> rule = {{{left, box.top}, {left, box.top + box.height}}};
                painter.line(rule, theme.border, 0.06 * text_px);
            }
            left += k_shares[i] * box.width;
        }
        const double row = (box.height - 1.8 * text_px) / k_rows;
        for (int i = 0; i <= k_rows; ++i) {
            const double y = box.top + 1.7 * text_px + row * i;
            const std::array<Point, 2> rule = {{{box.left, y}, {box.left + box.width, y}}};
            painter.line(rule, theme.quiet_text, 0.07 * text_px);
        }
    };
    return figure;
}

Document document_of(const Texts& say, const std::string& title, const std::string& subject) {
    Document document;
    document.title = title;
    document.subject = say(subject);
    document.language = say.language();
    document.program = std::string("plumbline ") + PLUMBLINE_VERSION;
    document.foot = say("report.foot");
    document.page_of = say("report.page_of", {{"page", "{page}"}, {"pages", "{pages}"}});
    return document;
}

/// "counterweight.mass_kg 0 to 12"
std::string slider_words(const LessonSlider& slider, const Texts& say) {
    const Field<ScenarioDef>& field = *find_field(slider.field);
    return say.field(field.name, field.unit) + " "
           + say("handout.range", {{"from", number_text(slider.from)},
                                   {"to", number_text(slider.to)},
                                   {"unit", unit_words(field.unit)}});
}

std::string joined(const std::vector<std::string>& all, const char* between = ", ") {
    std::string text;
    for (const std::string& one : all) text += (text.empty() ? "" : between) + one;
    return text;
}

std::string with_settings(const std::string& name, const std::vector<std::string>& settings) {
    return settings.empty() ? name : name + " (" + joined(settings) + ")";
}

/// What runs, and how it is looked at.
std::string shown_words(const LessonStep& step, const Texts& say) {
    std::vector<std::string> parts = {with_settings(step.scenario, step.settings)};
    if (!step.compare.empty())
        parts.push_back(
            say("handout.beside", {{"second", with_settings(step.compare, step.compare_settings)}}));
    parts.push_back(say("handout.looked_at",
                        {{"view", std::string(k_lesson_view_words[static_cast<std::size_t>(step.view)])},
                         {"at", std::string(k_lesson_moment_words[static_cast<std::size_t>(step.at)])}}));
    if (step.muscles) parts.push_back(say("handout.muscles"));
    if (!step.sequence.empty()) parts.push_back(say("handout." + step.sequence));
    if (step.journal) parts.push_back(say("handout.journal"));
    return joined(parts, "; ");
}

std::string guesses(const LessonQuestion& question, const Texts& say) {
    if (question.kind == QuestionKind::number)
        return say("handout.guesses",
                   {{"range", say("handout.range", {{"from", number_text(question.from)},
                                                    {"to", number_text(question.to)},
                                                    {"unit", unit_words(question.unit)}})}});
    std::vector<std::string> words;
    for (const std::string_view word : k_outcome_choice_words)
        words.push_back(say("handout." + std::string(word)));
    return joined(words) + "?";
}

/// "58 cm: 17 cm wider stance (...)", "stays on the feet: goes down and up in balance"
std::string answer_words(const LessonQuestion& question, const LessonAnswer& answer, const Texts& say) {
    std::string lead;
    if (question.kind == QuestionKind::outcome)
        lead = answer.choice ? say(
                   "handout." + std::string(k_outcome_choice_words[static_cast<std::size_t>(*answer.choice)]))
                             : say("handout.none_of_these");
    else if (answer.value)
        lead = number_text(std::round(*answer.value * 1e4) / 1e4) + " " + question.unit;
    const bool twice = answer.words.starts_with(lead);
    return say("handout.answer", {{"answer", twice ? answer.words : lead + ": " + answer.words}});
}

NoteBox safety_note(const Texts& say) {
    NoteBox note{say("safety.title"), {}};
    for (const char* const key : {"not_medical", "hip", "space", "side", "dose"})
        note.lines.push_back(say(std::string("safety.") + key));
    return note;
}

}  // namespace

Document handout_document(const LoadedLesson& lesson, const std::vector<StepFacts>& facts, const Texts& texts,
                          const StillMaker& stills) {
    ReportWriter writer(texts, ReadUnits::metric, stills);
    writer.document = document_of(texts, lesson.def.title, "handout.subject");
    writer.add(Heading{1, lesson.def.title});
    writer.paragraph(lesson.def.about, ParagraphStyle::quiet);

    std::vector<std::size_t> keys = handout_steps(lesson.def);
    keys.resize(std::min(keys.size(), k_most_handout_pictures));
    // Two pages as full as each other; whole rows on the first.
    const bool two = keys.size() > 6;
    const std::size_t half = two ? (keys.size() / 2 + k_columns - 1) / k_columns * k_columns : keys.size();
    std::size_t asked = 0;
    for (std::size_t first = 0; first < keys.size(); first += half) {
        const std::size_t end = std::min(first + half, keys.size());
        if (first > 0) writer.add(PageBreak{});
        std::vector<Figure> pictures;
        for (std::size_t i = first; i < end; ++i) {
            const LessonStep& step = lesson.def.steps[keys[i]];
            const Recording& recording = *facts[keys[i]].recording;
            const std::size_t frame = frame_of(step.at, recording, facts[keys[i]].assessment.outcome);
            pictures.push_back(writer.still(SceneBuilder(facts[keys[i]].recording), frame,
                                            still_of(step, recording, frame),
                                            marked(step) + first_sentence(step.text), step.headline));
        }
        writer.figures(std::move(pictures), k_columns);
        // Questions stand on the page of their step as long as there is room.
        std::size_t on_page = 0;
        const std::size_t last = end < keys.size() ? keys[end] : lesson.def.steps.size();
        for (; asked < last && (end == keys.size() || on_page < k_most_on_first); ++asked) {
            const LessonStep& step = lesson.def.steps[asked];
            if (!step.question) continue;
            if (on_page++ == 0) writer.add(Heading{3, texts("handout.guess_first")});
            writer.paragraph(marked(step) + step.question->ask);
            writer.figures({step.question->kind == QuestionKind::outcome
                                ? outcome_boxes(texts)
                                : number_blanks(texts, unit_words(step.question->unit))});
        }
    }
    if (std::ranges::any_of(lesson.def.steps, &LessonStep::journal)) {
        writer.add(Heading{3, texts("handout.days_after")});
        writer.figures({dose_rows(texts)});
    }
    writer.add(safety_note(texts));
    return std::move(writer.document);
}

Document notes_document(const LoadedLesson& lesson, const std::vector<StepFacts>& facts, const Texts& texts) {
    const std::string title = texts("handout.notes_title", {{"title", lesson.def.title}});
    Document document = document_of(texts, title, "handout.notes_subject");
    const auto say = [&](const std::string& text, ParagraphStyle style = ParagraphStyle::normal) {
        if (!text.empty()) document.blocks.emplace_back(Paragraph{text, style});
    };
    document.blocks.emplace_back(Heading{1, title});
    say(lesson.def.about, ParagraphStyle::quiet);
    document.blocks.emplace_back(safety_note(texts));
    for (std::size_t i = 0; i < lesson.def.steps.size(); ++i) {
        const LessonStep& step = lesson.def.steps[i];
        document.blocks.emplace_back(Heading{2, std::to_string(i + 1) + "  " + marked(step) + step.headline});
        say(step.text);
        BulletList list;
        const auto point = [&](const char* key, const std::string& text) {
            if (!text.empty()) list.items.push_back(texts(key, {{"text", text}}));
        };
        point("handout.say", step.notes);
        point("handout.look_at", step.look_at);
        point("handout.model", step.model);
        point("handout.run", first_sentence(facts[i].assessment.explanation));
        point("handout.shown", shown_words(step, texts));
        std::vector<std::string> sliders;
        for (const LessonSlider& slider : step.sliders) sliders.push_back(slider_words(slider, texts));
        point("handout.sliders", joined(sliders, "; "));
        document.blocks.emplace_back(std::move(list));
        if (step.question)
            document.blocks.emplace_back(NoteBox{
                step.question->ask,
                {guesses(*step.question, texts), answer_words(*step.question, *facts[i].answer, texts)}});
    }
    return document;
}

}  // namespace plumb
