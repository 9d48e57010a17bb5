// Walks TOML text once, knowing only strings, comments, brackets and dots.
#include "sim/scenario/toml_guard.h"

#include <algorithm>
#include <string>

namespace plumb {
namespace {

constexpr std::size_t k_deepest = 8;

/// Bytes of the string that opens `text`, quotes included; up to the end of the text when it never closes.
std::size_t string_length(std::string_view text) {
    const char quote = text[0];
    const bool multi_line = text.size() >= 3 && text[1] == quote && text[2] == quote;
    std::size_t at = multi_line ? 3 : 1;
    while (at < text.size()) {
        if (text[at] == '\\' && quote == '"') {
            at += 2;
        } else if (text[at] != quote) {
            if (text[at] == '\n' && !multi_line) return at;  // a syntax error: the parser stops here
            ++at;
        } else if (!multi_line) {
            return at + 1;
        } else if (text.substr(at, 3) == std::string_view(text.data(), 3)) {
            // Up to two more quotes belong to the content.
            for (at += 3; at < text.size() && text[at] == quote;) ++at;
            return at;
        } else {
            ++at;
        }
    }
    return text.size();
}

/// "[" and "[[" open a table header: what follows must start a name. "]" the parser refuses itself.
bool is_nameless_header(std::string_view text) {
    if (!text.starts_with("[")) return false;
    const std::size_t next = text.find_first_not_of(" \t", text.starts_with("[[") ? 2 : 1);
    constexpr std::string_view k_name_start =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-\"']";
    return next == text.npos || k_name_start.find(text[next]) == k_name_start.npos;
}

/// A letter beyond ASCII after a backslash, which is no escape, or after blanks that a joining backslash trims. In literal
/// strings a backslash is a letter like others.
bool has_letter_after_backslash(std::string_view string) {
    if (!string.starts_with('"')) return false;
    for (std::size_t at = string.find('\\'); at < string.size(); at = string.find('\\', at + 2)) {
        const std::size_t next = string.find_first_not_of(" \t\r\n", at + 1);
        if (next != string.npos && static_cast<unsigned char>(string[next]) >= 0x80) return true;
    }
    return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Knows while a number or date is read: the parser then looks ahead to its end and takes what comes for granted.
class NumberWatch {
  public:
    /// The next character outside strings and comments; `open`: the brackets before it.
    void see(char c, const std::string& open) {
        constexpr std::string_view k_ends = " \t\r\n]},#";
        const bool is_blank = c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !open.empty());
        if (in_number_) {
            in_number_ = k_ends.find(c) == k_ends.npos;
        } else if (expects_value_ && !is_blank && c != '#') {
            in_number_ = is_digit(c) || c == '+' || c == '-';
            expects_value_ = false;
        }
        if (c == '\n') in_header_ = false;
        if (in_number_ || in_header_) return;
        if (c == '=' || c == '[' || (c == ',' && open.ends_with('['))) expects_value_ = true;
    }
    void see_header() { in_header_ = true; }

    /// What the next characters must not be, or nothing.
    [[nodiscard]] std::string_view hazard(std::string_view next) const {
        if (!in_number_) return {};
        if (next[0] == '"' || next[0] == '\'') return "a quote inside a number";
        return next[0] == ' ' && next.size() > 1 && is_digit(next[1]) ? "a blank inside a number" : "";
    }

  private:
    bool expects_value_ = false, in_number_ = false, in_header_ = false;
};

}  // namespace

std::optional<TomlHazard> find_toml_hazard(std::string_view text) {
    std::size_t line = 1, dots = 0;
    NumberWatch watch;
    std::string open;         // brackets not closed yet
    bool line_starts = true;  // nothing but blanks on this line so far
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (line_starts && open.empty() && is_nameless_header(text.substr(at)))
            return TomlHazard{line, "a table header without a name"};
        if (static_cast<unsigned char>(c) >= 0x80)
            return TomlHazard{line, "a letter outside quotes that is not plain ASCII"};
        if (line_starts && open.empty() && c == '[') watch.see_header();
        if (const auto what = watch.hazard(text.substr(at)); !what.empty()) return TomlHazard{line, what};
        watch.see(c, open);
        line_starts = c == '\n' || (line_starts && (c == ' ' || c == '\t'));
        if (c == '"' || c == '\'') {
            const std::size_t length = string_length(text.substr(at));
            const std::string_view inside = text.substr(at, length);
            if (has_letter_after_backslash(inside))
                return TomlHazard{line, "a backslash before a letter that is not plain ASCII"};
            line += static_cast<std::size_t>(std::ranges::count(inside, '\n'));
            at += length - 1;
        } else if (c == '#') {
            at = std::min(text.size(), text.find('\n', at)) - 1;
        } else if (c == '\n') {
            ++line;
            dots = 0;
        } else if (c == '[' || c == '{') {
            open += c;
        } else if (c == ']' || c == '}') {
            if (!open.empty() && open.back() != (c == ']' ? '[' : '{'))
                return TomlHazard{line, "a bracket closed by one of the other kind"};
            if (!open.empty()) open.pop_back();
        } else if (c == '.') {
            ++dots;
        }
        if (open.size() > k_deepest || dots > k_deepest)
            return TomlHazard{line, "nested too deeply for a scenario"};
    }
    return std::nullopt;
}

}  // namespace plumb
