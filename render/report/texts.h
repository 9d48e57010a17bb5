// The one catalogue of a report's words: assets/texts/en.toml. Another language is a file beside it and nothing else.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumb {

class Texts {
  public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

    /// Reads LANGUAGE.toml in `folder` over en.toml; what it leaves out is said in English. A key is its table's name, a dot and its own.
    /// Throws InputError (file, key) for a file that is missing or broken, a key that English lacks (but for [words] and [fields], which
    /// hold what the program's own lists say) and a {placeholder} that the English text does not have.
    [[nodiscard]] static Texts read(const std::filesystem::path& folder, const std::string& language);

    /// The text with its {placeholders} filled in. The key is one of en.toml's.
    [[nodiscard]] std::string operator()(const std::string& key, Values values = {}) const;
    /// The text, or nothing where English has no such key.
    [[nodiscard]] std::optional<std::string> find(const std::string& key) const;
    /// What a phrase of the program's own ("on the way down") is in this language: [words], else as it is.
    [[nodiscard]] std::string word(const std::string& english) const;
    /// A field's name for people: [fields], else made from the list's name ("Counterweight mass").
    [[nodiscard]] std::string field(const std::string& name, const std::string& unit) const;
    /// The text of the [numbers] entry whose pattern (with * for anything) fits this number's name; empty: none does.
    [[nodiscard]] std::string meaning(const std::string& number) const;
    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] const std::map<std::string, std::string>& all() const { return texts_; }

  private:
    std::string language_ = "en";
    std::map<std::string, std::string> texts_;
};

/// The languages there are files for, sorted.
[[nodiscard]] std::vector<std::string> text_languages(const std::filesystem::path& folder);

}  // namespace plumb
