// The right panel: what happened, what would help, readings, runs.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/run_charts.h"
#include "sim/balance/explain.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

void heading(const Fonts& fonts, const char* text) {
    ImGui::Spacing();
    ImGui::PushFont(fonts.bold);
    ImGui::TextUnformatted(text);
    ImGui::PopFont();
}

/// "43 to 61 cm for 9 of 10 people measured like this", and what nobody measured.
void interval_words(const LimitIntervals& intervals, const SquatPlan& plan) {
    const auto cm = [&](double drop) { return fixed_text(100.0 * drop * plan.model.body.leg_length_m, 0); };
    const std::string range = cm(intervals.sole.low) + " to " + cm(intervals.sole.high) + " cm";
    ui::quiet(range + " by what measuring misses");
    ui::help("9 of 10 of " + std::to_string(intervals.samples)
             + " bodies drawn again within the errors of ankle, closure, mass and usable heel");
    ui::note("Interval", range);
    if (!intervals.cannot_tell) return;
    ui::words("Cannot tell: the depth asked for lies in between"
              + (intervals.decided_by.empty()
                     ? std::string(".")
                     : "; it hangs most on " + intervals.decided_by + ", which nobody measured."));
}

void diagnosis_words(const Fonts& fonts, const Diagnosis& diagnosis) {
    ui::note("Diagnosis", diagnosis.kind);
    if (diagnosis.sentence.empty()) return;
    std::string text = with_degree_signs(diagnosis.sentence);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    // "Tight (calves)" stands out, the numbers follow.
    const size_t end = text.find(": it completes");
    ImGui::PushFont(fonts.bold);
    ui::words(end == std::string::npos ? text : text.substr(0, end));
    ImGui::PopFont();
    if (end != std::string::npos) ui::words("It completes" + text.substr(end + 14));
    if (diagnosis.need && !diagnosis.fixes.empty()) {
        const bool share = diagnosis.fixes.front().unit.empty();
        const auto shown = [&](double v) { return share ? percent_text(v) : fixed_text(v, 0) + "\u00b0"; };
        ui::quiet("The first: " + shown(diagnosis.need->low) + " to " + shown(diagnosis.need->high)
                  + " by what measuring misses");
    }
}

struct HelpWords {
    Help help;
    const char* button;
    const char* tip;
};
constexpr std::array<HelpWords, 5> k_help_words = {{
    {Help::wider_stance, "Wider stance",
     "The least width of stance with which this person completes the squat with a margin"},
    {Help::counterweight, "Hold a weight", "The least weight held out in front with which it is completed"},
    {Help::wall, "Wall behind", "The farthest wall that catches this person"},
    {Help::heel_wedge, "Heel wedge", "The lowest wedge under the heels with which it is completed"},
    {Help::more_ankle, "More ankle", "The least ankle dorsiflexion with which it is completed"},
}};

}  // namespace

Headline headline_of(Outcome outcome, const Theme& t) {
    std::string text = outcome_in_words(outcome);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    if (outcome == Outcome::completed) return {text, "OK", t.good};
    const bool down = outcome <= Outcome::slipped;
    return {text, down ? "X" : "!", down ? t.bad : t.warn};
}

