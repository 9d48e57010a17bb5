// Text at the door: strict numbers, safe quoting of what a user wrote, and the nearest known name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// A whole decimal number ("80", "-1.5e3"): no blanks, no plus sign, no hex, no inf or nan, no rest; any locale.
/// Empty when the text is anything else or the number does not fit a double.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The system's words for an error number.
[[nodiscard]] std::string error_text(int error);

/// The number in the shortest form that parses back to the same double ("0.1", "1e-20"), whole numbers up to 2^53 without
/// an exponent ("100000"), -0 as "0"; any locale.
[[nodiscard]] std::string number_text(double value);

/// A CSV cell of words: in quotes where a comma, a quote or a line end would mislead (RFC 4180).
[[nodiscard]] std::string csv_word(const std::string& text);

/// The text on one line with nothing in it that could steer a terminal: control and direction-changing characters and
/// bytes that are not UTF-8 become "\x1b" or "\u202e". Cut with "..." after `max_length` bytes.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_length = std::string::npos);

/// printable() in double quotes, cut after 60 bytes.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// Line (from 1) of the first byte that is not UTF-8, else nothing.
[[nodiscard]] std::optional<std::size_t> first_line_not_utf8(std::string_view text);

/// The name most like `text` (fewest single-letter edits, or the same last part after a dot); empty when none is near.
[[nodiscard]] std::string nearest_name(std::string_view text, const std::vector<std::string>& names);

}  // namespace plumb
