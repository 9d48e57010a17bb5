// `plumbline sweep` as a user types it: killed and begun again, told nonsense, on a full disk.
#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

/// Eight squats of some 0.3 s each.
const std::string k_study = "asks = \"Which?\"\nscenario = \"able\"\n"
                            "[[axis]]\nfield = \"person.ankle_dorsiflexion_deg\"\nvalues = [16, 24, 32, 40]\n"
                            "[[axis]]\nfield = \"counterweight.mass_kg\"\nvalues = [0, 3]\n";

Command sweep(const Folder& folder, const std::string& out, const std::string& threads) {
    return {.words = {"sweep", "./study.toml", "--out", out, "--threads", threads}, .folder = folder.path()};
}

}  // namespace

TEST_CASE("A sweep killed in the middle goes on to the same table and maps", "[e2e]") {
    const Folder folder;
    write_file(folder / "study.toml", k_study);
    const Result whole = run_program(sweep(folder, "whole", "2"));
    INFO(whole.err);
    REQUIRE(whole.exit_code == 0);
    CHECK_THAT(whole.out,
               ContainsSubstring("8 cells: person.ankle_dorsiflexion_deg (4) x counterweight.mass_kg (2)")
                   && ContainsSubstring("fell_backward") && ContainsSubstring("not medical advice"));
    Command killed = sweep(folder, "parts", "1");
    killed.limit = std::chrono::seconds(1);
    const Result kill = run_program(killed);
    CHECK(kill.exit_code == 128 + SIGKILL);
    CHECK_FALSE(std::filesystem::exists(folder / "parts/cells.csv"));
    const Result rest = run_program(sweep(folder, "parts", "2"));
    INFO(rest.err);
    CHECK(rest.exit_code == 0);
    const std::string map = "map_person.ankle_dorsiflexion_deg_x_counterweight.mass_kg";
    for (const std::string& file : {std::string("cells.csv"), map + ".svg", map + ".png"}) {
        INFO(file);
        CHECK(read_file(folder / ("parts/" + file)) == read_file(folder / ("whole/" + file)));
    }
    // Again: nothing is left to run.
    const Result again = run_program(sweep(folder, "parts", "2"));
    CHECK(again.exit_code == 0);
    CHECK_THAT(again.out, ContainsSubstring("8 cells"));
}

TEST_CASE("sweep refuses in one line and leaves nothing", "[e2e]") {
    const Folder folder;
    write_file(folder / "study.toml", k_study);
    write_file(folder / "wrong.toml",
               "scenario = \"able\"\n[[axis]]\nfield = \"stance.width_m\"\nvalues = [0.3, 3]\n");
    write_file(folder / "lost.toml",
               "scenario = \"no/such.toml\"\n[[axis]]\nfield = \"stance.width_m\"\nvalues = [0.3, 0.4]\n");
    write_file(folder / "a_file", "");
    write_file(folder / "other/sweep.sqlite", "this is no database, though it is called one");
    const auto refused = [&](const std::vector<std::string>& words,
                             const std::vector<std::string>& culprits) {
        check_refused(folder, {.words = words}, culprits);
    };
    refused({"sweep"}, {"STUDY"});
    refused({"sweep", "stance_counterweight"}, {"--out"});
    refused({"sweep", "nothing_like_it", "--out", "x"}, {"unknown study", "stance_counterweight"});
    refused({"sweep", "./missing.toml", "--out", "x"}, {"missing.toml"});
    refused({"sweep", "./wrong.toml", "--out", "x"}, {"wrong.toml:4", "stance.width_m = 3"});
    refused({"sweep", "./lost.toml", "--out", "x"}, {"no/such.toml"});
    refused({"sweep", "./study.toml", "--out", "x", "--threads", "0"}, {"--threads 0", "1 to 256"});
    refused({"sweep", "./study.toml", "--out", "x", "--threads", "many"}, {"many"});
    refused({"sweep", "./study.toml", "--out", "a_file"}, {"a_file", "no folder"});
    refused({"sweep", "./study.toml", "--out", "other"}, {"other/sweep.sqlite", "no database of a sweep"});
    refused({"sweep", "./study.toml", "--out", "--threads"}, {"--out"});
}

TEST_CASE("A sweep whose disk is full or read-only says so in one line", "[e2e]") {
    const Folder folder;
    write_file(folder / "study.toml", k_study);
    Command full = sweep(folder, "full", "2");
    full.largest_file_bytes = 8192;  // as a full disk: the database cannot grow
    const Result result = run_program(full);
    INFO(result.err);
    CHECK(result.exit_code != 0);
    check_one_line(result.err);
    CHECK_THAT(result.err, ContainsSubstring("sweep.sqlite"));
    if (::geteuid() != 0) return;
    Command nobody = sweep(folder, "mine", "1");
    nobody.as_nobody = true;
    std::filesystem::create_directory(folder / "mine");  // root's
    const Result read_only = run_program(nobody);
    INFO(read_only.err);
    CHECK(read_only.exit_code == 2);
    check_one_line(read_only.err);
    CHECK_THAT(read_only.err, ContainsSubstring("--out mine"));
}