void Panels::verdict(Lab& lab) {
    const Theme& t = theme(lab);
    Session& session = lab.session_;
    ui::panel("Verdict");
    const auto head = [&](const std::string& text, const char* sign, Rgba colour) {
        ImGui::PushFont(lab.fonts_.title);
        ImGui::PushStyleColor(ImGuiCol_Text, im_vec(colour));
        ui::words(std::string(sign) + (*sign != '\0' ? "  " : "") + text);
        ImGui::PopStyleColor();
        ImGui::PopFont();
        ui::note("Headline", text);
    };
    if (!session.trouble().empty()) {
        head("Cannot be run", "X", t.bad);
        ui::words(session.trouble());
        ui::note("Explanation", session.trouble());
    } else if (session.preview()) {
        head(session.simulating() ? "Simulating " + percent_text(session.progress()) : "Planning", "...",
             t.quiet_text);
        ui::quiet("Below is what the plan alone says.");
        ui::note("Explanation", "");
    } else if (const LabRun* run = session.current()) {
        const Assessment& a = run->result.assessment;
        const Headline h = headline_of(a.outcome, t);
        head(h.text, h.sign, h.colour);
        ui::note("Outcome", std::string(outcome_name(a.outcome)));
        if (a.com_exit) {
            const SquatPlan& of = run->result.recording->plan;
            // How far down says something only of the way down to a depth there is.
            const std::string where =
                a.com_exit->phase == Phase::descent && of.asked_reachable
                    ? percent_text(a.com_exit->hip_drop_fraction / std::max(of.asked_drop, 1e-6))
                          + " of the way down"
                    : phase_in_words(a.com_exit->phase);
            ui::words("Balance was lost at " + fixed_text(a.com_exit->time_s, 2) + " s, " + where
                      + ", over the " + std::string(edge_name(a.com_exit->edge)) + " edge.");
            if (ui::button("Go to that moment")) session.stand_at(a.com_exit->time_s);
        } else {
            ui::words(with_degree_signs(a.explanation.substr(0, a.explanation.find(". ") + 1)));
        }
    } else {
        head("No run yet", "", t.quiet_text);
    }
    if (const SquatPlan* plan = session.plan(); plan && session.trouble().empty()) {
        const auto limit = [&](const char* label, double drop) {
            ImGui::TextUnformatted(label);
            ImGui::SameLine();
            ImGui::PushFont(lab.fonts_.bold);
            // A depth out of reach is only extrapolated: a share of it says nothing.
            std::string words = fixed_text(100.0 * drop * plan->model.body.leg_length_m, 0) + " cm";
            const double asked = plan->heels_down_asked_drop;
            if (plan->asked_reachable && asked < 1.0)
                words += drop >= asked ? " (all the way)" : " (" + percent_text(drop / asked) + ")";
            ImGui::TextUnformatted(words.c_str());
            ImGui::PopFont();
            ui::note(label, words);
        };
        if (plan->heels_rise) ui::quiet("With the heels down:");
        limit("Balanced down to", plan->limit_sole.hip_drop_fraction);
        ui::help("Hips below standing, held still, the COM anywhere over the soles");
        const Findings* const findings = session.preview() ? nullptr : session.findings();
        if (findings && findings->intervals && findings->intervals->samples > 0)
            interval_words(*findings->intervals, *plan);
        limit("Comfortably to", plan->limit_functional.hip_drop_fraction);
        ui::help("Hips below standing, held still, the COM over the part of the feet people can really use");
        const LabRun* run = session.preview() ? nullptr : session.current();
        const Outcome outcome = run ? run->result.assessment.outcome : Outcome::completed;
        // Then it is not what binds a balanced posture.
        if (outcome == Outcome::cannot_rise || outcome == Outcome::blocked_by_wall) {
            ui::quiet(
                std::string(outcome == Outcome::cannot_rise ? "What stops the way up: " : "What stops it: ")
                + with_degree_signs(factor_in_words(run->result.assessment.limiting_factor,
                                                    run->result.recording->scenario)));
        } else if (!plan->limit_sole.limiting_factor.empty()) {
            const std::string factor = with_degree_signs(factor_in_words(
                plan->limit_sole.limiting_factor, session.resolved(), plan->limit_sole.limiting_side));
            ui::quiet((plan->limit_sole.hip_drop_fraction >= plan->heels_down_asked_drop
                           ? "What would stop it deeper: "
                           : "What stops it: ")
                      + factor);
            ui::note("Limiting factor", factor);
        }
    }
    if (const LabRun* run = session.current(); run && session.trouble().empty() && !session.preview()) {
        if (const Findings* findings = session.findings(); findings && findings->diagnosis)
            diagnosis_words(lab.fonts_, *findings->diagnosis);
        else if (session.finding())
            ui::quiet("Tight or weak? Looking...");
        const std::string& text = run->result.assessment.explanation;
        if (ui::button(lab.views_.in_full ? "In full v" : "In full >"))
            lab.views_.in_full = !lab.views_.in_full;
        if (lab.views_.in_full) ui::words(with_degree_signs(text));
        ui::note("Explanation", text);
    }
}

