// `plumbline journal` as a user types it: off unless asked for, refused in one line, killed, read-only, deleted.
#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

using Words = std::vector<std::string>;

Words add_words(const std::string& day, const Words& more = {}) {
    Words words = {"journal",       "add", "--date", day,  "--setting", "7 kg at arm's length",
                   "--repetitions", "5",   "--hold", "20", "--depth",   "full"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// The program with its data in `folder`/data.
class User {
  public:
    [[nodiscard]] Command command(const Words& words) const {
        return {.words = words,
                .folder = folder_.path(),
                .environment = {{"XDG_DATA_HOME", (folder_ / "data").string()}}};
    }
    [[nodiscard]] Result run(const Words& words) const { return run_program(command(words)); }
    std::string says(const Words& words) const {
        const Result result = run(words);
        INFO(result.err);
        CHECK(result.exit_code == 0);
        return result.out;
    }
    void refused(const Words& words, const Words& culprits) const {
        check_refused(folder_, command(words), culprits);
    }
    [[nodiscard]] const Folder& folder() const { return folder_; }

  private:
    Folder folder_;
};

}  // namespace

TEST_CASE("A journal from the first entry to its deletion", "[e2e][journal]") {
    const User user;
    const Folder& folder = user.folder();
    CHECK_THAT(user.says(add_words("2026-11-02", {"--weight", "7"})), ContainsSubstring("data/plumbline"));
    CHECK_THAT(user.says({"journal", "next"}),
               ContainsSubstring("Wait for the morning") && ContainsSubstring("total hip replacement"));
    user.says({"journal", "felt", "--date", "2026-11-02", "--night", "fine"});
    user.says({"journal", "felt", "--date", "2026-11-02", "--morning", "fine"});
    CHECK_THAT(user.says({"journal", "next"}),
               ContainsSubstring("not before 2026-11-03: 6 repetitions, each held 20 s"));
    user.says(add_words("2026-11-04", {"--weight", "6.5", "--night", "sore", "--morning", "stiff", "--note",
                                       "[left] {knee}, \"odd\""}));
    CHECK_THAT(user.says({"journal", "next"}),
               ContainsSubstring("not before 2026-11-06: 4 repetitions") && ContainsSubstring("rest a day"));
    CHECK_THAT(user.says({"journal", "list"}),
               ContainsSubstring("2026-11-02: 5 repetitions") && ContainsSubstring("stiff but fine"));
    user.says(add_words("2026-11-04", {"--replace", "--night", "painful", "--morning", "fine", "--note",
                                       "[left] {knee}, \"odd\""}));
    CHECK_THAT(user.says({"journal", "next"}),
               ContainsSubstring("2 repetitions") && ContainsSubstring("examine"));
    user.says({"journal", "export", "out.csv"});
    const std::string csv = read_file(folder / "out.csv");
    CHECK(std::ranges::count(csv, '\n') == 3);
    CHECK_THAT(csv, ContainsSubstring("2026-11-04,7 kg at arm's length,,,,full,5,20,painful,fine,\"[left] "
                                      "{knee}, \"\"odd\"\"\"\n"));
    user.says({"journal", "figure", "out.svg"});
    user.says({"journal", "figure", "out.png"});
    CHECK(read_file(folder / "out.png").starts_with("\x89PNG"));
    CHECK(read_file(folder / "out.svg").find("</svg>") != std::string::npos);
    user.says({"journal", "delete", "--yes"});
    CHECK(std::filesystem::is_empty(folder / "data/plumbline"));
    CHECK(user.run({"journal", "list"}).exit_code == 2);
}

TEST_CASE("Other words and refused ones keep no journal", "[e2e][journal]") {
    const User user;
    CHECK(user.run({"list"}).exit_code == 0);
    user.refused({"journal"}, {"add, felt, list"});
    user.refused({"journal", "lst"}, {"lst"});
    for (const char* word : {"list", "next"}) user.refused({"journal", word}, {"there is no journal"});
    user.refused({"journal", "export", "x.csv"}, {"there is no journal"});
    user.refused({"journal", "figure", "x.png"}, {"there is no journal"});
    user.refused({"journal", "delete"}, {"--yes"});
    user.refused({"journal", "delete", "--yes"}, {"there is no journal"});
    user.refused({"journal", "felt", "--date", "2026-11-02", "--night", "sore"}, {"there is no journal"});
    user.refused({"journal", "add"}, {"--date"});
    const auto wrong = [&](const std::string& option, const std::string& value, const Words& culprits) {
        Words words = add_words("2026-11-02", {"--night", "fine", "--note", "a", "--weight", "7"});
        const auto at = std::ranges::find(words, option);
        if (at == words.end())
            words.insert(words.end(), {option, value});
        else
            *(at + 1) = value;
        user.refused(words, culprits);
    };
    for (const char* date : {"2026-02-30", "28.11.2026", "today", "2026-11-28T10:00", "9999-01-01", ""})
        wrong("--date", date, {"--date"});
    for (const char* count : {"0", "-3", "501", "5.5", "1e300", "nan", "five", "", "0x5"})
        wrong("--repetitions", count, {"--repetitions"});
    for (const char* hold : {"-1", "3601", "inf", "20s"}) wrong("--hold", hold, {"--hold"});
    for (const char* depth : {"deep", "1.1", "-0.1", "nan", "FULL"}) wrong("--depth", depth, {"--depth"});
    wrong("--night", "splendid", {"--night \"splendid\"", "painful"});
    wrong("--morning", "stiff but fine", {"--morning"});
    wrong("--weight", "heavy", {"--weight \"heavy\""});
    wrong("--weight", "41", {"--weight 41", "40 kg"});
    wrong("--stance", "30", {"--stance 30", "1 m"});
    wrong("--wedge", "5", {"--wedge 5", "0.1 m"});
    wrong("--setting", "", {"--setting"});
    for (const std::string& text : {repeated("x", 201), std::string("\x1b[31mred"), std::string("a\nb"),
                                    std::string("\xff\xfe"), std::string("\u202etxt")})
        for (const char* option : {"--setting", "--note"}) wrong(option, text, {option});
    wrong("--file", "no/such/folder/j.sqlite", {"no/such/folder", "folder does not exist"});
    wrong("--file", ".", {"is a folder"});
    wrong("--file", "/dev/zero", {"/dev/zero", "no regular file"});
    wrong("--file", "--replace", {"--file"});
    wrong("--file", "", {"--file"});
    wrong("--file", repeated("long", 2000), {"longlong"});
    Command homeless = user.command(add_words("2026-11-02"));
    homeless.environment = {{"XDG_DATA_HOME", ""}, {"HOME", ""}};
    check_refused(user.folder(), homeless, {"HOME", "--file"});
}

TEST_CASE("An existing journal is guarded against slips", "[e2e][journal]") {
    const User user;
    const Folder& folder = user.folder();
    write_file(folder / "other.sqlite", "this is no database, though it is called one");
    write_file(folder / "scenario.toml", "stance.width_m = 7\n");
    user.says(add_words("2026-11-02"));
    user.says(add_words("2026-11-02", {"--file", "mine.csv"}));
    user.refused(add_words("2026-11-02"), {"--date 2026-11-02", "--replace"});
    user.refused({"journal", "felt", "--date", "2026-11-03", "--night", "fine"}, {"--date 2026-11-03"});
    user.refused({"journal", "felt", "--date", "2026-11-02"}, {"--night or --morning"});
    user.refused({"journal", "felt", "--date", "yesterday", "--night", "fine"}, {"--date \"yesterday\""});
    user.refused({"journal", "export", "out.txt"}, {"out.txt", ".csv"});
    user.refused({"journal", "export", "mine.csv", "--file", "./mine.csv"}, {"the journal itself"});
    user.refused({"journal", "export", "no/such/out.csv"}, {"no/such/out.csv"});
    user.refused({"journal", "figure", "out.jpg"}, {"out.jpg", ".png or .svg"});
    user.refused({"journal", "figure", "out.png", "--ladder", "no_such_scenario"}, {"no_such_scenario"});
    user.refused({"journal", "figure", "out.png", "--ladder", "./scenario.toml"}, {"stance.width_m"});
    for (const char* word : {"list", "next"})
        user.refused({"journal", word, "--file", "other.sqlite"}, {"other.sqlite: is no journal"});
    user.refused(add_words("2026-11-02", {"--file", "other.sqlite"}), {"other.sqlite: is no journal"});
    user.refused({"journal", "delete", "--yes", "--file", "other.sqlite"}, {"other.sqlite: is no journal"});
    CHECK_THAT(user.says({"journal", "list"}), ContainsSubstring("2026-11-02: 5 repetitions"));
}

TEST_CASE("A journal on a full disk or one that is read-only says so in one line", "[e2e][journal]") {
    const User user;
    const Folder& folder = user.folder();
    Command full = user.command(add_words("2026-11-02", {"--file", "full.sqlite"}));
    full.largest_file_bytes = 4096;  // as a full disk: the database cannot grow
    const Result result = run_program(full);
    INFO(result.err);
    CHECK(result.exit_code == 1);
    check_one_line(result.err);
    CHECK_THAT(result.err, ContainsSubstring("full.sqlite"));
    // With room again the same words do.
    user.says(add_words("2026-11-02", {"--file", "full.sqlite"}));
    if (::geteuid() != 0) return;
    std::filesystem::permissions(folder / "full.sqlite", std::filesystem::perms(0444));  // root's
    Command nobody = user.command(add_words("2026-11-03", {"--file", "full.sqlite"}));
    nobody.as_nobody = true;
    check_refused(folder, nobody, {"full.sqlite: is read-only"});
    nobody.words = {"journal", "delete", "--yes", "--file", "full.sqlite"};
    check_refused(folder, nobody, {"full.sqlite: is read-only"});
    nobody.words = {"journal", "list", "--file", "full.sqlite"};
    CHECK(run_program(nobody).exit_code == 0);  // to read it is no harm
    std::filesystem::permissions(folder / "full.sqlite", std::filesystem::perms(0600));
    check_refused(folder, nobody, {"full.sqlite"});
    nobody.words = add_words("2026-11-03", {"--file", "new.sqlite"});
    check_refused(folder, nobody, {"new.sqlite", "Permission denied"});
}

TEST_CASE("The journal's figure stands beside the simulated ladder", "[e2e][journal][long]") {
    const User user;
    user.says(add_words("2026-11-02", {"--weight", "7"}));
    const auto drawn = [&](const std::string& file, const std::string& scenario) {
        Command figure = user.command({"journal", "figure", file, "--ladder", scenario});
        figure.limit = std::chrono::seconds(900);
        const Result result = run_program(figure);
        INFO(result.err);
        CHECK(result.exit_code == 0);
        return result.out;
    };
    CHECK_THAT(drawn("out.svg", "stiff_ankles"), ContainsSubstring("Wrote out.svg"));
    CHECK(std::filesystem::file_size(user.folder() / "out.svg") > 1000);
    CHECK_THAT(drawn("able.svg", "able"), ContainsSubstring("no ladder is needed"));
}
