// TOML text to a tree, with a line for every complaint; for the station's own readers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <toml++/toml.h>

namespace plumb {

/// Throws InputError "source:line: text".
[[noreturn]] void complain_at(const std::string& source, std::size_t line, const std::string& text);

/// The tree of a user's text: at most 1 MiB of UTF-8 without what the parser does not survive. `kind` names it ("scenario"). Throws
/// InputError with file and line.
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& source, std::string_view kind);

/// "a table", "text", "a number" ...
[[nodiscard]] std::string type_name(const toml::node& node);

}  // namespace plumb
