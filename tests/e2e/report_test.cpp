// `plumbline report` as a user types it: PDF and HTML, folders, hostile names, no fonts, no OpenGL, no room.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/tools.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

using Words = std::vector<std::string>;

/// Quick ones: no search, no interval, drawings instead of stills.
Command report(const Folder& folder, Words words, bool drawings = true) {
    words.insert(words.begin(), "report");
    for (const char* word : {"--no-adapt", "--no-ladder", "--no-interval"}) words.emplace_back(word);
    if (drawings) words.emplace_back("--drawings");
    return {.words = words, .folder = folder.path()};
}
std::string done(const Command& command) {
    const Result result = run_program(command);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    return result.out;
}

}  // namespace

TEST_CASE("A PDF report holds the summary's numbers as text, with fonts embedded", "[e2e][report]") {
    const Folder folder;
    const std::string pdf = (folder / "fall.pdf").string();
    write_file(folder / "stiff.toml", k_quick_fall);
    // With the stills of OpenGL.
    const std::string said =
        done(report(folder, {"./stiff.toml", "-o", "fall.pdf", "--data", "numbers"}, false));
    CHECK_THAT(said, ContainsSubstring("Wrote fall.pdf"));
    const std::string text = tool("pdftotext", {"-layout", pdf, "-"});
    CHECK_THAT(text, ContainsSubstring("Deep squat balance report")
                         && ContainsSubstring("The person falls backward") && ContainsSubstring("18\u00b0")
                         && ContainsSubstring("not medical advice")
                         && ContainsSubstring("total hip replacement") && ContainsSubstring("Page 1 of"));
    const auto summary = nlohmann::json::parse(
        run_program({.words = {"run", "./stiff.toml", "--json", "--no-interval"}, .folder = folder.path()})
            .out);
    CHECK_THAT(text, ContainsSubstring(summary["input_hash"].get<std::string>())
                         && ContainsSubstring(summary["state_hash"].get<std::string>()));

    // Every number of the table beside it is one of the summary or named in the dictionary, and stands in the text.
    const std::string numbers = read_file(folder / "numbers/numbers.csv"),
                      dictionary = read_file(folder / "numbers/dictionary.csv");
    CHECK_THAT(numbers, StartsWith("run,name,value,unit,shown\n"));
    int rows = 0;
    for (std::size_t at = numbers.find('\n') + 1; at < numbers.size();
         at = numbers.find('\n', at) + 1, ++rows) {
        const std::string line = numbers.substr(at, numbers.find('\n', at) - at);
        const std::size_t name = line.find(',') + 1, value = line.find(',', name) + 1;
        CHECK_THAT(dictionary, ContainsSubstring("\n" + line.substr(name, value - 1 - name) + ","));
        if (line.find(",margin.com_min_time_s,") != std::string::npos
            || line.find(",joints.ankle.left.max_flexion_deg,") != std::string::npos)
            CHECK_THAT(text, ContainsSubstring(line.substr(line.rfind(',') + 1)));
    }
    CHECK(rows > 80);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "numbers"))
        if (entry.path().filename() != "numbers.csv" && entry.path().filename() != "dictionary.csv")
            CHECK_THAT(dictionary, ContainsSubstring("\n" + entry.path().filename().string() + ","));

    const std::string fonts = tool("pdffonts", {pdf});
    std::size_t line = 0;
    for (std::size_t at = 0; at < fonts.size(); at = fonts.find('\n', at) + 1)
        if (++line > 2)
            CHECK_THAT(fonts.substr(at, fonts.find('\n', at) - at), ContainsSubstring(" yes yes "));
    CHECK(line > 3);
    CHECK_THAT(tool("pdfinfo", {pdf}), ContainsSubstring("(A4)")
                                           && ContainsSubstring("Deep squat balance report")
                                           && !ContainsSubstring("Author"));
}

TEST_CASE("The same words give the same bytes, PDF and HTML", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    for (const std::string name : {"a.pdf", "a.html"}) {
        Words words = {"./short.toml", "-o", name, "--date", "2026-11-28", "--client", "Ann"};
        if (name == "a.pdf") words.insert(words.end(), {"--paper", "letter"});
        done(report(folder, words));
        const std::string first = read_file(folder / name);
        done(report(folder, words));
        CHECK(read_file(folder / name) == first);
    }
    CHECK_THAT(tool("pdfinfo", {(folder / "a.pdf").string()}), ContainsSubstring("(letter)"));
}

