// What `plumbline report` is given, read and checked: scenarios, saved recordings, folders of runs and of studies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "render/report/balance_report.h"

namespace plumb {

/// One of what was asked for, read and checked.
struct ReportSubject {
    ScenarioDef scenario{};
    std::shared_ptr<const Recording> recording{};  ///< of a saved one
    std::optional<nlohmann::json> summary{};       ///< of a run's folder: what its run said
    std::optional<ReportStudy> study{};
    std::string name;
};

/// Throws InputError. `settings` go with scenarios alone.
[[nodiscard]] ReportSubject read_report_subject(const std::string& word,
                                                const std::vector<std::string>& settings);

/// What a reader of the folder's own summary must know: empty where this run is that one.
[[nodiscard]] std::string remark_on(const ReportSubject& subject, const Recording& recording,
                                    const Texts& texts);

}  // namespace plumb
