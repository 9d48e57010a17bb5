// `plumbline report`: runs, recordings, runs' folders and studies as one document, or one each.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct ReportRequest {
    std::vector<std::string> subjects;  ///< scenarios, saved recordings, folders of runs and of studies
    std::vector<std::string> settings;  ///< "field=value", of every scenario
    std::string out;                    ///< .pdf or .html
    std::string data;                   ///< folder; "" with has_data false
    std::string units = "metric", paper = "a4", language = "en";
    std::string client, date, margin_m;
    bool has_data = false, has_client = false, has_date = false, has_margin = false;
    bool no_adapt = false, no_ladder = false, no_interval = false;
    bool each = false, drawings = false, one_page = false;
    int threads = 0;
    std::string command;  ///< the words as typed, without the client
};

/// Adds the word with its options; its parsing fills `request`. `arguments`: main's own.
CLI::App* add_report_word(CLI::App& app, ReportRequest& request, const std::vector<std::string>& arguments);

/// Everything is read and checked before the first run. Interrupted, it writes what was finished and ends as by Ctrl-C.
void write_reports(const ReportRequest& request);

}  // namespace plumb