void Panels::helps(Lab& lab) {
    Session& session = lab.session_;
    ui::panel("Helps");
    heading(lab.fonts_, "What would help?");
    const HelpDesk& desk = session.helps();
    const HelpAnswer* applied = session.applied_help();
    const bool any = std::ranges::any_of(
        desk.answers(), [](const auto& answer) { return answer.second.finding == Finding::found; });
    if (applied && applied->change.finding == Finding::found) {
        ui::words("Done: " + with_degree_signs(applied->change.sentence) + ". Undo takes it back.");
        ui::quiet(with_degree_signs(applied->change.detail));
    } else if (applied) {
        ui::quiet(with_degree_signs(applied->change.sentence) + ".");
    } else if (any) {
        ui::quiet("Each change named here is enough (the wall: to be caught). A click makes it.");
    }
    const float width = 8.2f * ImGui::GetFontSize();
    for (const HelpWords& w : k_help_words) {
        if (ui::button(w.button, {width, 0.0f})) session.ask_help(w.help);
        ui::help(w.tip);
        const auto known = desk.answers().find(w.help);
        const LeastChange* change = known != desk.answers().end()        ? &known->second
                                    : applied && applied->help == w.help ? &applied->change
                                                                         : nullptr;
        if (change) ui::note(std::string("Answer ") + w.button, change->sentence);
        ImGui::SameLine();
        if (desk.wanted() == w.help)
            ui::quiet("looking...");
        else if (known == desk.answers().end())
            ui::quiet(desk.searching() ? "..." : "");
        else if (change->finding == Finding::found)
            ui::words(with_degree_signs(change->brief));
        else
            ui::quiet(change->brief);
        if (change) ui::help(with_degree_signs(change->sentence + ".\n" + change->detail));
    }
    if (desk.searching()) {
        if (ui::button("Stop")) session.stop_helps();
        ImGui::SameLine();
        ui::quiet("Looking for the least changes...");
    } else {
        pairs(lab);
    }
}

void Panels::pairs(Lab& lab) {
    Session& session = lab.session_;
    const HelpDesk& desk = session.helps();
    const LabRun* const run = session.current();
    if (const auto* const found = desk.pairs()) {
        constexpr std::size_t k_shown = 3;
        if (found->empty()) ui::quiet("No two changes that are each less than alone.");
        for (std::size_t i = 0; i < std::min(k_shown, found->size()); ++i) {
            const AdaptAnswer& pair = (*found)[i];
            if (ui::button(("Use " + std::to_string(i + 1)).c_str())) session.apply_pair(i);
            ImGui::SameLine();
            ui::words(with_degree_signs(pair.sentence));
            ui::help("Planned " + margin_in_words(pair.planned_min_margin_m)
                     + " the soles' edge; run and completed; with 5 % less of both it was not enough");
            ui::note("Pair " + std::to_string(i + 1), pair.sentence);
        }
    } else if (desk.pairing()) {
        const std::string words = percent_text(desk.pairs_progress());
        if (ui::button("Stop")) session.stop_helps();
        ImGui::SameLine();
        ui::quiet("Trying two together: " + words);
        ui::note("Pairing", words);
    } else if (run && !session.preview() && session.trouble().empty() && !run->pushed
               && run->result.assessment.outcome != Outcome::completed) {
        if (ui::button("Two together...")) session.ask_pairs();
        ui::help("The least two changes that do it together, each less than it must be alone: half a minute");
    }
}

