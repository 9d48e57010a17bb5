// Numbers to people, rows to shares.
#include "sim/study/population.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/draws.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/person/ansur_joint.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/least_change.h"

namespace plumb {
namespace {

constexpr double k_most_sd = 3.0;
constexpr int k_bins = 5, k_pair_bins = 3;
constexpr double k_z95 = 1.959964;

bool draws_sex(const PopulationDef& def) { return def.sex == SexShare::both; }

void set_drawn(ScenarioDef& def, const DrawnField& drawn, double number) {
    const Field<ScenarioDef>& field = *find_field(drawn.field);
    const double value = drawn.shape == DrawnField::Shape::normal ? drawn.a + drawn.b * number
                                                                  : std::lerp(drawn.a, drawn.b, number);
    const double inside = std::clamp(value, field.min, field.max);
    // What would set the same thing in another way, or for one side, is taken out.
    if (drawn.field == "person.ankle_dorsiflexion_deg") {
        def.person.ankle_dorsiflexion_nwb_deg.reset();
        def.person.knee_to_wall_cm.reset();
        def.person.left.ankle_dorsiflexion_deg.reset();
        def.person.right.ankle_dorsiflexion_deg.reset();
    }
    if (drawn.field == "person.strength_ratio")
        for (SideDef* const side : {&def.person.left, &def.person.right}) side->strength_ratio.reset();
    if (drawn.field == "person.trunk_thigh_closure_deg") def.person.hip_flexion_clinical_deg.reset();
    field.set(def, inside);
}

/// A drawn stance wider than the shoulders turns the toes out, as wherever a stance is asked about; not when they are drawn themselves.
void turn_toes(const PopulationDef& def, ScenarioDef& scenario) {
    const auto draws = [&](std::string_view field) {
        return std::ranges::find(def.drawn, field, &DrawnField::field) != def.drawn.end();
    };
    if (!draws("stance.width_m") || draws("stance.toe_out_deg")) return;
    ScenarioDef shoulders = scenario;
    shoulders.stance.width_m.reset();
    if (find_scenario_problem(shoulders)) return;
    const double width_m = *scenario.stance.width_m;
    if (width_m > help_value(shoulders, Help::wider_stance).value())
        scenario.stance = with_help(shoulders, Help::wider_stance, width_m).stance;
}

/// Ranks by value, equal ones in order: which of `bins` equal parts each belongs to, and the parts' ends.
struct Bins {
    std::vector<int> of;  ///< -1: no number
    std::vector<ValueRange> ends;
};
Bins bins_of(const std::vector<FieldValue>& values, int bins) {
    Bins result;
    result.of.assign(values.size(), -1);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::holds_alternative<double>(values[i])) order.push_back(i);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::get<double>(values[i]); });
    for (int bin = 0; bin < bins && !order.empty(); ++bin) {
        const std::size_t from =
                              order.size() * static_cast<std::size_t>(bin) / static_cast<std::size_t>(bins),
                          to = order.size() * static_cast<std::size_t>(bin + 1)
                               / static_cast<std::size_t>(bins);
        for (std::size_t i = from; i < to; ++i) result.of[order[i]] = bin;
        const std::size_t last = to > from ? to - 1 : from;
        result.ends.push_back({values[order[from]], values[order[last]]});
    }
    return result;
}

}  // namespace

std::vector<PopulationFactor> population_factors(const PopulationDef& def) {
    std::vector<PopulationFactor> factors;
    if (draws_sex(def)) factors.push_back({"sex", "", false});
    constexpr std::array<std::string_view, k_body_factor_count> k_units = {"m", "kg", "", "", "", ""};
    for (std::size_t i = 0; i < k_body_factor_count; ++i)
        factors.push_back({std::string(k_body_factor_words.at(i)), std::string(k_units.at(i)), true});
    for (const DrawnField& drawn : def.drawn)
        factors.push_back(
            {drawn.field, find_field(drawn.field)->unit, drawn.shape == DrawnField::Shape::normal});
    return factors;
}

std::vector<double> drawn_numbers(const LoadedPopulation& population, std::size_t index,
                                  std::uint32_t stream) {
    std::seed_seq seeds{static_cast<std::uint32_t>(population.def.seed), static_cast<std::uint32_t>(index),
                        stream};
    std::mt19937_64 random(seeds);
    std::vector<double> numbers;
    for (const PopulationFactor& factor : population_factors(population.def)) {
        double number = factor.is_normal ? draw_normal(random) : draw_uniform(random);
        while (factor.is_normal && std::abs(number) > k_most_sd) number = draw_normal(random);
        numbers.push_back(number);
    }
    return numbers;
}

