// The balance report: everything known of one or more runs and studies as a document (docs/report.md).
#pragma once

#include <string>
#include <vector>

#include "render/report/report_facts.h"
#include "render/report/report_writer.h"
#include "sim/study/cell.h"

namespace plumb {

/// A finished study: every cell is there.
struct ReportStudy {
    std::string folder;  ///< as the user named it
    LoadedStudy study;
    std::vector<CellRow> rows;
};

struct ReportInput {
    std::vector<ReportFacts> runs;  ///< two of them are compared
    std::vector<ReportStudy> studies;
    std::string client{};        ///< a name for the title; stands nowhere else
    std::string date{};          ///< "2026-11-28", or empty: none is shown
    std::string command{};       ///< the words that make this report again
    std::string command_note{};  ///< what must be done first; may be empty
    int moments = 0;             ///< stills of the whole movement for a slider; 0: none
};

/// Stills of a page on screen.
inline constexpr int k_report_moments = 12;

struct BalanceReport {
    Document document;
    std::vector<ReportNumber> numbers;  ///< every number in it, as it was said
    std::vector<DataFile> data;         ///< the curves of its figures
};

/// The same input and texts give the same document. There is at least one run or study.
[[nodiscard]] BalanceReport balance_report(const ReportInput& input, const Texts& texts, ReadUnits units,
                                           StillMaker stills);

/// dictionary.csv: name, unit, meaning of every number and data file of a report.
[[nodiscard]] std::string dictionary_csv(const BalanceReport& report, const Texts& texts);

}  // namespace plumb
