// The guard, then toml++, then its complaints in words.
#include "sim/scenario/toml_tree.h"

#include <algorithm>

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

}  // namespace plumb
