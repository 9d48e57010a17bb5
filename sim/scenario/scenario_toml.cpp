// Scenario text: reading it with a line for every complaint, and writing it with every field.
#include "sim/scenario/scenario_toml.h"

#include <algorithm>
#include <map>
#include <optional>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/toml_tree.h"

namespace plumb {
namespace {

using LineOf = std::map<std::string, std::size_t, std::less<>>;

/// A parsed file on its way into a Def: remembers where each field stood, and the complaint nearest the top.
struct Reader {
    const std::string& source;
    ScenarioDef def{};
    LineOf line_of{};
    std::size_t first_line = 0;  ///< of the complaint; 0: none
    std::string first_text{};

    void complain(std::size_t line, std::string text) {
        if (first_line != 0 && line >= first_line) return;
        first_line = line;
        first_text = std::move(text);
    }

    void read_text(const std::string& name, std::size_t line, const toml::node& node, std::string& into) {
        line_of[name] = line;
        if (const auto* const text = node.as_string())
            into = text->get();
        else
            complain(line, name + " is " + type_name(node) + ": allowed text in quotes");
    }

    void read_field(const std::string& name, std::size_t line, const toml::node& node) {
        const Field<ScenarioDef>* const field = find_field(name);
        if (field == nullptr) return complain(line, unknown_field_text(name));
        line_of[name] = line;
        FieldValue value;
        if (field->kind == FieldKind::number || field->kind == FieldKind::integer)
            if (const auto* const text = node.as_string())
                return complain(line, name + " = " + in_quotes(text->get())
                                          + ": allowed a number without quotes, " + allowed_text(*field));
        if (const auto* const whole = node.as_integer())
            value = static_cast<double>(whole->get());
        else if (const auto* const real = node.as_floating_point())
            value = real->get() + 0.0;  // -0 becomes 0
        else if (const auto* const text = node.as_string())
            value = text->get();
        else
            return complain(line, name + " is " + type_name(node) + ": allowed " + allowed_text(*field));
        if (field->kind == FieldKind::optional_number && value == FieldValue{std::string("none")})
            value = std::monostate{};
        if (const std::string problem = find_problem(*field, value); !problem.empty())
            return complain(line, name + " = " + shown_value(value) + ": " + problem);
        field->set(def, value);
    }

    static bool is_table(const std::string& name) {
        return std::ranges::any_of(scenario_fields(),
                                   [&](const FieldInfo& info) { return info.name.starts_with(name + "."); });
    }

    void read_table(const std::string& name, std::size_t line, const toml::node& node) {
        const toml::table* const table = node.as_table();
        if (table == nullptr)
            return complain(line, name + " is " + type_name(node) + ": allowed a table, [" + name + "]");
        line_of[name] = line;
        for (const auto& [key, inner] : *table) {
            const std::string inner_name = name + "." + std::string(key.str());
            const std::size_t inner_line = key.source().begin.line;
            if (is_table(inner_name) && key.str().find('.') == std::string_view::npos)
                read_table(inner_name, inner_line, inner);
            else
                read_field(inner_name, inner_line, inner);
        }
    }

