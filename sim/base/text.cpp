// Strict numbers, safe quoting and spelling help, all independent of the locale.
#include "sim/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <system_error>

#include "sim/base/check.h"

namespace plumb {
namespace {

/// One character of UTF-8 text: its code point and its length in bytes; not valid: the single byte.
struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1;
    bool valid = false;
};

Character decode(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {lead, 1, false};
    std::uint32_t code = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {lead, 1, false};
        code = (code << 6) | (byte(i) & 0x3f);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {lead, 1, false};
    return {code, length, true};
}

/// Characters that change what a terminal shows beside themselves: controls, direction marks, invisible tags.
bool is_unsafe(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c
           || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e)
           || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff0 && code <= 0xfffb)
           || code >= 0xe0000;
}

std::string hex(std::uint32_t value, std::size_t digits) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string text(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 4) text[i] = k_digits[value & 15];
    return text;
}

/// Levenshtein distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row[b.size()];
}

std::string_view last_part(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value + 0.0;  // -0 becomes 0
}

std::string error_text(int error) { return std::generic_category().message(error); }

std::string number_text(double value) {
    constexpr double k_exact_whole = 9007199254740992.0;  // 2^53
    std::array<char, 32> buffer{};
    char* const end = buffer.data() + buffer.size();
    // Whole numbers without an exponent ("100000", never "1e+05"; -0 is "0"), others in the shortest exact form.
    const bool whole = std::trunc(value) == value && std::abs(value) < k_exact_whole;
    const auto result = whole ? std::to_chars(buffer.data(), end, static_cast<std::int64_t>(value))
                              : std::to_chars(buffer.data(), end, value);
    PLUMB_CHECK(result.ec == std::errc{}, "a number did not fit its text");
    return {buffer.data(), result.ptr};
}

std::string csv_word(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string printable(std::string_view text, std::size_t max_length) {
    std::string safe;
    while (!text.empty()) {
        const Character c = decode(text);
        std::string piece(text.substr(0, c.length));
        if (!c.valid || (c.code < 0x80 && is_unsafe(c.code)))
            piece = "\\x" + hex(c.code, 2);
        else if (is_unsafe(c.code))
            piece = "\\u" + hex(c.code, c.code > 0xffff ? 6 : 4);
        if (safe.size() + piece.size() > max_length) return safe + "...";
        safe += piece;
        text.remove_prefix(c.length);
    }
    return safe;
}

std::string in_quotes(std::string_view text) { return '"' + printable(text, 60) + '"'; }

std::optional<std::size_t> first_line_not_utf8(std::string_view text) {
    std::size_t line = 1;
    while (!text.empty()) {
        const Character c = decode(text);
        if (!c.valid) return line;
        line += c.code == '\n' ? 1 : 0;
        text.remove_prefix(c.length);
    }
    return std::nullopt;
}

std::string nearest_name(std::string_view text, const std::vector<std::string>& names) {
    constexpr std::size_t k_longest = 64;
    if (text.empty() || text.size() > k_longest) return {};
    std::string nearest;
    std::size_t best = text.size() / 3 + 1;  // up to about a third of the letters may be wrong
    std::size_t best_whole = 0;
    for (const std::string& name : names) {
        // A right name in the wrong table, or without one, counts as a single slip; as a letter does, which goes first.
        const std::size_t of_last = edit_distance(last_part(text), last_part(name)) + 1;
        const std::size_t whole = edit_distance(text, name), distance = std::min(whole, of_last);
        if (distance < best || (distance == best && (nearest.empty() || whole < best_whole))) {
            best = distance;
            best_whole = whole;
            nearest = name;
        }
    }
    return nearest;
}

}  // namespace plumb
