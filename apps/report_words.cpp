// Reads all, runs and searches side by side, draws, writes.
#include "apps/report_words.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>

#include <nlohmann/json.hpp>

#include "apps/cell_output.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/run_folder.h"
#include "apps/search_words.h"
#include "render/gl/stills.h"
#include "render/report/balance_report.h"
#include "render/report/cairo_painter.h"
#include "render/report/html_page.h"
#include "render/report/pdf_pages.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/base/threads.h"
#include "sim/base/whole_file.h"
#include "sim/engine/simulate.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/study/cell_store.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_client = 200, k_largest_summary = 16u << 20;
constexpr std::size_t k_most_subjects = 200;

/// One of what was asked for, read and checked.
struct Subject {
    ScenarioDef scenario{};
    std::shared_ptr<const Recording> recording{};  ///< of a saved one
    std::optional<nlohmann::json> summary{};       ///< of a run's folder: what its run said
    std::optional<ReportStudy> study{};
    std::string name;
};

bool is_recording(const fs::path& path) { return path.extension() == ".cbor"; }

Subject read_run_folder(const fs::path& folder) {
    Subject subject;
    subject.scenario = load_scenario(folder / "scenario.toml");
    const fs::path file = folder / "summary.json";
    std::error_code error;
    if (fs::exists(file, error)) {
        subject.summary =
            nlohmann::json::parse(read_input_file(file, {"summary", k_largest_summary}), nullptr, false);
        if (!subject.summary->is_object())
            throw InputError(printable(file.string(), 300) + ": is no summary of a run (JSON)");
    }
    return subject;
}

Subject read_study_folder(const fs::path& folder) {
    const fs::path study_file = folder / "study.toml";
    Subject subject;
    std::error_code error;
    if (!fs::exists(study_file, error))
        throw InputError(
            printable(folder.string(), 300)
            + ": lacks study.toml: give 'plumbline sweep' its words again, what is done is kept");
    ReportStudy study{folder.string(), load_study(study_file, folder), {}};
    const CellList list = cells_of(study.study);
    CellStore store = open_store(folder / k_sweep_database, list, folder.string());
    if (!store.is_complete())
        throw InputError(printable(folder.string(), 300)
                         + ": the study is not finished: give 'plumbline sweep' its words again");
    study.rows = store.rows();
    subject.name = study.study.def.name;
    subject.study = std::move(study);
    return subject;
}

Subject read_subject(const std::string& word, const std::vector<std::string>& settings) {
    std::error_code error;
    const fs::path path = word;
    Subject subject;
    const bool folder = fs::is_directory(path, error);
    if ((folder || is_recording(path)) && !settings.empty())
        throw InputError("--set goes with a scenario, not with " + in_quotes(word));
    if (folder && fs::exists(path / k_sweep_database, error)) return read_study_folder(path);
    if (folder && fs::exists(path / "scenario.toml", error)) {
        subject = read_run_folder(path);
    } else if (folder) {
        throw InputError(printable(word, 300)
                         + ": is neither the folder of a run (scenario.toml) nor of a study (sweep.sqlite)");
    } else if (is_recording(path)) {
        subject.recording = load_recording(path);
        subject.scenario = subject.recording->scenario;
    } else {
        subject.scenario = read_scenario(word, settings);
    }
    subject.name = subject.scenario.name;
    return subject;
}

/// What a reader of the folder's own summary must know: empty where this run is that one.
std::string remark_on(const Subject& subject, const Recording& recording, const Texts& texts) {
    if (!subject.summary) return "";
    const auto said = [&](const char* key) {
        const auto found = subject.summary->find(key);
        return found != subject.summary->end() && found->is_string() ? found->get<std::string>()
                                                                     : std::string();
    };
    if (said("input_hash") != recording.input_hash) return texts("report.other_inputs");
    if (said("state_hash") != recording.engine.state_hash)
        return texts("report.other_run", {{"program", printable(said("program"), 60)}});
    return "";
}

/// A still by OpenGL, or nothing where the system has none: said once.
class StillDrawer {
  public:
    explicit StillDrawer(bool drawings) : off_(drawings) {}
    std::shared_ptr<const Picture> operator()(const SceneBuilder& builder, std::size_t frame,
                                              const StillDef& def) {
        if (off_) return nullptr;
        if (!stills_) {
            try {
                stills_ = std::make_unique<Stills>(paint_over);
            } catch (const std::runtime_error& error) {
                off_ = true;
                std::fprintf(stderr, "no rendered stills, drawings instead: %s\n",
                             printable(error.what(), 300).c_str());
                return nullptr;
            }
        }
        return std::make_shared<const Picture>(stills_->still(builder, frame, def));
    }

  private:
    bool off_;
    std::unique_ptr<Stills> stills_;
};

std::string one_of(const char* option, const std::string& value, std::initializer_list<const char*> allowed) {
    std::string all;
    for (const char* word : allowed) {
        if (value == word) return value;
        all += (all.empty() ? "" : ", ") + std::string(word);
    }
    throw InputError(option + (" " + in_quotes(value)) + ": allowed " + all);
}