    void read(const toml::table& tree) {
        for (const auto& [key, node] : tree) {
            const std::string name(key.str());
            const std::size_t line = key.source().begin.line;
            if (name == "name")
                read_text(name, line, node, def.name);
            else if (name == "asks")
                read_text(name, line, node, def.asks);
            else if (name == "expect")
                read_text(name, line, node, def.expect);
            else if (is_table(name) && name.find('.') == std::string::npos)
                read_table(name, line, node);
            else
                complain(line, unknown_field_text(name));
        }
    }
};

/// Where a problem between fields is best shown: its own field's line, else the lowest line of a field its text names.
std::optional<std::size_t> find_line(const LineOf& line_of, const ScenarioProblem& problem) {
    if (const auto own = line_of.find(problem.field);
        own != line_of.end() && problem.field.find('.') != std::string::npos)
        return own->second;
    std::optional<std::size_t> line;
    for (const auto& [name, at] : line_of) {
        const std::string leaf = name.substr(name.rfind('.') + 1);
        if (name.find('.') != std::string::npos && problem.text.find(leaf) != std::string::npos)
            line = std::max(line.value_or(0), at);
    }
    const auto table = line_of.find(problem.field.substr(0, problem.field.find('.')));
    return !line && table != line_of.end() ? table->second : line;
}

/// Byte of a line and column (both from 1, columns in characters), as toml++ counts them.
std::size_t offset_of(std::string_view text, const toml::source_position& position) {
    std::size_t at = 0;
    for (toml::source_index line = 1; line < position.line && at != text.npos; ++line)
        at = text.find('\n', at) == text.npos ? text.size() : text.find('\n', at) + 1;
    const auto continues = [&](std::size_t i) { return i < text.size() && (text[i] & 0xc0) == 0x80; };
    for (toml::source_index column = 1; column < position.column && at < text.size(); ++column)
        for (++at; continues(at);) ++at;
    return at;
}

}  // namespace

ScenarioDef parse_scenario(std::string_view toml_text, const std::string& source) {
    Reader reader{.source = source};
    reader.def.name = std::filesystem::path(source).stem().string();
    reader.read(parse_toml(toml_text, source, "scenario"));
    if (reader.first_line != 0) complain_at(source, reader.first_line, reader.first_text);
    if (const auto problem = find_scenario_problem(reader.def)) {
        if (const auto line = find_line(reader.line_of, *problem)) complain_at(source, *line, problem->text);
        throw InputError(printable(source, 300) + ": " + problem->text);
    }
    return reader.def;
}

std::string scenario_to_toml(const ScenarioDef& def) {
    std::string text = "# A Plumbline scenario. Every key is optional.\nname = " + toml_string(def.name)
                       + "\nasks = " + toml_string(def.asks) + "\n";
    text += (def.expect.empty() ? "# expect = \"\"" : "expect = " + toml_string(def.expect)) + "\n";
    std::string table;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        const std::size_t dot = field.name.rfind('.');
        if (field.name.substr(0, dot) != table) {
            table = field.name.substr(0, dot);
            text += "\n[" + table + "]\n";
        }
        const FieldValue value = field.get(def);
        const bool absent = std::holds_alternative<std::monostate>(value);
        text += (absent ? "# " : "") + field.name.substr(dot + 1) + " = " + toml_value(value) + "  # "
                + field.help;
        if (absent) text += "; none: " + field.absent_means;
        text += "; " + allowed_text(field) + "\n";
    }
    return text;
}

std::string with_setting(std::string_view toml_text, const std::string& field, const std::string& value) {
    const std::string source = "scenario";
    ScenarioDef wanted = parse_scenario(toml_text, source);
    apply_setting(wanted, field + "=" + value);
    check_scenario(wanted, "--set " + field + "=" + printable(value, 60));

    const std::size_t dot = field.rfind('.');
    const std::string table_name = field.substr(0, dot), key = field.substr(dot + 1);
    const std::string literal = toml_value(find_field(field)->get(wanted));
    std::string text(toml_text);
    const toml::table tree = parse_toml(toml_text, source, "scenario");
    const toml::table* const table = tree.at_path(table_name).as_table();
    if (const toml::node* const node = table != nullptr ? table->get(key) : nullptr) {
        // The value alone is replaced.
        const std::size_t begin = offset_of(text, node->source().begin),
                          end = offset_of(text, node->source().end);
        text.replace(begin, end - begin, literal);
    } else if (table != nullptr) {
        // A new first line below the table's header.
        std::size_t header_end = text.find('\n', offset_of(text, table->source().begin));
        if (header_end == std::string::npos) header_end = text.insert(text.size(), "\n").size() - 1;
        text.insert(header_end + 1, key + " = " + literal + "\n");
    } else {
        text += (text.empty() || text.back() == '\n' ? "\n[" : "\n\n[") + table_name + "]\n" + key + " = "
                + literal + "\n";
    }
    // Inline tables and dotted keys are not edited by these rules: never return text that means something else.
    try {
        if (parse_scenario(text, source) == wanted) return text;
    } catch (const InputError&) {
    }
    throw InputError("--set " + field + "=" + printable(value, 60)
                     + ": cannot be written into this file's layout");
}

}  // namespace plumb