void Panels::readings(Lab& lab) {
    Session& session = lab.session_;
    const LabRun* run = session.current();
    if (!run || session.preview()) return;
    ui::panel("Readings");
    heading(lab.fonts_, "At this moment");
    const Frame& frame = run->result.recording->frames[session.frame()];
    const auto reading = [&](const char* label, const std::string& text, const char* unit) {
        ImGui::BeginGroup();
        ui::quiet(label);
        ImGui::PushFont(lab.fonts_.big);
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopFont();
        ImGui::SameLine(0.0f, 3.0f);
        ImGui::TextDisabled("%s", unit);
        ImGui::EndGroup();
        ui::note(label, text);
    };
    const auto number = [&](const char* channel, const char* label, double factor, const char* unit) {
        const Channel* c = find_channel(channel);
        if (!c) return;
        const double value = factor * c->value(frame);
        const bool known = std::isfinite(value);  // lying on the floor there is no margin
        reading(label, known ? fixed_text(value, 0) : "none", known ? unit : "");
    };
    // Two legs that are alike bend alike.
    const auto& model = run->result.recording->plan.model;
    const auto of_legs = [&](Dof of_left, const char* both, const char* each) {
        const auto shown = [&](int dof) { return fixed_text(k_rad_to_deg * frame.pose.joints[dof], 0); };
        const std::string first = shown(of_left);
        if (model.body.mirrored)
            reading(both, first, "\u00b0");
        else
            reading(each, first + " / " + shown(of_left + k_right_offset), "\u00b0");
    };
    const float half = 0.5f * ImGui::GetContentRegionAvail().x;
    const float left = ImGui::GetCursorPosX();
    of_legs(dof_left_knee_flexion, "Knee flexion", "Knees, left / right");
    ImGui::SameLine(left + half);
    number("trunk_lean", "Trunk lean", 1.0, "\u00b0");
    of_legs(dof_left_ankle_dorsiflexion, "Ankle dorsiflexion", "Ankles, left / right");
    ImGui::SameLine(left + half);
    number("com_margin", "COM margin", 1000.0, "mm");
    // Where along the feet the COM is: heel to toe, the usable part shaded.
    const double heel = model.heel_edge_m[0], toe = model.toe_edge_m[0];
    const double share = (frame.com_m.x() - heel) / std::max(toe - heel, 1e-6);
    const Theme& t = theme(lab);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const double width = ImGui::GetContentRegionAvail().x, em = ImGui::GetFontSize();
    ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
    painter.box({at.x, at.y + 0.4 * em, width, 0.6 * em}, t.control, 0.3 * em);
    const auto& person = model.body.person;
    const auto x = [&](double s) { return at.x + width * (0.12 + 0.76 * s); };
    painter.box({x(person.functional_heel_fraction), at.y + 0.4 * em,
                 x(person.functional_toe_fraction) - x(person.functional_heel_fraction), 0.6 * em},
                t.base, 0.0);
    for (const double edge : {0.0, 1.0}) {
        const std::array<Point, 2> bar{Point{x(edge), at.y + 0.2 * em}, Point{x(edge), at.y + 1.2 * em}};
        painter.line(bar, t.text, 1.5, LineStyle::solid);
    }
    painter.circle({std::clamp(x(share), at.x + 0.0, at.x + width), at.y + 0.7 * em}, 0.42 * em,
                   share < 0.0 || share > 1.0 ? t.bad : t.text);
    painter.text({x(0.0), at.y + 1.3 * em}, "heel", t.quiet_text,
                 {0.75 * em, false, Align::middle, Align::start});
    painter.text({x(1.0), at.y + 1.3 * em}, "toe", t.quiet_text,
                 {0.75 * em, false, Align::middle, Align::start});
    ImGui::Dummy({static_cast<float>(width), static_cast<float>(2.4 * em)});
    ui::note("COM from heel", percent_text(share));
    ui::help("Where the centre of mass is over the feet; green is the part people can really use");
}

