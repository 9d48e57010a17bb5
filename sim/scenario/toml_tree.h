// TOML text to a tree, with a line for every complaint; for the station's own readers.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "sim/scenario/scenario_fields.h"

namespace plumb {

/// Throws InputError "source:line: text".
[[noreturn]] void complain_at(const std::string& source, std::size_t line, const std::string& text);

/// The tree of a user's text: at most 1 MiB of UTF-8 without what the parser does not survive. `kind` names it ("scenario"). Throws
/// InputError with file and line.
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& source, std::string_view kind);

/// Reads nodes as what they must be; every complaint names file and line.
struct TomlValues {
    const std::string& source;

    [[noreturn]] void fail(std::size_t line, const std::string& text) const {
        complain_at(source, line, text);
    }
    [[nodiscard]] std::string text_of(const std::string& name, const toml::node& node) const;
    /// One line of plain text of at most 500 bytes: what is printed and drawn.
    [[nodiscard]] std::string line_of_text(const std::string& name, const toml::node& node) const;
    /// A finite number.
    [[nodiscard]] double number_of(const std::string& name, const toml::node& node) const;
    [[nodiscard]] double whole_of(const std::string& name, const toml::node& node, double least,
                                  double most) const;
    /// Index of the word among those allowed.
    [[nodiscard]] std::size_t word_of(const std::string& name, const toml::node& node,
                                      std::span<const std::string_view> allowed) const;

    /// A table that names a field of the list under its key `field`, and holds no other keys than `field` and `keys` (in words: `allowed`).
    struct FieldTable {
        const toml::table& table;
        const toml::node& named;
        const Field<ScenarioDef>& field;
    };
    [[nodiscard]] FieldTable field_table(const std::string& kind, const toml::node& node,
                                         std::span<const std::string_view> keys,
                                         std::string_view allowed) const;
};
[[nodiscard]] inline std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

/// A TOML basic string, and a number or word as TOML.
[[nodiscard]] std::string toml_string(std::string_view text);
[[nodiscard]] std::string toml_value(const FieldValue& value);

/// "a table", "text", "a number" ...
[[nodiscard]] std::string type_name(const toml::node& node);

}  // namespace plumb