void check_client(const std::string& client) {
    if (first_line_not_utf8(client))
        throw InputError("--client " + in_quotes(client) + ": is not UTF-8 text");
    if (client.size() > k_longest_client)
        throw InputError("--client " + in_quotes(client) + ": allowed up to "
                         + std::to_string(k_longest_client) + " bytes");
    if (std::ranges::any_of(client, [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }))
        throw InputError("--client " + in_quotes(client) + ": holds a control character");
}

void check_date(const std::string& date) {
    int year = 0, month = 0, day = 0;
    char rest = 0;
    const bool shaped =
        date.size() == 10 && std::sscanf(date.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3;
    const std::chrono::year_month_day at{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
    if (!shaped || year < 1970 || !at.ok())
        throw InputError("--date " + in_quotes(date) + ": allowed a day as 2026-11-28, from 1970 on");
}

/// "report.pdf" -> "report_2_able.pdf"
std::string own_file(const fs::path& out, std::size_t number, const std::string& name) {
    return (out.parent_path()
            / (out.stem().string() + "_" + std::to_string(number) + "_" + file_word(name)
               + out.extension().string()))
        .string();
}

/// A word as a shell takes it.
std::string shell_word(const std::string& word) {
    const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0
               || std::string_view("_-./=:,+@").find(c) != std::string_view::npos;
    });
    if (plain) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

/// Names, numbers, curves: everything a report shows, as files.
std::vector<OutputFile> data_files(const BalanceReport& report, const Texts& texts, const std::string& lead) {
    std::vector<OutputFile> files = {{lead + "numbers.csv", numbers_csv(report.numbers)},
                                     {lead + "dictionary.csv", dictionary_csv(report, texts)}};
    for (const DataFile& file : report.data) files.push_back({lead + file.name, file.bytes});
    return files;
}

class ReportWork {
  public:
    ReportWork(const ReportRequest& request, std::vector<Subject> subjects, const Texts& texts)
        : request_(request),
          subjects_(std::move(subjects)),
          texts_(texts),
          stills_(std::make_shared<StillDrawer>(request.drawings)),
          html_(fs::path(request.out).extension() == ".html") {
        options_.intervals = !request.no_interval;
        options_.adapt = !request.no_adapt;
        options_.ladder = !request.no_ladder;
        if (request.has_margin) options_.margin_m = read_margin(request.margin_m);
        facts_.resize(subjects_.size());
    }

    /// Runs and searches, on all threads; what is finished of reports of their own is written at once.
    void gather(const std::atomic<bool>* stopped) {
        const auto count = static_cast<int>(subjects_.size());
        SearchProgress progress;
        std::vector<double> done(subjects_.size(), 0.0);
        std::mutex lock;
        on_threads(std::min(count, thread_count(request_.threads)), count, stopped, [&](int i) {
            const auto at = static_cast<std::size_t>(i);
            const auto tell = [&](double share) {
                double sum = 0.0;
                {
                    const std::lock_guard held(lock);
                    done[at] = std::max(done[at], share);
                    for (const double one : done) sum += one;
                }
                progress.tell(sum / count);
            };
            const Subject& subject = subjects_[at];
            if (!subject.study) {
                auto recording = subject.recording ? subject.recording : simulate(subject.scenario);
                const std::string remark = remark_on(subject, *recording, texts_);
                facts_[at] = gather_facts(std::move(recording), options_, tell, stopped);
                facts_[at]->remark = remark;
            }
            tell(1.0);
        });
        progress.end();
    }

    /// Number of reports written.
    std::size_t write() {
        if (!request_.each) {
            ReportInput input = begin();
            for (std::size_t i = 0; i < subjects_.size(); ++i) add_to(input, i);
            if (input.runs.empty() && input.studies.empty()) return 0;
            write_one(input, request_.out, "");
            return 1;
        }
        std::size_t written = 0;
        for (std::size_t i = 0; i < subjects_.size(); ++i) {
            ReportInput input = begin();
            add_to(input, i);
            if (input.runs.empty() && input.studies.empty()) continue;
            write_one(input, own_file(request_.out, i + 1, subjects_[i].name),
                      std::to_string(i + 1) + "_" + file_word(subjects_[i].name) + "_");
            ++written;
        }
        return written;
    }

  private:
    [[nodiscard]] ReportInput begin() const {
        ReportInput input;
        input.client = request_.client;
        input.date = request_.date;
        input.command = request_.command;
        input.moments = html_ ? k_report_moments : 0;
        return input;
    }

    void add_to(ReportInput& input, std::size_t i) {
        if (subjects_[i].study)
            input.studies.push_back(*subjects_[i].study);
        else if (facts_[i])
            input.runs.push_back(std::move(*facts_[i]));
    }

    void write_one(const ReportInput& input, const std::string& file, const std::string& lead) {
        const ReadUnits units = request_.units == "imperial" ? ReadUnits::imperial : ReadUnits::metric;
        const BalanceReport report = balance_report(
            input, texts_, units, [stills = stills_](const auto&... given) { return (*stills)(given...); });
        const std::string bytes =
            html_ ? html_of(report.document)
                  : pdf_of(report.document, request_.paper == "letter" ? Paper::letter : Paper::a4);
        write_whole_files({{"-o", file, bytes}});
        if (request_.has_data) write_run_folder(request_.data, data_files(report, texts_, lead));
        put("Wrote " + printable(file, 300)
            + (request_.has_data ? ", its numbers to " + printable(request_.data, 300) : std::string())
            + "\n");
    }

    const ReportRequest& request_;
    std::vector<Subject> subjects_;
    const Texts& texts_;
    std::shared_ptr<StillDrawer> stills_;
    bool html_;
    GatherOptions options_;
    std::vector<std::optional<ReportFacts>> facts_;
};

}  // namespace

