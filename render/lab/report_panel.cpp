// The popup that asks for a report, and the writing of it once everything is found out.
#include <filesystem>

#include "render/gl/stills.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/cairo_painter.h"
#include "render/report/html_page.h"
#include "render/report/pdf_pages.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_client = 200;

bool is_report(const fs::path& path) { return path.extension() == ".pdf" || path.extension() == ".html"; }

}  // namespace

StillMaker Panels::make_stills() {
    auto renderer = std::make_shared<Renderer>();
    auto stills = std::make_shared<Stills>(*renderer, paint_over);
    return [renderer, stills](const SceneBuilder& builder, std::size_t frame, const StillDef& def) {
        return std::make_shared<const Picture>(stills->still(builder, frame, def));
    };
}

void Panels::report(Lab& lab) {
    LabViews& v = lab.views_;
    Session& session = lab.session_;
    if (v.wanted_popup == "Report") {
        v.path = (session.scenario().name.empty() ? "scenario" : session.scenario().name) + ".pdf";
        ImGui::OpenPopup("Report");
        v.wanted_popup.clear();
    }
    const float width = 32.0f * ImGui::GetFontSize();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.4f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    if (ImGui::BeginPopupModal("Report", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) {
        ui::panel("Report");
        const LabRun* const run = session.current();
        const LabRun* const other = session.compared();
        ui::words(other != nullptr
                      ? "A balance report of this run and the one it is compared with, as .pdf or .html:"
                      : "A balance report of this run, as .pdf or .html:");
        ui::text_field("File", &v.path, width);
        for (const char* ending : {".pdf", ".html"}) {
            if (ui::button(ending)) v.path = fs::path(v.path).replace_extension(ending).string();
            ImGui::SameLine();
        }
        ImGui::NewLine();
        ui::text_field("Name for the title", &v.report_client, width);
        ui::help("Stands in this report and nowhere else");
        ui::toggle("What would help and the ladder (a minute or two)", &v.report_searches);
        if (ui::main_button("Write report")) {
            const fs::path path = path_meant(v.path);
            if (!is_report(path)) {
                say(lab, "A report ends in .pdf or .html", true);
            } else if (v.report_client.size() > k_longest_client || first_line_not_utf8(v.report_client)) {
                say(lab, "The name has at most 200 bytes of text", true);
            } else if (run == nullptr || session.preview()) {
                say(lab, "The run is still being made", true);
            } else {
                ReportWish wish{
                    path, v.report_client, v.report_searches, {run->result.recording}, {run->pushed}};
                if (other != nullptr) {
                    wish.recordings.push_back(other->result.recording);
                    wish.pushed.push_back(other->pushed);
                }
                lab.report_->begin(std::move(wish));
                ImGui::CloseCurrentPopup();
            }
        }
        ImGui::SameLine();
        if (ui::button("Cancel")) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    if (lab.report_->working()) say(lab, "Report: " + percent_text(lab.report_->progress()));
    std::optional<ReportDesk::Done> done = lab.report_->poll();
    if (!done) return;
    const ReportWish& wish = done->wish;
    try {
        if (!done->problem.empty()) throw std::runtime_error(done->problem);
        const Texts texts = Texts::read(lab.def_.texts, "en");
        ReportInput input;
        input.client = wish.client;
        input.moments = wish.file.extension() == ".html" ? k_report_moments : 0;
        std::string files, words;
        for (const ReportFacts& facts : done->facts) {
            const std::string name = file_word(facts.name) + ".toml";
            files += (files.empty() ? "" : ", ") + name;
            words += " ./" + name;
        }
        input.command_note = texts("report.lab_saved", {{"files", files}});
        input.command = "./plumb report" + words + " -o " + file_word(wish.file.stem().string())
                        + wish.file.extension().string() + (wish.searches ? "" : " --no-adapt --no-ladder")
                        + (lab.settings_.imperial ? " --units imperial" : "");
        input.runs = std::move(done->facts);
        for (std::size_t i = 0; i < input.runs.size(); ++i)
            if (wish.pushed[i]) input.runs[i].remark = texts("report.pushed");
        const BalanceReport report = balance_report(
            input, texts, lab.settings_.imperial ? ReadUnits::imperial : ReadUnits::metric, make_stills());
        const bool good =
            write_whole(wish.file, wish.file.extension() == ".html" ? html_of(report.document)
                                                                    : pdf_of(report.document, Paper::a4));
        say(lab, (good ? "Written: " : "Cannot be written: ") + wish.file.string(), !good);
    } catch (const std::exception& error) {
        say(lab, std::string("No report: ") + error.what(), true);
    }
}

}  // namespace plumb