ScenarioDef person_of(const LoadedPopulation& population, const std::vector<double>& numbers) {
    const PopulationDef& def = population.def;
    ScenarioDef scenario = population.base;
    scenario.expect.clear();
    std::size_t next = 0;
    PersonDef& person = scenario.person;
    if (draws_sex(def))
        person.sex = numbers[next++] < 0.5 ? Sex::male : Sex::female;
    else
        person.sex = def.sex == SexShare::male ? Sex::male : Sex::female;
    BodyFactors body{};
    for (double& number : body) number = numbers[next++];
    take_body(person, body);
    for (SideDef* const side : {&person.left, &person.right}) {
        side->thigh_length_m.reset();
        side->shank_length_m.reset();
    }
    for (const char* name : {"person.stature_m", "person.mass_kg"}) {
        const Field<ScenarioDef>& field = *find_field(name);
        field.set(scenario, std::clamp(std::get<double>(field.get(scenario)), field.min, field.max));
    }
    for (const DrawnField& drawn : def.drawn) set_drawn(scenario, drawn, numbers[next++]);
    turn_toes(def, scenario);
    return scenario;
}

std::vector<FieldValue> factor_values(const LoadedPopulation& population, const ScenarioDef& person) {
    std::vector<FieldValue> values;
    if (draws_sex(population.def)) values.push_back(find_field("person.sex")->get(person));
    for (const double measure : body_measures(person.person)) values.emplace_back(measure);
    for (const DrawnField& drawn : population.def.drawn)
        values.push_back(find_field(drawn.field)->get(person));
    return values;
}

namespace {

/// What both databases of a population share.
CellList list_of(const LoadedPopulation& population, const char* format) {
    const PopulationDef& def = population.def;
    CellList list;
    list.format = format;
    list.name = def.name;
    list.hash = population_hash(population);
    list.meta = {{"asks", def.asks},
                 {"evaluate", std::string(k_evaluate_words[static_cast<std::size_t>(def.evaluate)])},
                 {"seed", number_text(def.seed)},
                 {"sex", std::string(k_sex_share_words[static_cast<std::size_t>(def.sex)])},
                 {"base", canonical_text(population.base)}};
    for (const DrawnField& drawn : def.drawn)
        list.meta.emplace_back("draw " + drawn.field,
                               std::string(drawn.shape == DrawnField::Shape::normal ? "normal " : "even ")
                                   + number_text(drawn.a) + " " + number_text(drawn.b));
    return list;
}

/// How deep balanced postures go inside the usable part of the sole; nothing for who is refused.
FieldValue limit_of(const ScenarioDef& def, const Guide& guide) {
    if (find_scenario_problem(def)) return std::monostate{};
    const ScenarioDef resolved = resolve_scenario(def);
    const PlanModel model = make_plan_model(build_person(resolved.person), resolved);
    return find_static_limit(model, {BaseKind::functional}, guide).hip_drop_fraction;
}

Guide guide_of(const ScenarioDef& base) {
    const ScenarioDef resolved = resolve_scenario(base);
    Guide guide;
    for (const PlanKnot& knot : choose_path(make_plan_model(build_person(resolved.person), resolved)).knots)
        guide.push_back(knot.posture);
    return guide;
}

}  // namespace

CellList people_of(const LoadedPopulation& population) {
    CellList list = list_of(population, "plumbline-population-1");
    const std::vector<PopulationFactor> factors = population_factors(population.def);
    for (const PopulationFactor& factor : factors)
        list.inputs.push_back({factor.name, factor.unit, factor.name != "sex", ""});
    list.columns = cell_columns();
    list.count = population.def.people;
    const auto person = [population](std::size_t i) {
        return person_of(population, drawn_numbers(population, i, 0));
    };
    list.values = [population, person](std::size_t i) { return factor_values(population, person(i)); };
    list.row = [population, person](std::size_t i) {
        return evaluate_scenario(person(i), population.def.evaluate);
    };
    return list;
}

CellList sensitivity_of(const LoadedPopulation& population) {
    CellList list = list_of(population, "plumbline-sensitivity-1");
    const std::vector<PopulationFactor> factors = population_factors(population.def);
    for (const char* name : {"a", "b"}) list.columns.push_back({name, "1", true, ""});
    for (const PopulationFactor& factor : factors) list.columns.push_back({factor.name, "1", true, ""});
    for (std::size_t k = 0; k < factors.size(); ++k)
        for (std::size_t l = k + 1; l < factors.size(); ++l)
            list.columns.push_back({factors[k].name + " x " + factors[l].name, "1", true, ""});
    list.count = population.def.sensitivity;
    list.values = [](std::size_t) { return std::vector<FieldValue>{}; };
    list.row = [population, factors, guide = guide_of(population.base)](std::size_t i) {
        const std::vector<double> a = drawn_numbers(population, i, 1), b = drawn_numbers(population, i, 2);
        CellRow row;
        const auto add = [&](const std::vector<double>& numbers) {
            row.push_back(limit_of(person_of(population, numbers), guide));
        };
        add(a);
        add(b);
        const auto mixed = [&](std::initializer_list<std::size_t> from_b) {
            std::vector<double> numbers = a;
            for (const std::size_t k : from_b) numbers[k] = b[k];
            add(numbers);
        };
        for (std::size_t k = 0; k < factors.size(); ++k) mixed({k});
        for (std::size_t k = 0; k < factors.size(); ++k)
            for (std::size_t l = k + 1; l < factors.size(); ++l) mixed({k, l});
        return row;
    };
    return list;
}