CLI::App* add_report_word(CLI::App& app, ReportRequest& request, const std::vector<std::string>& arguments) {
    CLI::App* const report = app.add_subcommand("report", "Write a balance report: PDF or one HTML file");
    report
        ->add_option(
            "SUBJECT", request.subjects,
            "Scenarios as for run, saved recordings (.cbor), folders of 'run --out' and 'sweep --out'")
        ->required();
    CLI::Option* const set = add_settings(*report);
    report->add_option("-o,--out", request.out, "The report's file, .pdf or .html")->required();
    report->add_flag("--each", request.each, "A report for each subject: FILE_1_name.pdf ...")
        ->disable_flag_override();
    CLI::Option* const client =
        report->add_option("--client", request.client, "A name for the title; stands nowhere else");
    CLI::Option* const date =
        report->add_option("--date", request.date, "A day for the title, 2026-11-28 (none)");
    report->add_option("--units", request.units, "metric or imperial")->capture_default_str();
    report->add_option("--paper", request.paper, "Of a PDF: a4 or letter")->capture_default_str();
    report->add_option("--language", request.language, "A file of assets/texts")->capture_default_str();
    CLI::Option* const data =
        report->add_option("--data", request.data, "Folder for every number shown, with a dictionary");
    CLI::Option* const margin = report->add_option("--margin", request.margin_m, k_margin_help);
    report->add_flag("--no-adapt", request.no_adapt, "Leave out what would help (faster)")
        ->disable_flag_override();
    report->add_flag("--no-ladder", request.no_ladder, "Leave out the ladder (faster)")
        ->disable_flag_override();
    report->add_flag("--no-interval", request.no_interval, "Leave out how far numbers may be off (faster)")
        ->disable_flag_override();
    report
        ->add_flag("--drawings", request.drawings,
                   "Plain drawings instead of rendered stills (smaller files)")
        ->disable_flag_override();
    add_threads(*report, request.threads);
    report->callback([=, &request] {
        request.settings = set->results();
        request.has_client = client->count() > 0;
        request.has_date = date->count() > 0;
        request.has_data = data->count() > 0;
        request.has_margin = margin->count() > 0;
        refuse_dash("--out", request.out);
        if (request.has_data) refuse_dash("--data", request.data);
        // The name stays in this document's title: not in the words that make it again.
        request.command = "./plumb";
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            if (arguments[i] == "--client") {
                ++i;
                continue;
            }
            if (!arguments[i].starts_with("--client=")) request.command += " " + shell_word(arguments[i]);
        }
    });
    return report;
}

void write_reports(const ReportRequest& request) {
    if (request.subjects.size() > k_most_subjects)
        throw InputError(std::to_string(request.subjects.size()) + " subjects: allowed up to "
                         + std::to_string(k_most_subjects));
    const std::string end = fs::path(request.out).extension().string();
    if (end != ".pdf" && end != ".html")
        throw InputError("--out " + in_quotes(request.out) + ": a report ends in .pdf or .html");
    (void)one_of("--units", request.units, {"metric", "imperial"});
    (void)one_of("--paper", request.paper, {"a4", "letter"});
    if (request.has_margin) (void)read_margin(request.margin_m);
    if (request.has_client) check_client(request.client);
    if (request.has_date) check_date(request.date);
    const Texts texts = Texts::read(texts_folder(), request.language);
    std::vector<Subject> subjects;
    for (const std::string& word : request.subjects) subjects.push_back(read_subject(word, request.settings));
    for (std::size_t i = 0; i < subjects.size(); ++i)
        check_whole_file(
            {"--out", request.each ? own_file(request.out, i + 1, subjects[i].name) : request.out});
    if (request.has_data) check_run_folder(request.data, {"numbers.csv", "dictionary.csv"}, "--data");

    const std::atomic<bool>* const stopped = stop_on({SIGINT, SIGTERM});
    ReportWork work(request, std::move(subjects), texts);
    work.gather(stopped);
    if (work.write() == 0)
        std::fputs("stopped before the first run was finished: nothing was written\n", stderr);
    end_if_stopped();
}

}  // namespace plumb
