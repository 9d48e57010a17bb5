// The catalogue of texts: complete in English, another language laid over it, broken files refused with one line.
#include <set>

#include "render/report/texts.h"
#include "sim/base/input_error.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

std::filesystem::path texts_folder() { return std::filesystem::path(PLUMBLINE_SOURCE_DIR) / "assets/texts"; }

/// A folder with the English texts and a file of another language.
void write_language(const Folder& folder, const std::string& toml) {
    std::filesystem::copy_file(texts_folder() / "en.toml", folder / "en.toml");
    write_file(folder / "xx.toml", toml);
}

std::string complaint(const std::string& toml) {
    const Folder folder;
    write_language(folder, toml);
    try {
        (void)Texts::read(folder.path(), "xx");
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("English texts are filled in by name", "[report][texts]") {
    const Texts say = Texts::read(texts_folder(), "en");
    CHECK(say.language() == "en");
    CHECK(say("margin.inside", {{"value", "21 mm"}}) == "21 mm inside");
    CHECK(say("verdict.cause", {{"factor", "a {brace}"}}) == "What gives out first is a {brace}.");
    CHECK(say.find("margin.nothing") == std::nullopt);
    CHECK(say.word("never heard of") == "never heard of");
    CHECK(say.field("person.stature_m", "m") == "Stature");
    CHECK(say.field("wall.distance_m", "m") == "Wall behind the heels");
    CHECK_THAT(say.meaning("joints.ankle.left.max_flexion_deg"), ContainsSubstring("flexion"));
    CHECK(say.meaning("no such number").empty());
    CHECK(text_languages(texts_folder()) == std::vector<std::string>{"en"});
}

TEST_CASE("A second language needs one file and may leave things out", "[report][texts]") {
    const Folder folder;
    write_language(folder,
                   "[margin]\ninside = \"{value} innen\"\n[words]\n\"on the way down\" = \"abwärts\"\n"
                   "[fields]\n\"person.mass_kg\" = \"Masse\"\n");
    const Texts say = Texts::read(folder.path(), "xx");
    CHECK(say.language() == "xx");
    CHECK(say("margin.inside", {{"value", "21 mm"}}) == "21 mm innen");
    CHECK(say("margin.outside", {{"value", "21 mm"}}) == "21 mm outside");
    CHECK(say.word("on the way down") == "abwärts");
    CHECK(say.field("person.mass_kg", "kg") == "Masse");
    CHECK(text_languages(folder.path()) == std::vector<std::string>{"en", "xx"});
}

TEST_CASE("Broken texts are refused with file and key", "[report][texts]") {
    CHECK_THAT(complaint("[margin]\ninsid = \"x\"\n"), ContainsSubstring("xx.toml: margin.insid is no key"));
    CHECK_THAT(complaint("[margin]\ninside = \"{valeu}\"\n"),
               ContainsSubstring("margin.inside holds {valeu}"));
    CHECK_THAT(complaint("[margin]\ninside = 3\n"), ContainsSubstring("xx.toml:2"));
    CHECK_THAT(complaint("inside = \"x\"\n"), ContainsSubstring("xx.toml:1"));
    CHECK_THAT(complaint("[margin\n"), ContainsSubstring("xx.toml:1"));
    CHECK_THAT(complaint("[margin]\ninside = \"\xff\"\n"), ContainsSubstring("xx.toml"));
    CHECK_THAT(complaint(std::string(2u << 20, '#')), ContainsSubstring("xx.toml"));
    for (const std::string language : {"", "fr", "../en", "e n", "en.toml"})
        CHECK_THROWS_WITH(Texts::read(texts_folder(), language), ContainsSubstring("allowed en"));
}
