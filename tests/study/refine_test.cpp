// Boundary first: drawn regions are found again from a fraction of their cells; a study's refined map is its full map.
#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/refine.h"
#include "sim/study/sweep.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

using Region = std::function<std::string(const std::vector<double>& at)>;  ///< of places from 0 to 1

/// The truth, cell by cell.
std::vector<std::string> truth_of(const RefineGrid& grid, const Region& region) {
    std::vector<std::string> words;
    for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
        std::vector<double> at(grid.sizes.size());
        std::size_t rest = cell;
        for (std::size_t axis = grid.sizes.size(); axis-- > 0;) {
            at[axis] = static_cast<double>(rest % grid.sizes[axis])
                       / static_cast<double>(std::max<std::size_t>(1, grid.sizes[axis] - 1));
            rest /= grid.sizes[axis];
        }
        words.push_back(region(at));
    }
    return words;
}

struct Refined {
    std::vector<std::string> words;
    std::size_t looked_at = 0, rounds = 0;
};
Refined refine(const RefineGrid& grid, const std::vector<std::string>& truth,
               const std::vector<std::size_t>& hints = {}) {
    KnownCells known(truth.size());
    for (const std::size_t cell : hints) known[cell] = truth[cell];
    Refined refined;
    for (;; ++refined.rounds) {
        const std::vector<std::size_t> cells = cells_to_look_at(grid, known, 10);
        if (cells.empty()) break;
        for (const std::size_t cell : cells) {
            CHECK_FALSE(known[cell]);
            known[cell] = truth[cell];
        }
    }
    refined.looked_at = static_cast<std::size_t>(
        std::ranges::count_if(known, [](const auto& word) { return word.has_value(); }));
    for (const auto& word : filled_in(grid, known)) refined.words.push_back(*word);
    return refined;
}