namespace {

/// The last one is "-x".
void check_clients(const std::vector<std::string>& clients) {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    for (const std::string& client : clients) {
        INFO(client);
        done(report(folder, {"./short.toml", "-o", "a.html", "--client=" + client, "--data", "numbers"}));
        const std::string html = read_file(folder / "a.html");
        CHECK_THAT(html, !ContainsSubstring("<script>alert"));
        CHECK_THAT(html, !ContainsSubstring("--client"));
        if (client[0] != '<') {
            const std::size_t at = html.find(client);
            CHECK(at != std::string::npos);
            if (client.size() > 2) CHECK(html.find(client, at + 1) == std::string::npos);
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder / "numbers"))
            CHECK_THAT(read_file(entry.path()), !ContainsSubstring(client));
        done(report(folder, {"./short.toml", "-o", "a.pdf", "--client", client}));
    }
    // The last word's own value, though it begins with a dash.
    CHECK_THAT(tool("pdftotext", {(folder / "a.pdf").string(), "-"}), ContainsSubstring("-x"));
    for (const std::string& client :
         {std::string("a\nb"), std::string("\x1b[31m"), std::string("\xff\xfe"), std::string(201, 'w')})
        check_refused(folder, report(folder, {"./short.toml", "-o", "b.pdf", "--client=" + client}),
                      {"--client"});
}

}  // namespace

TEST_CASE("The client's name stands in the title and nowhere else", "[e2e][report]") {
    check_clients({std::string("<script>alert(1)</script> & \"x\" 'y'"), std::string("-x")});
}
TEST_CASE("The client's name stands in the title and nowhere else, whatever it is", "[e2e][report][long]") {
    check_clients({std::string("\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"),
                   std::string("\U0001f9d8\u200d\u2640\ufe0f Ann-Marie"), std::string(200, 'w'),
                   std::string("-x")});
}

TEST_CASE("Nonsense is refused with one line before anything runs", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    write_file(folder / "empty/nothing", "");
    write_file(folder / "odd/scenario.toml", k_short_squat);
    write_file(folder / "odd/summary.json", "[1");
    write_file(folder / "mine.txt", "");
    const auto refused = [&](const Words& words, const Words& culprits) {
        check_refused(folder, report(folder, words), culprits);
    };
    refused({"./short.toml", "-o", "a.doc"}, {"--out", "a.doc", ".pdf or .html"});
    refused({"./short.toml"}, {"--out"});
    refused({"-o", "a.pdf"}, {"SUBJECT"});
    refused({"no_such", "-o", "a.pdf"}, {"no_such"});
    refused({"./short.toml", "-o", "nowhere/a.pdf"}, {"nowhere"});
    refused({"./short.toml", "-o", "mine.txt/a.pdf"}, {"mine.txt"});
    refused({"./short.toml", "-o", "a.pdf", "--units", "cubits"}, {"--units", "cubits", "metric, imperial"});
    refused({"./short.toml", "-o", "a.pdf", "--paper", "a5"}, {"--paper", "a5"});
    refused({"./short.toml", "-o", "a.pdf", "--language", "tlh"}, {"--language", "tlh", "allowed en"});
    refused({"./short.toml", "-o", "a.pdf", "--date", "2026-02-30"}, {"--date", "2026-02-30"});
    refused({"./short.toml", "-o", "a.pdf", "--date", "yesterday"}, {"--date"});
    refused({"./short.toml", "-o", "a.pdf", "--margin", "nan"}, {"--margin"});
    refused({"./short.toml", "-o", "a.pdf", "--threads", "0"}, {"--threads"});
    refused({"./short.toml", "-o", "a.pdf", "--set", "person.mass_kg=900"}, {"person.mass_kg", "900"});
    refused({"empty", "-o", "a.pdf"}, {"empty", "neither"});
    refused({"odd", "-o", "a.pdf"}, {"summary.json"});
    refused({"odd", "-o", "a.pdf", "--set", "person.mass_kg=70"}, {"--set", "odd"});
    refused({"./short.toml", "-o", "a.pdf", "--data", "mine.txt"}, {"--data", "mine.txt"});
}

