// Any bytes as a population file: refused, or a population whose people can be drawn.
#include "sim/scenario/scenario_fields.h"
#include "sim/study/population.h"
#include "tests/fuzz/fuzz.h"

using namespace plumb;
using namespace plumb::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    LoadedPopulation population;
    try {
        population.def = parse_population(text_of(data, size), "fuzz.toml");
    } catch (const InputError& error) {
        check_complaint(error);
        return 0;
    }
    // From here on nothing may be refused: an InputError is a crash.
    require(population.def.people >= k_least_people && population.def.people <= k_most_people,
            "a number of people that is not allowed");
    require(population.def.drawn.size() <= k_most_drawn + usual_draws().size(), "too many draws");
    const std::size_t factors = population_factors(population.def).size();
    for (const std::size_t i : {std::size_t{0}, population.def.people - 1}) {
        const std::vector<double> numbers = drawn_numbers(population, i, 0);
        require(numbers.size() == factors, "a number for every factor");
        const ScenarioDef person = person_of(population, numbers);
        require(factor_values(population, person).size() == factors, "a value for every factor");
        for (const DrawnField& drawn : population.def.drawn)
            require(find_problem(*find_field(drawn.field), find_field(drawn.field)->get(person)).empty(),
                    "a drawn value that its field refuses");
    }
    require(population_hash(population).size() == 64, "a hash of another length");
    return 0;
}