void Panels::runs(Lab& lab) {
    Session& session = lab.session_;
    LabViews& v = lab.views_;
    ui::panel("Runs");
    heading(lab.fonts_, "Runs");
    int remove = 0;
    for (auto run = session.runs().rbegin(); run != session.runs().rend(); ++run) {
        ImGui::PushID(run->number);
        const bool current = session.current() == &*run;
        const std::string number = std::to_string(run->number);
        const Headline h = headline_of(run->result.assessment.outcome, theme(lab));
        if (v.renaming == run->number) {
            if (ui::text_field("Name", &v.new_name, -1.0f)) {
                session.rename(run->number, v.new_name);
                v.renaming = 0;
            }
        } else {
            if (ImGui::Selectable((shown_name(*run) + "##run").c_str(), current)) session.select(run->number);
            ui::note("Run " + number, run->name);
            ui::help("Show this run; its scenario goes on the sliders");
        }
        ImGui::PushStyleColor(ImGuiCol_Text, im_vec(h.colour));
        ui::words(std::string(h.sign) + "  " + h.text);
        ImGui::PopStyleColor();
        if (!run->differs.empty()) ui::quiet(run->differs);
        bool kept = run->kept;
        if (ui::toggle(("Keep##" + number).c_str(), &kept)) session.keep(run->number, kept);
        ui::note("Keep " + number, kept ? "on" : "off");
        ImGui::SameLine();
        if (ImGui::SmallButton("Rename")) {
            v.renaming = run->number;
            v.new_name = run->name;
        }
        ui::note("Rename " + number, "");
        ImGui::SameLine();
        if (ImGui::SmallButton("Delete")) remove = run->number;
        ui::note("Delete " + number, "");
        if (!current) {
            ImGui::SameLine();
            const bool with = session.compared() == &*run;
            if (ImGui::SmallButton(with ? "Alone" : "Compare")) session.compare_with(with ? 0 : run->number);
            ui::note("Compare " + number, with ? "on" : "off");
        }
        ImGui::Separator();
        ImGui::PopID();
    }
    if (remove != 0) session.remove(remove);
    const LabRun *a = session.current(), *b = session.compared();
    if (!a || !b) return;
    heading(lab.fonts_, "What differs");
    if (ui::choice("Ghost", v.look.compare == CompareLook::ghost)) v.look.compare = CompareLook::ghost;
    ImGui::SameLine();
    if (ui::choice("Side by side", v.look.compare == CompareLook::beside))
        v.look.compare = CompareLook::beside;
    std::string words;
    const ScenarioDifferences d =
        compare_scenarios(b->result.recording->scenario, a->result.recording->scenario);
    for (const FieldDifference& f : d.changed) words += difference_sentence(f) + "\n";
    if (d.is_same()) words += "Both have the same inputs.\n";
    const RunDifferences r = compare_runs({*b->result.recording, b->result.assessment},
                                          {*a->result.recording, a->result.assessment});
    for (const std::string& sentence : r.sentences) words += sentence + "\n";
    const bool beside = v.look.compare == CompareLook::beside;
    ui::quiet("First" + std::string(beside ? " (left): " : " (ghost): ") + shown_name(*b) + ". Second"
              + (beside ? " (right): " : ": ") + shown_name(*a) + ".");
    ui::words(with_degree_signs(words));
    ui::note("What differs", words);
}

void Panels::fold(Lab& lab, const Box& place, bool shown) {
    const Theme& t = theme(lab);
    const float em = ImGui::GetFontSize();
    if (shown) {
        begin("Fold", place, t.page, false);
        ui::panel("Fold");
        if (ui::button("Hide >")) lab.views_.hide_right = true;
        ImGui::End();
        return;
    }
    ImGui::SetNextWindowPos({static_cast<float>(place.left), 2.7f * em}, ImGuiCond_Always, {1.0f, 0.0f});
    ImGui::Begin("Unfold", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize
                     | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground);
    ui::panel("Fold");
    const LabRun* run = lab.session_.current();
    if (run && !lab.session_.preview() && lab.session_.trouble().empty()) {
        const Headline h = headline_of(run->result.assessment.outcome, t);
        ImGui::PushStyleColor(ImGuiCol_Text, im_vec(h.colour));
        ImGui::AlignTextToFramePadding();
        ImGui::TextUnformatted((std::string(h.sign) + "  " + h.text).c_str());
        ImGui::PopStyleColor();
        ImGui::SameLine();
    }
    if (ui::button("Verdict <")) lab.views_.hide_right = false;
    ImGui::End();
}

void Panels::right(Lab& lab, const Box& place) {
    const Theme& t = theme(lab);
    const double em = ImGui::GetFontSize(), note_height = (place.width < 19.0 * em ? 6.4 : 5.2) * em;
    begin("Right", {place.left, place.top, place.width, place.height - note_height}, t.page);
    verdict(lab);
    helps(lab);
    readings(lab);
    runs(lab);
    ImGui::End();
    begin("Note", {place.left, place.top + place.height - note_height, place.width, note_height}, t.panel);
    ui::panel("Note");
    ui::quiet(k_safety_note);
    ui::note("Safety", k_safety_note);
    ImGui::End();
}

}  // namespace plumb
