// The journal in the window: off until somebody asks for it, then entries, the next dose, export and delete.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_shown_entries = 6;

/// "2026-11-02  full, 5 times 20 s  night fine, morning stiff but fine"
std::string entry_words(const JournalEntry& entry) {
    const auto felt = [](const std::optional<Felt>& f) {
        return f ? std::string(felt_words(*f)) : std::string("?");
    };
    return entry.day + "  " + entry.setting + ": " + depth_name(entry.depth) + ", "
           + std::to_string(entry.repetitions) + " times " + fixed_text(entry.hold_s, 0) + " s; night "
           + felt(entry.felt_night) + ", morning " + felt(entry.felt_morning);
}

/// One of four words, or none yet.
void felt_choice(const char* label, std::optional<Felt>& felt) {
    ui::panel(label);
    ImGui::TextUnformatted(label);
    for (const Felt one : k_felts) {
        ImGui::SameLine();
        const std::string words = std::string(felt_words(one)) + "##" + label;
        if (ui::choice(words.c_str(), felt == one)) felt = one;
    }
    ui::panel("Journal");
}

}  // namespace

void Panels::journal_entry(Lab& lab) {
    JournalScreen& screen = *lab.journal_;
    JournalEntry& entry = screen.entry;
    const float width = 18.0f * ImGui::GetFontSize();
    // A day that is there comes back as it was written: how it felt is added, nothing lost.
    if (ui::text_field("Day (2026-11-28)", &entry.day, width))
        for (const JournalEntry& known : screen.entries)
            if (known.day == entry.day) entry = known;
    ui::text_field("Setting", &entry.setting, width);
    double repetitions = entry.repetitions;
    ImGui::TextUnformatted(("Repetitions: " + std::to_string(entry.repetitions)).c_str());
    if (ui::slider("Repetitions", &repetitions, 1.0, 50.0, std::to_string(entry.repetitions)))
        entry.repetitions = static_cast<int>(std::lround(repetitions));
    ImGui::TextUnformatted(("Seconds at the bottom: " + fixed_text(entry.hold_s, 0)).c_str());
    if (ui::slider("Seconds", &entry.hold_s, 0.0, 120.0, fixed_text(entry.hold_s, 0)))
        entry.hold_s = std::round(entry.hold_s);
    for (const auto& [label, depth] :
         {std::pair{"Half", DepthWord::half}, std::pair{"Parallel", DepthWord::parallel},
          std::pair{"All the way", DepthWord::full}}) {
        if (ui::choice(label, entry.depth == Depth{depth})) entry.depth = depth;
        ImGui::SameLine();
    }
    ImGui::NewLine();
    felt_choice("That night", entry.felt_night);
    felt_choice("Next morning", entry.felt_morning);
    const std::string problem = find_entry_problem(entry);
    if (!problem.empty()) ui::quiet(problem);
    const bool known =
        std::ranges::any_of(screen.entries, [&](const JournalEntry& e) { return e.day == entry.day; });
    if (problem.empty() && ui::main_button(known ? "Put in its place" : "Write down")) {
        Journal journal(lab.def_.journal);
        known ? journal.update(entry) : journal.add(entry);
        screen.entries = journal.list();
    }
}

void Panels::journal(Lab& lab) {
    LabViews& v = lab.views_;
    JournalScreen& screen = *lab.journal_;
    if (v.wanted_popup == "Journal") {
        ImGui::OpenPopup("Journal");
        v.wanted_popup.clear();
        screen.entries.clear();
        std::error_code error;
        screen.on = fs::exists(lab.def_.journal, error);
        screen.read = false;
    }
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.02f * size.y}, ImGuiCond_Always, {0.5f, 0.0f});
    const float em = ImGui::GetFontSize();
    ImGui::SetNextWindowSizeConstraints({34.0f * em, 0.0f}, {34.0f * em, 0.96f * size.y});
    if (!ImGui::BeginPopupModal("Journal", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) return;
    ui::panel("Journal");
    try {
        if (!screen.on) {
            ui::words("A journal of what you did and how it felt, on this computer and nowhere else. Nothing "
                      "is kept unless you begin "
                      "one.");
            if (ui::main_button("Begin a journal")) {
                std::error_code ignored;
                fs::create_directories(lab.def_.journal.parent_path(), ignored);
                Journal made(lab.def_.journal);
                screen.on = screen.read = true;
            }
        } else {
            if (!screen.read) screen.entries = Journal(lab.def_.journal, JournalUse::read).list();
            screen.read = true;
            const std::size_t count = screen.entries.size();
            for (std::size_t i = count > k_shown_entries ? count - k_shown_entries : 0; i < count; ++i) {
                ui::words(entry_words(screen.entries[i]));
                ui::note("Entry " + std::to_string(i + 1), entry_words(screen.entries[i]));
            }
            if (const auto dose = next_dose(screen.entries)) {
                const std::string words = "Next, not before " + dose->from_day + ": "
                                          + std::to_string(dose->repetitions) + " times "
                                          + fixed_text(dose->hold_s, 0) + " s. " + dose->why;
                ui::words(words);
                ui::note("Next", words);
            } else {
                ui::quiet(why_no_dose(screen.entries));
                ui::note("Next", "none");
            }
            ui::quiet(std::string(k_safety_note) + " " + k_dose_note);
            ImGui::Separator();
            journal_entry(lab);
            ImGui::Separator();
            if (ui::button("Export as table")) {
                const fs::path file = free_name("journal", ".csv");
                const bool good = write_whole(file, journal_csv(screen.entries));
                say(lab, (good ? "Written: " : "Cannot be written: ") + file.string(), !good);
            }
            ImGui::SameLine();
            if (ui::button("Delete all of it")) {
                delete_journal(lab.def_.journal);
                screen.entries.clear();
                screen.on = false;
                say(lab, "The journal is deleted");
            }
        }
    } catch (const std::exception& error) {
        say(lab, error.what(), true);
        ImGui::CloseCurrentPopup();
    }
    ImGui::SameLine();
    if (ui::button("Close")) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

}  // namespace plumb
