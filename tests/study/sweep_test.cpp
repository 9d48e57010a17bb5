// Sweeps: the same table whatever the threads, the order or the interruptions; cells that are what a run says.
#include <filesystem>
#include <fstream>

#include "sim/balance/assessment.h"
#include "sim/base/input_error.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/sweep.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

/// Short runs: some fall, some stand.
LoadedStudy small_study() {
    LoadedStudy study;
    study.def.name = "small";
    study.def.axes = {{"person.ankle_dorsiflexion_deg", {14.0, 38.0}},
                      {"counterweight.mass_kg", {0.0, 2.0, 6.0}}};
    study.base.engine.control = Control::ideal;
    study.base.movement.depth = 0.6;
    study.base.movement.descend_s = study.base.movement.ascend_s = 1.5;
    study.base.movement.hold_s = 0.1;
    return study;
}

std::string table_of(const LoadedStudy& study, const std::filesystem::path& file, int threads) {
    const CellList list = cells_of(study);
    CellStore store(file, list);
    REQUIRE(run_sweep(study, store, {.work = {.threads = threads}, .refine = false}));
    return cells_csv(list, store.rows());
}

}  // namespace

TEST_CASE("A sweep's table is the same byte for byte on one thread and on three", "[study]") {
    const Folder folder;
    const LoadedStudy study = small_study();
    const CellList list = cells_of(study);
    const std::string one = table_of(study, folder / "one.sqlite", 1);
    CHECK(table_of(study, folder / "three.sqlite", 3) == one);
    CHECK(std::ranges::count(one, '\n') == 7);
    // A cell is what a run of its scenario says.
    CellStore store(folder / "one.sqlite", list);
    const std::vector<CellRow> rows = store.rows();
    bool fell = false, stood = false;
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
        const ScenarioDef def = cell_scenario(study, cell);
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        const auto at = [&](std::string_view column) { return rows[cell][column_index(column)]; };
        CHECK(at("outcome") == FieldValue{std::string(outcome_name(a.outcome))});
        CHECK(at("com_min_margin_m") == FieldValue{a.com_min_m});
        CHECK(at("depth_drop_fraction") == FieldValue{a.depth.hip_drop_fraction});
        CHECK(at("static_limit_sole") == FieldValue{run->plan.limit_sole.hip_drop_fraction});
        CHECK(at("input_hash") == FieldValue{input_hash(def)});
        fell = fell || a.outcome == Outcome::fell_backward;
        stood = stood || a.outcome == Outcome::completed;
    }
    CHECK((fell && stood));
}

TEST_CASE("A sweep goes on where it was stopped and loses and doubles nothing", "[study]") {
    const Folder folder;
    const LoadedStudy study = small_study();
    const CellList list = cells_of(study);
    const std::string whole = table_of(study, folder / "whole.sqlite", 2);
    std::size_t at_stop = 0;
    {
        CellStore store(folder / "parts.sqlite", list);
        std::atomic<bool> stop = false;
        SweepOptions options{.work = {.threads = 2, .progress = {}, .stop = &stop}, .refine = false};
        options.work.progress = [&](std::size_t done, std::size_t) {
            if (done == 2) stop = true;
        };
        CHECK_FALSE(run_sweep(study, store, options));
        at_stop = static_cast<std::size_t>(
            std::ranges::count_if(store.evaluated(), [](const auto& row) { return row.has_value(); }));
        CHECK(at_stop >= 2);
        CHECK(at_stop <= 4);
    }
    CellStore store(folder / "parts.sqlite", list);
    std::size_t first = 99;
    SweepOptions options{.work = {.threads = 1, .progress = {}, .stop = nullptr}, .refine = false};
    options.work.progress = [&](std::size_t done, std::size_t) { first = std::min(first, done); };
    CHECK(run_sweep(study, store, options));
    CHECK(first == at_stop);
    CHECK(cells_csv(list, store.rows()) == whole);
}

TEST_CASE("Values that are no scenario together are a cell that says so", "[study]") {
    const Folder folder;
    LoadedStudy study = small_study();
    study.def.evaluate = Evaluate::statics;
    study.def.axes = {{"counterweight.hold", {std::string("chest"), std::string("back_high")}},
                      {"counterweight.hand", {std::string("both"), std::string("left")}}};
    study.base.counterweight.mass_kg = 4.0;
    const CellList list = cells_of(study);
    CellStore store(folder / "cells.sqlite", list);
    REQUIRE(run_sweep(study, store, {.work = {.threads = 1}, .refine = false}));
    const auto rows = store.rows();
    for (std::size_t cell = 0; cell < 4; ++cell) {
        const bool refused = find_scenario_problem(cell_scenario(study, cell)).has_value();
        CHECK(std::holds_alternative<std::string>(rows[cell][column_index("refused")]) == refused);
        CHECK(std::holds_alternative<std::monostate>(rows[cell][column_index("static_verdict")]) == refused);
        // Nothing was run.
        CHECK(std::holds_alternative<std::monostate>(rows[cell][column_index("outcome")]));
    }
    CHECK(std::holds_alternative<std::string>(rows[3][column_index("refused")]));
    // Its reason holds a comma and stands in quotes in the table.
    CHECK_THAT(cells_csv(list, rows), ContainsSubstring(",\""));
}

TEST_CASE("A database of another study, of another kind and a broken one are refused", "[study]") {
    const Folder folder;
    LoadedStudy study = small_study();
    study.def.evaluate = Evaluate::statics;
    const CellList list = cells_of(study);
    { const CellStore store(folder / "a.sqlite", list); }
    LoadedStudy other = study;
    other.base.person.mass_kg = 80.0;
    const CellList others = cells_of(other);
    CHECK_THAT(complaint_of([&] { const CellStore store(folder / "a.sqlite", others); }),
               ContainsSubstring("holds another study (small)"));
    std::ofstream(folder / "text.sqlite") << "no database at all, whatever its name says";
    CHECK_THAT(complaint_of([&] { const CellStore store(folder / "text.sqlite", list); }),
               ContainsSubstring("is no database of a sweep"));
    // Cut off in the middle.
    std::filesystem::copy(folder / "a.sqlite", folder / "cut.sqlite");
    std::filesystem::resize_file(folder / "cut.sqlite",
                                 std::filesystem::file_size(folder / "cut.sqlite") / 2);
    CHECK_THROWS(CellStore(folder / "cut.sqlite", list).rows());
    CHECK_THROWS(CellStore(folder / "no/folder.sqlite", list));
}
