// Looks at TOML text before the parser does: size, nesting and known traps, so that no file can crash it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace plumb {

inline constexpr std::size_t k_largest_file_bytes = std::size_t{1} << 20;

/// Why a text must not reach the parser, and the line (from 1).
struct TomlHazard {
    std::size_t line = 0;
    std::string_view what;
};

/// The first hazard: brackets nested deeper than 8 or more than 8 dots in a key (the parser recurses); a table header
/// without a name, a bracket closed by one of the other kind or a blank and a digit after a number (toml++ 3.3 aborts on
/// "[=", "[[[a", "a = [}" and "a = 1979-05-27 1]" where its assertions are on; no field is a date); a letter beyond ASCII
/// outside strings and comments or after a backslash, or a quote inside a number (its test for white space reaches
/// unreachable code at such letters). Right for all text up to its first syntax error, where the parser stops too.
[[nodiscard]] std::optional<TomlHazard> find_toml_hazard(std::string_view text);

}  // namespace plumb
