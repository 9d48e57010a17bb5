// Boundary first against the full grid, with real runs: by hand, some ten minutes.
#include <cstdio>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/sweep.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

StudyAxis even(const char* field, std::size_t steps, double from, double to) {
    StudyAxis axis{field, {}};
    for (std::size_t i = 0; i < steps; ++i)
        axis.values.emplace_back(from
                                 + (to - from) * static_cast<double>(i) / static_cast<double>(steps - 1));
    return axis;
}

/// Steps along the axes to the nearest cell of this outcome, diagonals included; 99 when there is none within 3.
std::size_t steps_to(const std::vector<std::string>& words, std::size_t cell, std::size_t columns,
                     const std::string& word) {
    const auto row = static_cast<long>(cell / columns), column = static_cast<long>(cell % columns);
    const auto rows = static_cast<long>(words.size() / columns), wide = static_cast<long>(columns);
    for (long reach = 0; reach <= 3; ++reach)
        for (long r = std::max(0l, row - reach); r <= std::min(rows - 1, row + reach); ++r)
            for (long c = std::max(0l, column - reach); c <= std::min(wide - 1, column + reach); ++c)
                if (words[static_cast<std::size_t>(r * wide + c)] == word)
                    return static_cast<std::size_t>(reach);
    return 99;
}

}  // namespace

TEST_CASE("A refined map lies within one fine cell of the full one, with a fifth of its runs",
          "[long][study]") {
    struct Map {
        const char* name;
        StudyAxis x, y;
    };
    const Map maps[] = {{"stance x weight", even("stance.width_m", 33, 0.26, 0.66),
                         even("counterweight.mass_kg", 31, 0.0, 12.0)},
                        {"dorsiflexion x thigh", even("person.ankle_dorsiflexion_deg", 33, 12.0, 44.0),
                         even("person.thigh_length_m", 31, 0.38, 0.5)},
                        {"weight x wall", even("counterweight.mass_kg", 33, 0.0, 12.0),
                         even("wall.distance_m", 31, 0.2, 0.9)}};
    const Folder folder;
    for (const Map& map : maps) {
        LoadedStudy study;
        study.def.name = map.name;
        study.def.evaluate = Evaluate::dynamics;
        study.def.axes = {map.x, map.y};
        study.base = short_squat({});
        study.base.person.ankle_dorsiflexion_deg = 20.0;
        const CellList list = cells_of(study);
        CellStore refined(folder / (std::string(map.name) + " refined"), list),
            full(folder / (std::string(map.name) + " full"), list);
        REQUIRE(run_sweep(study, refined,
                          {.work = {.threads = 2, .progress = {}, .stop = nullptr}, .refine = true}));
        REQUIRE(run_sweep(study, full,
                          {.work = {.threads = 2, .progress = {}, .stop = nullptr}, .refine = false}));
        std::vector<std::string> some, all;
        for (const CellRow& row : refined.rows()) some.push_back(region_of(row, study.def.evaluate));
        for (const CellRow& row : full.rows()) all.push_back(region_of(row, study.def.evaluate));
        const auto rows = refined.rows();
        const auto inferred = static_cast<std::size_t>(std::ranges::count_if(rows, is_inferred));
        const std::size_t evaluated = rows.size() - inferred, columns = map.y.values.size();
        int other = 0, far = 0;
        for (std::size_t cell = 0; cell < all.size(); ++cell) {
            if (some[cell] == all[cell]) continue;
            ++other;
            far += steps_to(all, cell, columns, some[cell]) > 1 ? 1 : 0;
        }
        std::printf(
            "%s: %zu cells, %zu evaluated (%.1f x fewer), %d otherwise, %d of them farther than a cell\n",
            map.name, all.size(), evaluated, static_cast<double>(all.size()) / static_cast<double>(evaluated),
            other, far);
        std::fflush(stdout);
        CHECK(far == 0);
        CHECK(5 * evaluated <= all.size());
    }
}
