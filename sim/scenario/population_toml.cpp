// Keys one by one, each complaint with its line.
#include "sim/scenario/population_toml.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/hash.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/person/spreads.h"
#include "sim/scenario/named_file.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/toml_guard.h"
#include "sim/scenario/toml_tree.h"

namespace plumb {
namespace {

/// What the survey's joint distribution gives, or what follows from it.
constexpr std::array<std::string_view, 8> k_of_the_body = {"person.sex",
                                                           "person.stature_m",
                                                           "person.mass_kg",
                                                           "person.thigh_length_m",
                                                           "person.shank_length_m",
                                                           "person.foot_length_m",
                                                           "person.arm_length_m",
                                                           "person.trunk_length_m"};

/// Other ways to say what everybody's own draws say.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> k_said_otherwise = {
    {{"person.knee_to_wall_cm", "person.ankle_dorsiflexion_deg"},
     {"person.ankle_dorsiflexion_nwb_deg", "person.ankle_dorsiflexion_deg"},
     {"person.hip_flexion_clinical_deg", "person.trunk_thigh_closure_deg"}}};

struct PopulationReader : TomlValues {
    PopulationDef def{};
    std::vector<DrawnField> given{};

    void read_draw(const toml::node& node) {
        constexpr std::array<std::string_view, 4> k_keys = {"mean", "sd", "from", "to"};
        const auto [table, named, field] =
            field_table("draw", node, k_keys, "field, mean and sd, or from and to");
        const std::size_t line = line_of(node);
        const std::string& name = field.name;
        if (std::ranges::find(k_of_the_body, name) != k_of_the_body.end() || name == "engine.seed")
            fail(line_of(named), "draw.field = " + in_quotes(name) + ": is drawn already");
        for (const auto& [other, instead] : k_said_otherwise)
            if (name == other)
                fail(line_of(named),
                     "draw.field = " + in_quotes(name) + ": is drawn already as " + std::string(instead));
        if (field.kind != FieldKind::number && field.kind != FieldKind::optional_number)
            fail(line_of(named), "draw.field = " + in_quotes(name) + ": allowed a field of numbers");
        if (std::ranges::find(given, name, &DrawnField::field) != given.end())
            fail(line_of(named), "draw.field = " + in_quotes(name) + " stands there twice");
        const bool normal = table.get("mean") != nullptr || table.get("sd") != nullptr;
        const bool even = table.get("from") != nullptr || table.get("to") != nullptr;
        if (normal == even)
            fail(line, "draw " + name + " has " + (normal ? "both" : "neither")
                           + ": allowed mean and sd, or from and to");
        const std::string_view a = normal ? "mean" : "from", b = normal ? "sd" : "to";
        for (const std::string_view key : {a, b})
            if (table.get(key) == nullptr)
                fail(line, "draw " + name + " lacks " + std::string(key) + ": " + std::string(a) + " and "
                               + std::string(b) + " go together");
        DrawnField drawn{name, normal ? DrawnField::Shape::normal : DrawnField::Shape::even,
                         number_of("draw." + std::string(a), *table.get(a)),
                         number_of("draw." + std::string(b), *table.get(b))};
        if (const std::string problem = find_problem(field, drawn.a); !problem.empty())
            fail(line_of(*table.get(a)),
                 "draw " + name + ", " + std::string(a) + " = " + number_text(drawn.a) + ": " + problem);
        const std::size_t second = line_of(*table.get(b));
        if (normal && !(drawn.b >= 0.0 && drawn.b <= field.max - field.min))
            fail(second, "draw " + name + ", sd = " + number_text(drawn.b) + ": allowed 0 to "
                             + number_text(field.max - field.min));
        if (even) {
            if (const std::string problem = find_problem(field, drawn.b); !problem.empty())
                fail(second, "draw " + name + ", to = " + number_text(drawn.b) + ": " + problem);
            if (!(drawn.a < drawn.b))
                fail(second, "draw " + name + ", to = " + number_text(drawn.b)
                                 + ": allowed more than from = " + number_text(drawn.a));
        }
        given.push_back(std::move(drawn));
    }

