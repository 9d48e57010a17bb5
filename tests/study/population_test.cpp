// Populations: the same people whatever the threads, shares and their intervals, what decides a drawn answer.
#include <algorithm>
#include <cmath>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/cell_work.h"
#include "sim/study/population.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

LoadedPopulation small(std::size_t people, std::size_t sensitivity) {
    LoadedPopulation population;
    population.def.name = "small";
    population.def.people = people;
    population.def.sensitivity = sensitivity;
    population.def.drawn = usual_draws();
    return population;
}

std::string table_of(const CellList& list, const std::filesystem::path& file, int threads) {
    CellStore store(file, list);
    const WorkOptions options{.threads = threads, .progress = {}, .stop = nullptr};
    REQUIRE(CellWork(list, store, options).evaluate_all());
    return cells_csv(list, store.rows());
}

}  // namespace

TEST_CASE("People and samples are the same byte for byte on one thread and on three", "[study]") {
    const Folder folder;
    const LoadedPopulation population = small(24, 2);
    const CellList people = people_of(population), samples = sensitivity_of(population);
    CHECK(table_of(people, folder / "p1", 1) == table_of(people, folder / "p3", 3));
    CHECK(table_of(samples, folder / "s1", 1) == table_of(samples, folder / "s3", 3));
    // Nobody changes because more are drawn.
    const LoadedPopulation more = small(30, 2);
    for (std::size_t i = 0; i < 24; ++i) CHECK(drawn_numbers(population, i, 0) == drawn_numbers(more, i, 0));
    CHECK(drawn_numbers(population, 3, 0) != drawn_numbers(population, 4, 0));
    CHECK(drawn_numbers(population, 3, 0) != drawn_numbers(population, 3, 1));
    CHECK(population_hash(population) != population_hash(more));
}

TEST_CASE("Who is drawn is somebody: inside the fields' ranges, as the numbers say", "[study]") {
    LoadedPopulation population = small(20, 0);
    population.base.person.knee_to_wall_cm = 2.0;  // would set another dorsiflexion
    population.def.drawn.push_back({"stance.width_m", DrawnField::Shape::even, 0.2, 0.7});
    const std::vector<PopulationFactor> factors = population_factors(population.def);
    int refused = 0;
    for (std::size_t i = 0; i < 300; ++i) {
        const std::vector<double> numbers = drawn_numbers(population, i, 0);
        REQUIRE(numbers.size() == factors.size());
        const ScenarioDef person = person_of(population, numbers);
        if (find_scenario_problem(person)) {
            ++refused;
            continue;
        }
        CHECK(person.person.ankle_dorsiflexion_deg
              == Catch::Approx(std::clamp(38.5 + 6.5 * numbers[8], 0.0, 60.0)));
        CHECK(resolve_scenario(person).person.ankle_dorsiflexion_deg == person.person.ankle_dorsiflexion_deg);
        CHECK(person.stance.width_m == Catch::Approx(std::lerp(0.2, 0.7, numbers[11])));
        // Toes follow a stance wider than the shoulders, a degree a centimetre.
        if (*person.stance.width_m > 0.5) CHECK(person.stance.toe_out_deg > 15.0);
        const std::vector<FieldValue> values = factor_values(population, person);
        REQUIRE(values.size() == factors.size());
        CHECK(values[1] == FieldValue{person.person.stature_m});
    }
    CHECK(refused <= 3);
}

TEST_CASE("Samples of the indices say how deep a plan's limit lies", "[study]") {
    const LoadedPopulation population = small(20, 8);
    const CellList samples = sensitivity_of(population);
    int same = 0, asked = 0;
    for (std::size_t i = 0; i < samples.count; ++i) {
        const CellRow row = samples.row(i);
        for (const std::uint32_t stream : {1u, 2u}) {
            const ScenarioDef person = person_of(population, drawn_numbers(population, i, stream));
            if (find_scenario_problem(person)) continue;
            ++asked;
            const double plan = plan_of(person, PlanDetail::motion).limit_functional.hip_drop_fraction;
            same += std::abs(std::get<double>(row[stream - 1]) - plan) < 0.01 ? 1 : 0;
        }
    }
    // A search that starts from somebody else's postures may end elsewhere now and then.
    CHECK(asked >= 14);
    CHECK(same >= asked - 1);
}

