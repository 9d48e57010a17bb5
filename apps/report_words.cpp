// Reads all, runs and searches side by side, draws, writes.
#include "apps/report_words.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>

#include "apps/cell_output.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/report_subjects.h"
#include "apps/run_folder.h"
#include "apps/search_words.h"
#include "apps/still_drawer.h"
#include "render/report/balance_report.h"
#include "render/report/html_page.h"
#include "render/report/one_page.h"
#include "render/report/pdf_pages.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/threads.h"
#include "sim/base/whole_file.h"
#include "sim/engine/simulate.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_client = 200;
constexpr std::size_t k_most_subjects = 200;

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
    const bool shaped = date.size() == 10 && date.find_first_not_of("0123456789-") == std::string::npos
                        && std::sscanf(date.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3;
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
    ReportWork(const ReportRequest& request, std::vector<ReportSubject> subjects, const Texts& texts)
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
        ready_.resize(subjects_.size(), false);
    }

    /// Runs and searches on all threads; what is found is drawn here meanwhile, and a report of its own written at once. The number
    /// of reports written.
    std::size_t run(const std::atomic<bool>* stopped) {
        std::future<void> found = std::async(std::launch::async, [&] {
            try {
                gather(stopped);
            } catch (...) {
                finish(subjects_.size());
                throw;
            }
            finish(subjects_.size());
        });
        std::size_t written = 0;
        for (std::size_t i = 0; i < subjects_.size(); ++i) {
            {
                std::unique_lock held(lock_);
                news_.wait(held, [&] { return ready_[i] || all_; });
            }
            if (stopped->load() && !request_.each) break;
            ReportInput input = begin();
            if (request_.each) {
                add_to(input, i);
                if (input.runs.empty() && input.studies.empty()) continue;
                write_one(input, own_file(request_.out, i + 1, subjects_[i].name),
                          std::to_string(i + 1) + "_" + file_word(subjects_[i].name) + "_");
                stills_->forget();
                ++written;
            } else if (facts_[i] && subjects_.size() > 1) {
                input.runs = {*facts_[i]};
                (void)compose(input);  // for its stills: they are kept
            }
        }
        found.get();
        if (request_.each) return written;
        ReportInput input = begin();
        for (std::size_t i = 0; i < subjects_.size(); ++i) add_to(input, i);
        if (input.runs.empty() && input.studies.empty()) return 0;
        write_one(input, request_.out, "");
        return 1;
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
            const ReportSubject& subject = subjects_[at];
            if (!subject.study) {
                auto recording = subject.recording ? subject.recording : simulate(subject.scenario);
                const std::string remark = remark_on(subject, *recording, texts_);
                facts_[at] = gather_facts(std::move(recording), options_, tell, stopped);
                facts_[at]->remark = remark;
            }
            tell(1.0);
            finish(at);
        });
        progress.end();
    }

    /// Of one subject, or of all where `i` is their number.
    void finish(std::size_t i) {
        const std::lock_guard held(lock_);
        (i < ready_.size() ? ready_[i] : all_) = true;
        news_.notify_all();
    }

    [[nodiscard]] BalanceReport compose(const ReportInput& input) {
        const ReadUnits units = request_.units == "imperial" ? ReadUnits::imperial : ReadUnits::metric;
        const auto drawn = [stills = stills_](const auto&... given) { return (*stills)(given...); };
        return request_.one_page ? one_page_report(input, texts_, units, drawn)
                                 : balance_report(input, texts_, units, drawn);
    }

    void add_to(ReportInput& input, std::size_t i) {
        if (subjects_[i].study)
            input.studies.push_back(*subjects_[i].study);
        else if (facts_[i])
            input.runs.push_back(std::move(*facts_[i]));
    }

    void write_one(const ReportInput& input, const std::string& file, const std::string& lead) {
        const BalanceReport report = compose(input);
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
    std::vector<ReportSubject> subjects_;
    const Texts& texts_;
    std::shared_ptr<StillDrawer> stills_;
    bool html_;
    GatherOptions options_;
    std::vector<std::optional<ReportFacts>> facts_;
    std::mutex lock_;
    std::condition_variable news_;
    std::deque<bool> ready_;  ///< by subject; under the lock, as is all_
    bool all_ = false;
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
    report->add_flag("--one-page", request.one_page, "One page of one run: verdict, helps, ladder, safety")
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
        // The name stays in this document's title: not in the words that make it again, nor a folder named after it.
        request.command = "./plumb";
        const auto add = [&](const std::string& word) { request.command += " " + shell_word(word); };
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const std::string& word = arguments[i];
            if (word == "--client") {
                ++i;
            } else if ((word == "-o" || word == "--out" || word == "--data") && i + 1 < arguments.size()) {
                add(word);
                add(fs::path(arguments[++i]).filename().string());
            } else if (!word.starts_with("--client=")) {
                add(word);
            }
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
    std::vector<ReportSubject> subjects;
    for (const std::string& word : request.subjects)
        subjects.push_back(read_report_subject(word, request.settings));
    if (request.one_page && (subjects.size() > 1 && !request.each))
        throw InputError("--one-page is of one run: give one subject, or --each");
    if (request.one_page
        && std::ranges::any_of(subjects, [](const ReportSubject& s) { return s.study.has_value(); }))
        throw InputError("--one-page is of a run, not of a study");
    for (std::size_t i = 0; i < subjects.size(); ++i)
        check_whole_file(
            {"--out", request.each ? own_file(request.out, i + 1, subjects[i].name) : request.out});
    if (request.has_data) check_run_folder(request.data, {"numbers.csv", "dictionary.csv"}, "--data");

    const std::atomic<bool>* const stopped = stop_on({SIGINT, SIGTERM});
    ReportWork work(request, std::move(subjects), texts);
    if (work.run(stopped) == 0)
        std::fputs("stopped before the first run was finished: nothing was written\n", stderr);
    end_if_stopped();
}

}  // namespace plumb