    void read(const toml::table& tree) {
        for (const auto& [key, node] : tree) {
            const std::string name(key.str());
            if (name == "asks") {
                def.asks = line_of_text(name, node);
            } else if (name == "scenario") {
                def.scenario = line_of_text(name, node);
            } else if (name == "evaluate") {
                def.evaluate = static_cast<Evaluate>(word_of(name, node, k_evaluate_words));
            } else if (name == "people") {
                def.people = static_cast<std::size_t>(
                    whole_of(name, node, double(k_least_people), double(k_most_people)));
            } else if (name == "sensitivity") {
                def.sensitivity =
                    static_cast<std::size_t>(whole_of(name, node, 0.0, double(k_most_sensitivity)));
            } else if (name == "seed") {
                def.seed = whole_of(name, node, 0.0, k_largest_seed);
            } else if (name == "sex") {
                def.sex = static_cast<SexShare>(word_of(name, node, k_sex_share_words));
            } else if (name == "draw") {
                const toml::array* const draws = node.as_array();
                if (draws == nullptr)
                    fail(line_of(node), "draw is " + type_name(node) + ": allowed tables, [[draw]]");
                if (draws->size() > k_most_drawn)
                    fail(line_of(node), "there are " + std::to_string(draws->size())
                                            + " draws: allowed up to " + std::to_string(k_most_drawn));
                for (const toml::node& draw : *draws) read_draw(draw);
            } else {
                fail(key.source().begin.line,
                     "unknown key " + in_quotes(name)
                         + ": allowed asks, scenario, evaluate, people, sensitivity, "
                           "seed, sex, [[draw]]");
            }
        }
    }
};

}  // namespace

std::vector<DrawnField> usual_draws() {
    const auto normal = [](const char* field, const Spread& spread) {
        return DrawnField{field, DrawnField::Shape::normal, spread.median, spread.sd};
    };
    return {{"person.age_years", DrawnField::Shape::even, 20.0, 70.0},
            normal("person.ankle_dorsiflexion_deg", k_dorsiflexion_deg),
            normal("person.trunk_thigh_closure_deg", k_closure_deg),
            normal("person.strength_ratio", k_strength_ratio)};
}

PopulationDef parse_population(std::string_view toml_text, const std::string& source) {
    PopulationReader reader{{source}};
    reader.def.name = std::filesystem::path(source).stem().string();
    reader.read(parse_toml(toml_text, source, "population"));
    if (reader.def.scenario.empty())
        throw InputError(printable(source, 300) + ": lacks scenario = \"...\", a scenario's name or path");
    reader.def.drawn = usual_draws();
    for (DrawnField& drawn : reader.given) {
        const auto usual = std::ranges::find(reader.def.drawn, drawn.field, &DrawnField::field);
        if (usual != reader.def.drawn.end())
            *usual = std::move(drawn);
        else
            reader.def.drawn.push_back(std::move(drawn));
    }
    return reader.def;
}

LoadedPopulation load_population(const std::filesystem::path& path,
                                 const std::filesystem::path& scenarios_dir) {
    LoadedPopulation population;
    population.def =
        parse_population(read_input_file(path, {"population", k_largest_file_bytes}), path.string());
    population.base = load_named_scenario(population.def.scenario, path, scenarios_dir, std::nullopt);
    return population;
}

std::filesystem::path find_population(const std::string& name_or_path,
                                      const std::filesystem::path& scenarios_dir) {
    return find_named_file(name_or_path, "population", scenarios_dir / "populations");
}

std::string population_hash(const LoadedPopulation& population) {
    const PopulationDef& def = population.def;
    std::string text = canonical_text(population.base)
                       + "evaluate=" + std::string(k_evaluate_words[static_cast<std::size_t>(def.evaluate)])
                       + "\npeople=" + std::to_string(def.people) + "\nsensitivity="
                       + std::to_string(def.sensitivity) + "\nseed=" + number_text(def.seed)
                       + "\nsex=" + std::string(k_sex_share_words[static_cast<std::size_t>(def.sex)]) + "\n";
    for (const DrawnField& drawn : def.drawn)
        text += drawn.field + (drawn.shape == DrawnField::Shape::normal ? ": normal " : ": even ")
                + number_text(drawn.a) + " " + number_text(drawn.b) + "\n";
    return sha256_hex(text);
}

}  // namespace plumb
