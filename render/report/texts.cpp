// Reads, checks, fills in.
#include "render/report/texts.h"

#include <algorithm>
#include <set>

#include <fnmatch.h>

#include "sim/base/check.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/scenario/toml_tree.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

constexpr std::size_t k_largest_bytes = 1 << 20;
constexpr std::string_view k_words = "words.", k_fields = "fields.", k_numbers = "numbers.";

std::set<std::string> placeholders(const std::string& text) {
    std::set<std::string> names;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1))
        if (const std::size_t end = text.find('}', at); end != std::string::npos)
            names.insert(text.substr(at + 1, end - at - 1));
    return names;
}

/// Tables of texts, one level deep.
std::map<std::string, std::string> read_file(const std::filesystem::path& path) {
    const std::string source = path.string();
    const toml::table tree = parse_toml(read_input_file(path, {"texts", k_largest_bytes}), source, "texts");
    std::map<std::string, std::string> texts;
    for (const auto& [group, node] : tree) {
        const toml::table* const table = node.as_table();
        if (table == nullptr) complain_at(source, line_of(node), "allowed tables of texts, [verdict]");
        for (const auto& [key, text] : *table) {
            const toml::value<std::string>* const value = text.as_string();
            const std::string name = std::string(group.str()) + "." + std::string(key.str());
            if (value == nullptr)
                complain_at(source, line_of(text), name + " is " + type_name(text) + ": allowed a text");
            if (value->get().empty()) complain_at(source, line_of(text), name + " is empty: allowed a text");
            if (std::ranges::count(value->get(), '{') != std::ranges::count(value->get(), '}'))
                complain_at(source, line_of(text), name + " has a brace that is not closed");
            texts[name] = value->get();
        }
    }
    return texts;
}

}  // namespace

Texts Texts::read(const std::filesystem::path& folder, const std::string& language) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    const std::filesystem::path file = folder / (language + ".toml");
    std::error_code error;
    if (language.empty() || !std::ranges::all_of(language, is_letter)
        || !std::filesystem::is_regular_file(file, error)) {
        std::string known;
        for (const std::string& one : text_languages(folder)) known += (known.empty() ? "" : ", ") + one;
        throw InputError("--language " + in_quotes(language) + ": allowed " + known);
    }
    Texts texts;
    texts.language_ = language;
    texts.texts_ = read_file(folder / "en.toml");
    if (language == "en") return texts;
    for (const auto& [key, text] : read_file(file)) {
        const auto english = texts.texts_.find(key);
        const std::string where = printable(file.string(), 300) + ": " + key;
        if (english == texts.texts_.end()) {
            if (!key.starts_with(k_words) && !key.starts_with(k_fields))
                throw InputError(where + " is no key of en.toml");
        } else {
            const std::set<std::string> known = placeholders(english->second);
            for (const std::string& name : placeholders(text))
                if (!known.contains(name))
                    throw InputError(where + " holds {" + name + "}, which the English text does not have");
        }
        texts.texts_[key] = text;
    }
    return texts;
}

std::string Texts::operator()(const std::string& key, Values values) const {
    const auto found = texts_.find(key);
    PLUMB_CHECK(found != texts_.end(), key.c_str());
    std::string filled;
    const std::string& text = found->second;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at), end = text.find('}', open);
        filled += text.substr(at, open - at);
        if (open == std::string::npos || end == std::string::npos) break;
        const std::string_view name = std::string_view(text).substr(open + 1, end - open - 1);
        const auto value = std::ranges::find(values, name, &std::pair<std::string_view, std::string>::first);
        PLUMB_CHECK(value != values.end(), key.c_str());
        filled += value->second;
        at = end + 1;
    }
    return filled;
}

std::optional<std::string> Texts::find(const std::string& key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
}

std::string Texts::word(const std::string& english) const {
    return find(std::string(k_words) + english).value_or(english);
}

std::string Texts::field(const std::string& name, const std::string& unit) const {
    if (const auto own = find(std::string(k_fields) + name)) return *own;
    return field_words({name, unit, {}, {}});
}

std::string Texts::meaning(const std::string& number) const {
    // The most exact pattern: "adapt.*.low" before "adapt.*".
    std::string_view longest;
    std::string meaning;
    for (auto at = texts_.lower_bound(std::string(k_numbers));
         at != texts_.end() && at->first.starts_with(k_numbers); ++at) {
        const std::string_view pattern = std::string_view(at->first).substr(k_numbers.size());
        if (pattern.size() <= longest.size() || ::fnmatch(pattern.data(), number.c_str(), 0) != 0) continue;
        longest = pattern;
        meaning = at->second;
    }
    return meaning;
}

std::vector<std::string> text_languages(const std::filesystem::path& folder) {
    std::vector<std::string> languages;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") languages.push_back(entry.path().stem().string());
    std::ranges::sort(languages);
    return languages;
}

}  // namespace plumb
