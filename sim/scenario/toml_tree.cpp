// The guard, then toml++, then its complaints in words.
#include "sim/scenario/toml_tree.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/toml_guard.h"

namespace plumb {
namespace {

std::string_view line_text(std::string_view text, std::size_t line) {
    for (; line > 1 && !text.empty(); --line)
        text.remove_prefix(
            std::min(text.size(), text.find('\n') == text.npos ? text.size() : text.find('\n') + 1));
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

void complain_at(const std::string& source, std::size_t line, const std::string& text) {
    throw InputError(printable(source, 300) + ":" + std::to_string(line) + ": " + text);
}

toml::table parse_toml(std::string_view text, const std::string& source, std::string_view kind) {
    if (text.size() > k_largest_file_bytes)
        throw InputError(printable(source, 300) + ": larger than the 1 MiB allowed for a "
                         + std::string(kind));
    if (const auto line = first_line_not_utf8(text))
        complain_at(source, *line, "not UTF-8 text: " + in_quotes(line_text(text, *line)));
    if (const auto hazard = find_toml_hazard(text))
        complain_at(source, hazard->line,
                    std::string(hazard->what) + ": " + in_quotes(line_text(text, hazard->line)));
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        // At the end of the file toml++ may point past the last line.
        const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
        const std::size_t line = std::clamp<std::size_t>(error.source().begin.line, 1, lines);
        const std::string reason = printable(error.description(), 160);
        // The two slips everybody makes: a word without quotes, a decimal comma.
        const bool word = reason.find("boolean") != reason.npos || reason.find("'nan'") != reason.npos;
        const bool comma = reason.find("saw ','") != reason.npos;
        complain_at(source, line,
                    "not TOML: " + reason + (word ? " (words stand in quotes)" : "")
                        + (comma ? " (decimals take a point)" : "") + ": "
                        + in_quotes(line_text(text, line)));
    }
}

std::string type_name(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "an array";
    case toml::node_type::string: return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point: return "a number";
    case toml::node_type::boolean: return "true or false";
    default: return "a date or time";
    }
}

std::string TomlValues::text_of(const std::string& name, const toml::node& node) const {
    if (const auto* const text = node.as_string()) return text->get();
    fail(line_of(node), name + " is " + type_name(node) + ": allowed text in quotes");
}

std::string TomlValues::line_of_text(const std::string& name, const toml::node& node) const {
    constexpr std::size_t k_longest = 500;
    const std::string text = text_of(name, node);
    if (printable(text, k_longest) != text)
        fail(line_of(node), name + " = " + in_quotes(text) + ": allowed one line of plain text, at most "
                                + std::to_string(k_longest) + " bytes");
    return text;
}

double TomlValues::number_of(const std::string& name, const toml::node& node) const {
    std::optional<double> value;
    if (const auto* const whole = node.as_integer()) value = static_cast<double>(whole->get());
    if (const auto* const real = node.as_floating_point()) value = real->get() + 0.0;
    if (!value) fail(line_of(node), name + " is " + type_name(node) + ": allowed a number without quotes");
    if (!std::isfinite(*value))
        fail(line_of(node), name + " = " + number_text(*value) + ": allowed a finite number");
    return *value;
}

double TomlValues::whole_of(const std::string& name, const toml::node& node, double least,
                            double most) const {
    const double value = number_of(name, node);
    if (!(value >= least && value <= most) || value != std::floor(value))
        fail(line_of(node), name + " = " + number_text(value) + ": allowed a whole number from "
                                + number_text(least) + " to " + number_text(most));
    return value;
}

std::size_t TomlValues::word_of(const std::string& name, const toml::node& node,
                                std::span<const std::string_view> allowed) const {
    const std::string word = text_of(name, node);
    const auto found = std::ranges::find(allowed, word);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    std::string all;
    for (const std::string_view one : allowed) all += (all.empty() ? "" : "|") + std::string(one);
    fail(line_of(node), name + " = " + in_quotes(word) + ": allowed " + all);
}

TomlValues::FieldTable TomlValues::field_table(const std::string& kind, const toml::node& node,
                                               std::span<const std::string_view> keys,
                                               std::string_view allowed) const {
    const std::size_t line = line_of(node);
    const toml::table* const table = node.as_table();
    if (table == nullptr) fail(line, kind + " is " + type_name(node) + ": allowed tables, [[" + kind + "]]");
    for (const auto& [key, inner] : *table)
        if (key.str() != "field" && std::ranges::find(keys, key.str()) == keys.end())
            fail(key.source().begin.line, "unknown key " + in_quotes(kind + "." + std::string(key.str()))
                                              + ": allowed " + std::string(allowed));
    const toml::node* const named = table->get("field");
    if (named == nullptr) fail(line, kind + " lacks its field");
    const std::string name = text_of(kind + ".field", *named);
    const Field<ScenarioDef>* const field = find_field(name);
    if (field == nullptr) fail(line_of(*named), kind + ".field: " + unknown_field_text(name));
    return {*table, *named, *field};
}

std::string toml_string(std::string_view text) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (code < 0x20 || code == 0x7f)
            out += std::string("\\u00") + k_digits[code >> 4] + k_digits[code & 15];
        else
            out += c;
    }
    return out + '"';
}

std::string toml_value(const FieldValue& value) {
    return std::holds_alternative<double>(value) ? value_text(value) : toml_string(value_text(value));
}

}  // namespace plumb
