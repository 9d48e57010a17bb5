// The parts of a report, each written by one function; balance_report.cpp puts them in order.
#pragma once

#include <string>
#include <vector>

#include "render/report/balance_report.h"
#include "render/report/report_facts.h"
#include "render/report/report_writer.h"

namespace plumb {

// balance_report.cpp
/// A writer whose document has its title, language, foot and date.
[[nodiscard]] ReportWriter begin_report(const ReportInput& input, const Texts& texts, ReadUnits units,
                                        StillMaker stills);
/// "Client A · stiff_ankles · 2026-11-28"
[[nodiscard]] std::string report_subtitle(const ReportInput& input);

// report_result.cpp
/// That the verdict could turn with what was not measured; empty where it does not.
[[nodiscard]] std::string close_call_text(const ReportWriter& writer, const ReportFacts& facts);
/// "male, 30 years, 175 cm, 75 kg; ankles bend 18°"
[[nodiscard]] std::string person_text(ReportWriter& writer, const ReportFacts& facts);
/// The moment that decides: where the COM left, else the deepest.
[[nodiscard]] std::size_t deciding_frame(const Recording& recording);
/// Two sentences for who is not of the trade: what happens, and what decides it.
[[nodiscard]] std::string verdict_text(ReportWriter& writer, const ReportFacts& facts);
/// The large still, the verdict, and who squats in which setting.
void add_result(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder);
/// The numbers an overview's row shows.
void add_overview(ReportWriter& writer, const std::vector<ReportFacts>& runs);

// report_motion.cpp
/// Stills of the moments that matter. `moments`: more of them, for a slider; 0: none.
void add_movement(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder, int moments);
void add_balance(ReportWriter& writer, const ReportFacts& facts);

// report_body.cpp
/// Angles against ranges, moments against strength, what stretches, left and right, the wall.
void add_body(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder);

// report_help.cpp
/// Tight or weak.
void add_diagnosis(ReportWriter& writer, const ReportFacts& facts);
void add_adaptations(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder);
void add_ladder(ReportWriter& writer, const ReportFacts& facts);

/// The first `most` answers; of pairs there are no intervals.
[[nodiscard]] Table answers_table(ReportWriter& writer, const std::vector<AdaptAnswer>& answers,
                                  std::size_t most, bool pairs);
/// The ladder has rungs.
[[nodiscard]] Table ladder_table(ReportWriter& writer, const Ladder& ladder);
/// As it is and with the first changes, `most` of them, from the side.
void add_stills_after(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder,
                      std::size_t most);

// report_compare.cpp
/// Exactly what differs between two scenarios, and what that changed.
void add_comparison(ReportWriter& writer, const ReportFacts& first, const ReportFacts& second);

// report_study.cpp
void add_study(ReportWriter& writer, const ReportStudy& study);

// report_end.cpp
void add_safety(ReportWriter& writer);
void add_method(ReportWriter& writer, const ReportInput& input);

/// A margin chart of a fall ends 15 cm outside the feet: what a falling body does beyond says nothing of the squat. `per_m`: of the
/// chart's unit.
void stop_at_fall(Chart& chart, double per_m);

// Words that several of them use.
/// "21 mm inside", "9 mm outside"; noted under that name.
[[nodiscard]] std::string margin_phrase(ReportWriter& writer, const std::string& name, double margin_m);
/// A depth as hips below standing: "51 cm"; the drop is noted.
[[nodiscard]] std::string depth_phrase(ReportWriter& writer, const std::string& name, double drop,
                                       const Recording& recording);
/// The asked depth in words.
[[nodiscard]] std::string asked_phrase(const ReportWriter& writer, const ScenarioDef& scenario);
/// "Counterweight mass 7 kg": a changed field with its new value.
[[nodiscard]] std::string change_phrase(const ReportWriter& writer, const FieldDifference& change);
/// "the person then falls backward": an outcome to go on from "the person".
[[nodiscard]] std::string outcome_phrase(const ReportWriter& writer, Outcome outcome);

}  // namespace plumb
