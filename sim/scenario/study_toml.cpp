// Keys one by one, each complaint with its line; axes from ends and steps or from a list.
#include "sim/scenario/study_toml.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "sim/base/hash.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/scenario/named_file.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/toml_guard.h"
#include "sim/scenario/toml_tree.h"

namespace plumb {
namespace {

struct StudyReader : TomlValues {
    StudyDef def{};

    /// A value at the door of its field.
    FieldValue checked(const Field<ScenarioDef>& field, FieldValue value, std::size_t line) const {
        if (field.kind == FieldKind::optional_number && value == FieldValue{std::string("none")})
            value = std::monostate{};
        if (const std::string problem = find_problem(field, value); !problem.empty())
            fail(line, "axis " + field.name + " = " + shown_value(value) + ": " + problem);
        return value;
    }

    std::vector<FieldValue> listed(const Field<ScenarioDef>& field, const toml::node& node) const {
        const toml::array* const array = node.as_array();
        if (array == nullptr)
            fail(line_of(node), "axis.values is " + type_name(node) + ": allowed an array, [1, 2, 3]");
        if (array->size() < 2 || array->size() > k_most_axis_values)
            fail(line_of(node), "axis.values holds " + std::to_string(array->size()) + ": allowed 2 to "
                                    + std::to_string(k_most_axis_values) + " values");
        std::vector<FieldValue> values;
        for (const toml::node& entry : *array) {
            FieldValue value;
            if (const auto* const text = entry.as_string())
                value = text->get();
            else
                value = number_of("axis.values", entry);
            value = checked(field, value, line_of(entry));
            if (std::ranges::find(values, value) != values.end())
                fail(line_of(entry), "axis.values holds " + shown_value(value) + " twice");
            values.push_back(value);
        }
        return values;
    }

    std::vector<FieldValue> stepped(const Field<ScenarioDef>& field, const toml::table& table) const {
        const double from = number_of("axis.from", *table.get("from")),
                     to = number_of("axis.to", *table.get("to"));
        const auto steps = static_cast<int>(
            whole_of("axis.steps", *table.get("steps"), 2, static_cast<double>(k_most_axis_values)));
        const std::size_t line = line_of(*table.get("from"));
        if (from == to)
            fail(line, "axis.from = axis.to = " + number_text(from) + ": allowed two different ends");
        std::vector<FieldValue> values;
        for (int i = 0; i < steps; ++i) {
            const double exact = from + (to - from) * i / (steps - 1);
            // 0.3, not 0.30000000000000004: what stands in tables is what was run.
            char text[40];
            std::snprintf(text, sizeof text, "%.12g", exact);
            const double value = i == 0 ? from : i == steps - 1 ? to : parse_number(text).value_or(exact);
            values.push_back(checked(field, value + 0.0, line));
        }
        return values;
    }

    void read_axis(const toml::node& node) {
        constexpr std::array<std::string_view, 4> k_keys = {"from", "to", "steps", "values"};
        const auto [table, named, field] =
            field_table("axis", node, k_keys, "field, values or from, to, steps");
        const std::size_t line = line_of(node);
        const std::string& name = field.name;
        for (const StudyAxis& other : def.axes)
            if (other.field == name)
                fail(line_of(named), "axis.field = " + in_quotes(name) + " stands there twice");
        const bool has_values = table.get("values") != nullptr;
        const bool has_ends =
            table.get("from") != nullptr || table.get("to") != nullptr || table.get("steps") != nullptr;
        if (has_values == has_ends)
            fail(line, "axis " + name + " has " + (has_values ? "both" : "neither")
                           + ": allowed values, or from, to and steps");
        if (has_ends)
            for (const char* key : {"from", "to", "steps"})
                if (table.get(key) == nullptr)
                    fail(line, "axis " + name + " lacks " + key + ": from, to and steps go together");
        def.axes.push_back({name, has_values ? listed(field, *table.get("values")) : stepped(field, table)});
    }