TEST_CASE("A sample's columns exchange what they say", "[study]") {
    const LoadedPopulation population = small(20, 3);
    const CellList samples = sensitivity_of(population);
    const std::size_t factors = population_factors(population.def).size();
    const auto rows = std::vector<CellRow>{samples.row(0), samples.row(1), samples.row(2)};
    const std::vector<SobolSample> sobol = sobol_samples(rows, factors);
    REQUIRE(sobol.size() == 3);
    REQUIRE(samples.columns.size() == 2 + factors + factors * (factors - 1) / 2);
    // Factor 8 is the dorsiflexion, 10 the strength; their pair stands where its column says.
    CHECK(samples.columns[2 + 8].name == "person.ankle_dorsiflexion_deg");
    const auto column = std::ranges::find(
        samples.columns, "person.ankle_dorsiflexion_deg x person.strength_ratio", &CellColumn::name);
    REQUIRE(column != samples.columns.end());
    const auto pair = static_cast<std::size_t>(column - samples.columns.begin()) - 2 - factors;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::vector<double> a = drawn_numbers(population, i, 1), b = drawn_numbers(population, i, 2);
        const auto limit = [&](std::initializer_list<std::size_t> from_b) {
            std::vector<double> numbers = a;
            for (const std::size_t k : from_b) numbers[k] = b[k];
            return plan_of(person_of(population, numbers), PlanDetail::motion)
                .limit_functional.hip_drop_fraction;
        };
        // The same search from other first postures.
        CHECK(std::abs(sobol[i].ab[8] - limit({8})) < 0.02);
        CHECK(std::abs(sobol[i].ab[10] - limit({10})) < 0.02);
        CHECK(std::abs(sobol[i].ab_pairs[pair] - limit({8, 10})) < 0.02);
    }
}

TEST_CASE("Shares have Wilson's interval", "[study]") {
    // Brown, Cai & DasGupta 2001: 8 of 10 has 0.490 to 0.943, 0 of 10 has 0 to 0.278.
    const Share most = share_of(8, 10), none = share_of(0, 10), nobody = share_of(0, 0);
    CHECK(most.value == 0.8);
    CHECK(most.low == Catch::Approx(0.490).margin(0.001));
    CHECK(most.high == Catch::Approx(0.943).margin(0.001));
    CHECK(none.low == Catch::Approx(0.0).margin(1e-12));
    CHECK(none.high == Catch::Approx(0.278).margin(0.001));
    CHECK(nobody.low == 0.0);
    CHECK(nobody.high == 1.0);
}

TEST_CASE("What decides a drawn answer is what the shares show", "[study]") {
    // Able are those of more than the median dorsiflexion, and nobody else.
    const LoadedPopulation population = small(1000, 0);
    const CellList list = people_of(population);
    std::vector<CellRow> rows;
    for (std::size_t i = 0; i < list.count; ++i) {
        CellRow row(cell_columns().size());
        const bool able = std::get<double>(list.values(i)[8]) > 38.5;
        row[column_index("static_verdict")] = std::string(able ? "comfortable" : "balanced");
        if (i == 5) row[column_index("refused")] = std::string("nobody");
        rows.push_back(std::move(row));
    }
    const PopulationAnswer answer = population_answer(population, rows, {});
    CHECK(answer.refused == 1);
    CHECK(answer.all.people == 999);
    CHECK(answer.all.low < 0.5);
    CHECK(answer.all.high > 0.5);
    CHECK_FALSE(answer.sobol);
    REQUIRE(answer.by_factor.size() == 11);
    for (const FactorShares& shares : answer.by_factor) {
        INFO(shares.factor.name);
        int people = 0;
        for (const ShareBin& bin : shares.bins) people += bin.share.people;
        CHECK(people == 999);
        if (shares.factor.name == "person.ankle_dorsiflexion_deg") {
            CHECK(shares.bins.front().share.value == 0.0);
            CHECK(shares.bins.back().share.value == 1.0);
        } else {
            // Independent of everything else: within four standard errors of a half.
            for (const ShareBin& bin : shares.bins)
                CHECK(std::abs(bin.share.value - 0.5) < 4.0 * 0.5 / std::sqrt(bin.share.people));
        }
    }
    for (const PairShares& pair : answer.by_pair) {
        int people = 0;
        for (const PairShares::Cell& cell : pair.cells) people += cell.share.people;
        CHECK(people == 999);
        CHECK(pair.first < pair.second);
    }
    CHECK(answer.by_pair.size() == 45);  // every two of ten factors of numbers
}