std::vector<SobolSample> sobol_samples(const std::vector<CellRow>& rows, std::size_t factors) {
    std::vector<SobolSample> samples;
    for (const CellRow& row : rows) {
        PLUMB_CHECK(row.size() == 2 + factors + factors * (factors - 1) / 2, "a row of the sensitivity list");
        // Somebody in it does not exist: the sample tells nothing.
        if (!std::ranges::all_of(row, [](const FieldValue& v) { return std::holds_alternative<double>(v); }))
            continue;
        const auto at = [&](std::size_t i) { return std::get<double>(row[i]); };
        SobolSample sample{at(0), at(1), {}, {}};
        for (std::size_t k = 2; k < row.size(); ++k)
            (k < 2 + factors ? sample.ab : sample.ab_pairs).push_back(at(k));
        samples.push_back(std::move(sample));
    }
    return samples;
}

std::optional<bool> is_able(const CellRow& row, Evaluate evaluate) {
    const std::string region = region_of(row, evaluate);
    if (region == k_refused_region) return std::nullopt;
    if (evaluate == Evaluate::statics) return region == "comfortable";
    return region == "completed" || region == "completed_marginal";
}

Share share_of(int able, int people) {
    Share share{people, able, 0.0, 0.0, 1.0};
    if (people == 0) return share;
    const double n = people, p = able / n, z2 = k_z95 * k_z95;
    share.value = p;
    const double middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double half = k_z95 / (1.0 + z2 / n) * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    share.low = std::max(0.0, middle - half);
    share.high = std::min(1.0, middle + half);
    return share;
}

PopulationAnswer population_answer(const LoadedPopulation& population, const std::vector<CellRow>& people,
                                   const std::vector<CellRow>& samples) {
    PopulationAnswer answer;
    answer.factors = population_factors(population.def);
    const CellList list = people_of(population);
    // Values and answers of those who exist.
    std::vector<std::vector<FieldValue>> values(answer.factors.size());
    std::vector<bool> able;
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto does = is_able(people[i], population.def.evaluate);
        if (!does) {
            ++answer.refused;
            continue;
        }
        able.push_back(*does);
        const std::vector<FieldValue> own = list.values(i);
        for (std::size_t k = 0; k < own.size(); ++k) values[k].push_back(own[k]);
    }
    const auto share_where = [&](const auto& belongs) {
        int all = 0, can = 0;
        for (std::size_t i = 0; i < able.size(); ++i)
            if (belongs(i)) {
                ++all;
                can += able[i] ? 1 : 0;
            }
        return share_of(can, all);
    };
    answer.all = share_where([](std::size_t) { return true; });
    std::vector<Bins> thirds;
    for (std::size_t k = 0; k < answer.factors.size(); ++k) {
        FactorShares shares{answer.factors[k], {}};
        if (answer.factors[k].name == "sex") {
            for (const char* word : {"male", "female"})
                shares.bins.push_back(
                    {{std::string(word), std::string(word)}, share_where([&](std::size_t i) {
                         return values[k][i] == FieldValue{std::string(word)};
                     })});
            thirds.emplace_back();
        } else {
            const Bins bins = bins_of(values[k], k_bins);
            for (std::size_t bin = 0; bin < bins.ends.size(); ++bin)
                shares.bins.push_back({bins.ends[bin], share_where([&](std::size_t i) {
                                           return bins.of[i] == static_cast<int>(bin);
                                       })});
            thirds.push_back(bins_of(values[k], k_pair_bins));
        }
        answer.by_factor.push_back(std::move(shares));
    }
    for (std::size_t k = 0; k < thirds.size(); ++k)
        for (std::size_t l = k + 1; l < thirds.size(); ++l) {
            PairShares pair{k, l, {}};
            for (std::size_t a = 0; a < thirds[k].ends.size(); ++a)
                for (std::size_t b = 0; b < thirds[l].ends.size(); ++b)
                    pair.cells.push_back(
                        {thirds[k].ends[a], thirds[l].ends[b], share_where([&](std::size_t i) {
                             return thirds[k].of[i] == static_cast<int>(a)
                                    && thirds[l].of[i] == static_cast<int>(b);
                         })});
            if (!pair.cells.empty()) answer.by_pair.push_back(std::move(pair));
        }
    const auto usable = sobol_samples(samples, answer.factors.size());
    answer.samples = static_cast<int>(usable.size());
    answer.samples_left_out = static_cast<int>(samples.size()) - answer.samples;
    if (usable.size() >= 2)
        answer.sobol = sobol_indices(usable, static_cast<std::uint64_t>(population.def.seed));
    return answer;
}

}  // namespace plumb