TEST_CASE("Without fonts, and where nothing can be written, there is one line and no file", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    write_file(folder / "none.conf", "<?xml version=\"1.0\"?>\n<fontconfig></fontconfig>\n");
    for (const std::string name : {"a.pdf", "a.html"}) {
        Command command = report(folder, {"./short.toml", "-o", name});
        command.environment["FONTCONFIG_FILE"] = (folder / "none.conf").string();
        const Result result = run_program(command);
        INFO(result.err);
        CHECK(result.exit_code == 1);
        CHECK_THAT(result.err, ContainsSubstring("no font"));
        CHECK_FALSE(std::filesystem::exists(folder / name));
    }
    Command full = report(folder, {"./short.toml", "-o", "a.pdf"});
    full.largest_file_bytes = 1000;
    const Result result = run_program(full);
    CHECK(result.exit_code == 1);
    check_one_line(result.err);
    CHECK(tree_of(folder.path()).size() == 2);
}

TEST_CASE("Without OpenGL drawings take the stills' place, and it says so", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    Command command = report(folder, {"./short.toml", "-o", "a.html"}, false);
    command.environment["__EGL_VENDOR_LIBRARY_FILENAMES"] = "/nowhere";
    command.environment["LIBGL_DRIVERS_PATH"] = "/nowhere";
    const Result result = run_program(command);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.err, StartsWith("no rendered stills, drawings instead"));
    CHECK_THAT(read_file(folder / "a.html"), !ContainsSubstring("<img"));
}

TEST_CASE("Folders of runs and studies and saved recordings are reported on as they are", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    write_file(folder / "study.toml",
               "asks = \"Which ankle?\"\nscenario = \"./short.toml\"\nevaluate = \"static\"\n"
               "[[axis]]\nfield = \"person.ankle_dorsiflexion_deg\"\nvalues = [16, 40]\n"
               "[[axis]]\nfield = \"counterweight.mass_kg\"\nvalues = [0, 5]\n");
    done({.words = {"run", "./short.toml", "--no-interval", "--out", "run", "--save", "run.cbor"},
          .folder = folder.path()});
    done({.words = {"sweep", "./study.toml", "--out", "map"}, .folder = folder.path()});
    done(report(folder, {"run", "run.cbor", "map", "-o", "all.html"}));
    const std::string html = read_file(folder / "all.html");
    CHECK_THAT(html, ContainsSubstring("the inputs are the same") && ContainsSubstring("Study: study")
                         && ContainsSubstring("4 settings of short")
                         && !ContainsSubstring("is not the one its summary")
                         && !ContainsSubstring("its run was another"));

    // A scenario changed after the run, and a study that is not finished.
    const std::string scenario = read_file(folder / "run/scenario.toml");
    write_file(folder / "run/scenario.toml", scenario + "\n");
    done(report(folder, {"run", "-o", "same.html"}));
    CHECK_THAT(read_file(folder / "same.html"), !ContainsSubstring("is not the one its summary"));
    std::string other = scenario;
    other.replace(other.find("depth = 0.3"), 11, "depth = 0.4");
    write_file(folder / "run/scenario.toml", other);
    done(report(folder, {"run", "-o", "other.html"}));
    CHECK_THAT(read_file(folder / "other.html"),
               ContainsSubstring("is not the one its summary was made from"));
    std::filesystem::remove(folder / "map/study.toml");
    check_refused(folder, report(folder, {"map", "-o", "b.pdf"}), {"map", "study.toml"});
}

TEST_CASE("Many scenarios make one document, or one each", "[e2e][report]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    write_file(folder / "b.toml", "[person]\nmass_kg = 90\n" + k_short_squat);
    done(report(folder, {"./short.toml", "./b.toml", "./short.toml", "-o", "all.pdf"}));
    CHECK_THAT(tool("pdftotext", {(folder / "all.pdf").string(), "-"}),
               ContainsSubstring("Overview") && ContainsSubstring("3 short"));
    const std::string said =
        done(report(folder, {"./short.toml", "./b.toml", "-o", "one.html", "--each", "--data", "numbers"}));
    CHECK(std::ranges::count(said, '\n') == 2);
    CHECK_THAT(read_file(folder / "one_2_b.html"), !ContainsSubstring("Overview"));
    CHECK(std::filesystem::exists(folder / "one_1_short.html"));
    CHECK_FALSE(std::filesystem::exists(folder / "one.html"));
    CHECK(std::filesystem::exists(folder / "numbers/2_b_numbers.csv"));
}
