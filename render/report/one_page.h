// The one-page report of one run: what a participant takes home.
#pragma once

#include "render/report/balance_report.h"

namespace plumb {

/// Verdict with its uncertainty, the least single changes, the ladder, the safety note: one page of A4 or Letter. The first run alone.
[[nodiscard]] BalanceReport one_page_report(const ReportInput& input, const Texts& texts, ReadUnits units,
                                            StillMaker stills);

}  // namespace plumb