int differences(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    int count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("Two regions with a straight boundary: every cell right, a fifth of them looked at", "[study]") {
    const RefineGrid grid{{41, 37}, {true, true}};
    std::mt19937_64 random(11);
    for (int i = 0; i < 200; ++i) {
        const double angle = draw(random, 0.0, 6.283), offset = draw(random, -0.3, 0.3);
        const std::vector<std::string> truth = truth_of(grid, [&](const auto& at) {
            const double side = std::cos(angle) * (at[0] - 0.5) + std::sin(angle) * (at[1] - 0.5);
            return side > offset ? "stands" : "falls";
        });
        const Refined refined = refine(grid, truth);
        INFO("boundary " << i << ": angle " << angle << ", offset " << offset << ", looked at "
                         << refined.looked_at);
        CHECK(differences(refined.words, truth) == 0);
        CHECK(5 * refined.looked_at <= grid.cell_count());
    }
}

TEST_CASE("Every second place: boundaries within one cell, a tenth of the cells looked at", "[study]") {
    const RefineGrid grid{{41, 38}, {true, true}};  // even and odd ends
    const CoarseGrid coarse = every_second_place(grid);
    CHECK(coarse.grid.sizes == std::vector<std::size_t>{21, 20});
    CHECK(coarse.cells.front() == 0);
    CHECK(coarse.cells.back() == grid.cell_count() - 1);
    std::mt19937_64 random(13);
    std::size_t looked_at = 0;
    for (int i = 0; i < 100; ++i) {
        const double angle = draw(random, 0.0, 6.283), bend = draw(random, -0.4, 0.4);
        const std::vector<std::string> truth = truth_of(grid, [&](const auto& at) {
            const double along = -std::sin(angle) * (at[0] - 0.5) + std::cos(angle) * (at[1] - 0.5);
            const double side = std::cos(angle) * (at[0] - 0.5) + std::sin(angle) * (at[1] - 0.5);
            return side > bend * along * along ? "stands" : "falls";
        });
        std::vector<std::string> some;
        for (const std::size_t cell : coarse.cells) some.push_back(truth[cell]);
        KnownCells known(some.size()), whole(truth.size());
        for (;;) {
            const std::vector<std::size_t> cells = cells_to_look_at(coarse.grid, known, 5);
            if (cells.empty()) break;
            for (const std::size_t cell : cells) known[cell] = some[cell];
        }
        for (std::size_t cell = 0; cell < known.size(); ++cell)
            if (known[cell]) {
                whole[coarse.cells[cell]] = known[cell];
                ++looked_at;
            }
        const KnownCells words = filled_in(grid, whole);
        for (std::size_t cell = 0; cell < truth.size(); ++cell) {
            if (words[cell] == truth[cell]) continue;
            // Then the cell lies at the boundary: a neighbour is what it was taken for.
            const std::size_t row = cell / 38, column = cell % 38;
            bool beside = false;
            for (const auto& [r, c] :
                 {std::pair{-1, 0}, std::pair{1, 0}, std::pair{0, -1}, std::pair{0, 1}, std::pair{-1, -1},
                  std::pair{-1, 1}, std::pair{1, -1}, std::pair{1, 1}}) {
                const long there = static_cast<long>(row) + r, along = static_cast<long>(column) + c;
                if (there >= 0 && there < 41 && along >= 0 && along < 38)
                    beside = beside || truth[static_cast<std::size_t>(there * 38 + along)] == words[cell];
            }
            INFO("boundary " << i << ", cell " << row << ", " << column);
            CHECK(beside);
        }
    }
    CHECK(10 * looked_at <= 100 * grid.cell_count());
}

TEST_CASE("Three regions that meet, and curved ones: every cell right", "[study]") {
    const RefineGrid grid{{41, 41}, {true, true}};
    std::mt19937_64 random(12);
    for (int i = 0; i < 200; ++i) {
        const double x = draw(random, 0.2, 0.8), y = draw(random, 0.2, 0.8), radius = draw(random, 0.2, 0.5);
        const std::vector<std::string> truth = truth_of(grid, [&](const auto& at) {
            if (std::hypot(at[0] - x, at[1] - y) < radius) return "caught";
            return at[0] < x ? "falls" : "stands";
        });
        const Refined refined = refine(grid, truth);
        INFO("disc " << i << " at " << x << ", " << y << ", radius " << radius);
        CHECK(differences(refined.words, truth) == 0);
        CHECK(3 * refined.looked_at <= grid.cell_count());
    }
}

TEST_CASE("An island within the lattice's meshes is found where something points to it", "[study]") {
    const RefineGrid grid{{41, 41}, {true, true}};
    const std::vector<std::string> truth = truth_of(grid, [](const auto& at) {
        return std::hypot(at[0] - 0.63, at[1] - 0.62) < 0.09 ? "falls" : "stands";
    });
    CHECK(differences(refine(grid, truth).words, truth) > 0);
    // Both sides of its edge, as a static plan's boundary gives them.
    std::size_t inside = 25 * 41 + 25;
    REQUIRE(truth[inside] == "falls");
    while (truth[inside - 1] == "falls") --inside;
    CHECK(differences(refine(grid, truth, {inside - 1, inside}).words, truth) == 0);
}

TEST_CASE("Refused cells lend nothing; where only they lie around nothing is inferred", "[study]") {
    const RefineGrid line{{6}, {true}};
    const KnownCells known = {"refused", std::nullopt, std::nullopt, "stands", std::nullopt, "refused"};
    const KnownCells filled = filled_in(line, known, "refused");
    CHECK(filled == KnownCells{"refused", "stands", "stands", "stands", "stands", "refused"});
    CHECK(filled_in(line, {"refused", std::nullopt, "refused", "refused", "refused", "refused"}, "refused")[1]
          == std::nullopt);
}

TEST_CASE("A refined study beside bodies that cannot be calls none of those that can refused", "[study]") {
    const Folder folder;
    LoadedStudy study;
    study.def.name = "trunks";
    study.def.evaluate = Evaluate::statics;
    StudyAxis trunk{"person.trunk_length_m", {}};
    for (int i = 0; i <= 12; ++i) trunk.values.emplace_back(0.38 + 0.025 * i);
    study.def.axes = {trunk};
    const CellList list = cells_of(study);
    CellStore store(folder / "trunks", list);
    REQUIRE(
        run_sweep(study, store, {.work = {.threads = 2, .progress = {}, .stop = nullptr}, .refine = true}));
    int refused = 0, inferred = 0;
    const std::vector<CellRow> rows = store.rows();
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
        INFO("trunk " << std::get<double>(trunk.values[cell]));
        const bool is = find_scenario_problem(cell_scenario(study, cell)).has_value();
        CHECK((region_of(rows[cell], Evaluate::statics) == k_refused_region) == is);
        CHECK(std::holds_alternative<std::string>(rows[cell][column_index("refused")]) == is);
        refused += is ? 1 : 0;
        inferred += is_inferred(rows[cell]) ? 1 : 0;
    }
    CHECK(refused >= 3);
    CHECK(refused < 13);
    CHECK(inferred >= 1);
}