    void read(const toml::table& tree) {
        for (const auto& [key, node] : tree) {
            const std::string name(key.str());
            if (name == "name") {
                def.name = line_of_text(name, node);
            } else if (name == "asks") {
                def.asks = line_of_text(name, node);
            } else if (name == "scenario") {
                def.scenario = line_of_text(name, node);
            } else if (name == "evaluate") {
                def.evaluate = static_cast<Evaluate>(word_of(name, node, k_evaluate_words));
            } else if (name == "seed") {
                def.seed = whole_of(name, node, 0.0, k_largest_seed);
            } else if (name == "axis") {
                const toml::array* const axes = node.as_array();
                if (axes == nullptr)
                    fail(line_of(node), "axis is " + type_name(node) + ": allowed tables, [[axis]]");
                if (axes->size() > k_most_axes)
                    fail(line_of(node), "there are " + std::to_string(axes->size()) + " axes: allowed 1 to "
                                            + std::to_string(k_most_axes));
                for (const toml::node& axis : *axes) read_axis(axis);
            } else {
                fail(key.source().begin.line,
                     "unknown key " + in_quotes(name)
                         + ": allowed name, asks, scenario, evaluate, seed, [[axis]]");
            }
        }
    }
};

}  // namespace

std::size_t StudyDef::cell_count() const {
    std::size_t count = 1;
    for (const StudyAxis& axis : axes) count *= axis.values.size();
    return count;
}

std::vector<std::size_t> StudyDef::places(std::size_t cell) const {
    std::vector<std::size_t> places(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
        places[i] = cell % axes[i].values.size();
        cell /= axes[i].values.size();
    }
    return places;
}

StudyDef parse_study(std::string_view toml_text, const std::string& source) {
    StudyReader reader{{source}, {}};
    reader.def.name = std::filesystem::path(source).stem().string();
    reader.read(parse_toml(toml_text, source, "study"));
    const auto lacks = [&](const std::string& what) {
        throw InputError(printable(source, 300) + ": " + what);
    };
    if (reader.def.scenario.empty()) lacks("lacks scenario = \"...\", a scenario's name or path");
    if (reader.def.axes.empty()) lacks("lacks an [[axis]] with a field and its values");
    if (const std::size_t cells = reader.def.cell_count(); cells > k_most_cells)
        lacks("has " + std::to_string(cells) + " cells: allowed up to " + std::to_string(k_most_cells));
    return reader.def;
}

LoadedStudy load_study(const std::filesystem::path& path, const std::filesystem::path& scenarios_dir) {
    LoadedStudy study;
    study.def = parse_study(read_input_file(path, {"study", k_largest_file_bytes}), path.string());
    study.base = load_named_scenario(study.def.scenario, path, scenarios_dir, study.def.seed);
    return study;
}

std::string study_to_toml(const StudyDef& def, const std::string& scenario_file) {
    std::string text = "# A Plumbline study.\nname = " + toml_string(def.name) + "\n";
    if (!def.asks.empty()) text += "asks = " + toml_string(def.asks) + "\n";
    text += "scenario = " + toml_string(scenario_file) + "\nevaluate = "
            + toml_string(std::string(k_evaluate_words[static_cast<std::size_t>(def.evaluate)])) + "\n";
    if (def.seed) text += "seed = " + toml_value(*def.seed) + "\n";
    for (const StudyAxis& axis : def.axes) {
        text += "\n[[axis]]\nfield = " + toml_string(axis.field) + "\nvalues = [";
        for (std::size_t i = 0; i < axis.values.size(); ++i) {
            const bool absent = std::holds_alternative<std::monostate>(axis.values[i]);
            text += (i == 0 ? "" : ", ") + (absent ? toml_string("none") : toml_value(axis.values[i]));
        }
        text += "]\n";
    }
    return text;
}

std::filesystem::path find_study(const std::string& name_or_path,
                                 const std::filesystem::path& scenarios_dir) {
    return find_named_file(name_or_path, "study", scenarios_dir / "studies");
}

ScenarioDef cell_scenario(const LoadedStudy& study, std::size_t cell) {
    ScenarioDef def = study.base;
    const std::vector<std::size_t> places = study.def.places(cell);
    for (std::size_t i = 0; i < places.size(); ++i)
        find_field(study.def.axes[i].field)->set(def, study.def.axes[i].values[places[i]]);
    return def;
}

std::string study_hash(const LoadedStudy& study) {
    std::string text = canonical_text(study.base) + "evaluate="
                       + std::string(k_evaluate_words[static_cast<std::size_t>(study.def.evaluate)]) + "\n";
    for (const StudyAxis& axis : study.def.axes) {
        text += axis.field + ":";
        for (const FieldValue& value : axis.values) text += " " + value_text(value);
        text += "\n";
    }
    return sha256_hex(text);
}

}  // namespace plumb