TEST_CASE("Nothing is inferred from one word to the next; one axis and three work", "[study]") {
    // Whether it falls at a mass depends on the hold alone in no order.
    const RefineGrid words{{5, 31}, {false, true}};
    const std::vector<std::string> truth = truth_of(words, [](const auto& at) {
        const int hold = static_cast<int>(std::lround(4.0 * at[0]));
        return at[1] > (hold * 7 % 5) * 0.2 + 0.05 ? "stands" : "falls";
    });
    CHECK(differences(refine(words, truth).words, truth) == 0);

    const RefineGrid line{{200}, {true}};
    const auto along = truth_of(line, [](const auto& at) { return at[0] > 0.4321 ? "stands" : "falls"; });
    const Refined refined = refine(line, along);
    CHECK(differences(refined.words, along) == 0);
    CHECK(refined.looked_at < 30);

    const RefineGrid space{{21, 17, 23}, {true, true, true}};
    const auto ball = truth_of(space, [](const auto& at) {
        return std::hypot(at[0] - 0.4, at[1] - 0.6, at[2] - 0.5) < 0.35 ? "stands" : "falls";
    });
    const Refined round = refine(space, ball);
    CHECK(differences(round.words, ball) == 0);
    CHECK(2 * round.looked_at < space.cell_count());

    const RefineGrid single{{1, 1}, {true, true}};
    CHECK(refine(single, {"stands"}).words == std::vector<std::string>{"stands"});
}

namespace {

LoadedStudy static_study(std::size_t steps) {
    LoadedStudy study;
    study.def.name = "static";
    study.def.evaluate = Evaluate::statics;
    StudyAxis ankle{"person.ankle_dorsiflexion_deg", {}}, mass{"counterweight.mass_kg", {}};
    for (std::size_t i = 0; i < steps; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(steps - 1);
        ankle.values.emplace_back(12.0 + 30.0 * share);
        mass.values.emplace_back(10.0 * share);
    }
    study.def.axes = {ankle, mass};
    study.base.movement.depth = 0.75;
    return study;
}

}  // namespace

TEST_CASE(
    "A refined study says what the full one does to one cell, the same on three threads and after a stop",
    "[study]") {
    const Folder folder;
    const LoadedStudy study = static_study(13);
    const CellList list = cells_of(study);
    CellStore full(folder / "full.sqlite", list);
    REQUIRE(run_sweep(study, full, {.work = {.threads = 2}, .refine = false}));
    CellStore refined(folder / "refined.sqlite", list);
    REQUIRE(
        run_sweep(study, refined, {.work = {.threads = 3, .progress = {}, .stop = nullptr}, .refine = true}));
    const std::vector<CellRow> all = full.rows(), some = refined.rows();
    int inferred = 0, otherwise = 0;
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        INFO("cell " << cell);
        CHECK(all[cell][column_index("input_hash")] == some[cell][column_index("input_hash")]);
        if (!is_inferred(some[cell])) {
            CHECK(all[cell] == some[cell]);
            continue;
        }
        ++inferred;
        const auto region = [&](std::size_t of) { return region_of(all[of], study.def.evaluate); };
        const std::string taken_for = region_of(some[cell], study.def.evaluate);
        if (region(cell) == taken_for) continue;
        ++otherwise;
        // Only beside its boundary: some neighbour is what it was taken for.
        const std::size_t row = cell / 13, column = cell % 13;
        bool beside = false;
        for (std::size_t r = row > 0 ? row - 1 : 0; r <= std::min<std::size_t>(12, row + 1); ++r)
            for (std::size_t c = column > 0 ? column - 1 : 0; c <= std::min<std::size_t>(12, column + 1); ++c)
                beside = beside || region(r * 13 + c) == taken_for;
        CHECK(beside);
    }
    CHECK(inferred > 110);
    CHECK(inferred < 165);
    CHECK(otherwise < 20);

    const std::string table = cells_csv(list, some);
    {
        CellStore stopped(folder / "stopped.sqlite", list);
        std::atomic<bool> stop = false;
        SweepOptions options{.work = {.threads = 2, .progress = {}, .stop = &stop}, .refine = true};
        options.work.progress = [&](std::size_t done, std::size_t) { stop = done >= 8; };
        CHECK_FALSE(run_sweep(study, stopped, options));
    }
    CellStore stopped(folder / "stopped.sqlite", list);
    REQUIRE(
        run_sweep(study, stopped, {.work = {.threads = 1, .progress = {}, .stop = nullptr}, .refine = true}));
    CHECK(cells_csv(list, stopped.rows()) == table);
    // The full study goes on from it: what was inferred is evaluated.
    REQUIRE(run_sweep(study, stopped, {.work = {.threads = 2}, .refine = false}));
    CHECK(cells_csv(list, stopped.rows()) == cells_csv(list, all));
}
