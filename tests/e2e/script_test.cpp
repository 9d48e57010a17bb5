// The script ./plumb in a folder of its own, with stand-ins for the tools that build: nothing is built or installed.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"

using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

/// A copy of the script beside a few sources; tools first in PATH that note each call in the file `calls`.
class Checkout {
  public:
    Checkout() {
        fs::create_directories(at("."));
        fs::copy_file(fs::path(PLUMBLINE_SOURCE_DIR) / "plumb", at("plumb"));
        for (const char* const name :
             {"CMakeLists.txt", "CMakePresets.json", "sim/a.cpp", "apps/plumbline.cpp"})
            write_file(at(name), "");
        tool("cmake", "");
        // The built program shows its words, one a line in brackets, and ends with code 7.
        tool("ninja", "echo '[1/1] building' && test ! -e fails && mkdir -p build/release && cat > "
                      "build/release/plumbline "
                      "<<'P'\n#!/bin/sh\nprintf '<%s>\\n' \"$PLUMBLINE_HOME\" \"$@\"\nexit 7\nP\n"
                      "chmod +x build/release/plumbline");
        tool("dpkg-query", "for word; do printf '%s=installed ' \"$word\"; done");
        for (const char* const name : {"apt-get", "sudo", "ctest"}) tool(name, "exit 1");
        for (const char* const name : {"g++", "pkg-config", "clang-format-14"}) tool(name, "");
    }

    /// A place in the checkout; its name holds blanks on purpose.
    [[nodiscard]] fs::path at(const std::string& name) const { return folder_ / "a checkout" / name; }
    [[nodiscard]] fs::path outside(const std::string& name) const { return folder_ / name; }

    Result run(const std::vector<std::string>& words, const std::string& script = "a checkout/plumb") const {
        Command command{.words = words, .program = outside(script), .home = "/nowhere"};
        command.folder = folder_.path();
        command.environment["PATH"] = outside("tools").string() + ":/usr/local/bin:/usr/bin:/bin";
        command.limit = std::chrono::seconds(30);
        const Result result = run_program(command);
        // What the test changes next is newer, also where file times are coarse.
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return result;
    }

    /// How often a tool was called.
    [[nodiscard]] std::ptrdiff_t calls(const std::string& name) const {
        std::ptrdiff_t count = 0;
        if (!fs::exists(outside("calls"))) return 0;
        const std::string all = "\n" + read_file(outside("calls"));
        for (std::size_t from = 0; (from = all.find("\n" + name + "\n", from)) != std::string::npos; ++from)
            ++count;
        return count;
    }

    [[nodiscard]] std::string home() const { return folder_.path().string() + "/a checkout"; }

  private:
    void tool(const std::string& name, const std::string& body) {
        write_file(outside("tools/" + name), "#!/bin/sh\necho " + name + " >> '" + outside("calls").string()
                                                 + "'\n" + "cd '" + at(".").string() + "' || exit 9\n" + body
                                                 + "\n");
        fs::permissions(outside("tools/" + name), fs::perms(0755));
    }

    Folder folder_;
};

}  // namespace

TEST_CASE("./plumb without words prints its usage and starts nothing", "[e2e]") {
    const Checkout checkout;
    const Result usage = checkout.run({});
    CHECK(usage.exit_code == 0);
    CHECK(usage.err.empty());
    for (const char* const word : {"./plumb demo", "./plumb test", "./plumb clean", "--help"})
        CHECK_THAT(usage.out, ContainsSubstring(word));
    CHECK_FALSE(fs::exists(checkout.outside("calls")));
    CHECK_FALSE(fs::exists(checkout.at("build")));
}

TEST_CASE("./plumb test refuses what it does not know before it starts anything", "[e2e]") {
    const Checkout checkout;
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"test", "--lnog"},
                                               {"test", ""},
                                               {"test", "x"},
                                               {"test", "--long", "x"},
                                               {"test", "--long", "--long"}}) {
        const Result result = checkout.run(words);
        INFO(result.err);
        CHECK(result.exit_code == 2);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, Catch::Matchers::StartsWith("plumb: ") && ContainsSubstring("--long"));
        CHECK(std::ranges::count(result.err, '\n') == 1);
    }
    CHECK_FALSE(fs::exists(checkout.outside("calls")));
    CHECK_FALSE(fs::exists(checkout.at("build")));
}

TEST_CASE("./plumb fuzz refuses what it does not know before it starts anything", "[e2e]") {
    const Checkout checkout;
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"fuzz", ""},
                                               {"fuzz", "x"},
                                               {"fuzz", "0"},
                                               {"fuzz", "-5"},
                                               {"fuzz", "1e3"},
                                               {"fuzz", "60", "60"}}) {
        const Result result = checkout.run(words);
        INFO(result.err);
        CHECK(result.exit_code == 2);
        CHECK(result.out.empty());
        CHECK(result.err == "plumb: fuzz takes nothing but a number of seconds\n");
    }
    CHECK_FALSE(fs::exists(checkout.outside("calls")));
    CHECK_FALSE(fs::exists(checkout.at("build")));
}

TEST_CASE("./plumb fuzz runs every target, one line each, and fails when one crashed", "[e2e]") {
    const Checkout checkout;
    const auto target = [&](const std::string& name, const std::string& body) {
        write_file(checkout.at("build/fuzz/fuzz_" + name), "#!/bin/sh\n" + body + "\n");
        fs::permissions(checkout.at("build/fuzz/fuzz_" + name), fs::perms(0755));
    };
    const std::string stats =
        "echo 'stat::number_of_executed_units: 1234'\necho 'stat::new_units_added:          5'";
    target("seeds", "mkdir -p \"$2\" && echo x > \"$2/dictionary\"");
    for (const char* const name : {"scenario_toml", "study", "population", "set", "recording"})
        target(name, stats);
    const auto line = [](const std::string& name, const std::string& crashes) {
        return name + std::string(16 - name.size(), ' ') + "      1234 executions,      5 new units, "
               + crashes + " crashes\n";
    };
    const Result well = checkout.run({"fuzz", "3"});
    INFO(well.err);
    CHECK(well.exit_code == 0);
    CHECK(well.out
          == line("scenario_toml", "0") + line("study", "0") + line("population", "0") + line("set", "0")
                 + line("recording", "0"));
    // The words the target was given.
    target("set", "echo \"Test unit written to $5$*\"\n" + stats + "\nexit 77");
    const Result badly = checkout.run({"fuzz", "3"});
    INFO(badly.err);
    CHECK(badly.exit_code == 1);
    CHECK(badly.out
          == line("scenario_toml", "0") + line("study", "0") + line("population", "0") + line("set", "1")
                 + line("recording", "0"));
    CHECK_THAT(badly.err,
               ContainsSubstring("set ended with code 77") && ContainsSubstring("-max_total_time=3 ")
                   && ContainsSubstring("build/fuzz/corpus/set ") && ContainsSubstring("build/fuzz/set.log"));
    // A target that never got to its statistics.
    target("recording", "exit 1");
    CHECK_THAT(checkout.run({"fuzz"}).out,
               ContainsSubstring("recording                0 executions,      0 new units, 1 crashes"));
    fs::remove(checkout.at("build/fuzz/fuzz_seeds"));
    CHECK(checkout.run({"fuzz"}).exit_code == 1);
}

TEST_CASE("./plumb builds once, then hands words and exit code through without a word of its own", "[e2e]") {
    const Checkout checkout;
    const std::vector<std::string> words = {"run", "a b", "", "*", "$HOME", "--set", "x='y\"", "-x\n"};
    const std::string shown =
        "<" + checkout.home() + ">\n<run>\n<a b>\n<>\n<*>\n<$HOME>\n<--set>\n<x='y\">\n<-x\n>\n";
    const Result first = checkout.run(words);
    INFO(first.err);
    CHECK(first.exit_code == 7);
    CHECK(first.out == shown);  // build talk goes to standard error
    CHECK_THAT(first.err, ContainsSubstring("building"));
    CHECK(checkout.calls("ninja") == 1);

    // Also through a link from elsewhere, and as long as nothing changes.
    fs::create_symlink("a checkout/plumb", checkout.outside("link"));
    for (const char* const script : {"a checkout/plumb", "link"}) {
        const Result again = checkout.run(words, script);
        CHECK(again.exit_code == 7);
        CHECK(again.out == shown);
        CHECK(again.err.empty());
    }
    CHECK(checkout.calls("ninja") == 1);

    // A changed, a new and a deleted source each lead to a build.
    fs::last_write_time(checkout.at("sim/a.cpp"), fs::file_time_type::clock::now() + std::chrono::seconds(2));
    CHECK(checkout.run(words).exit_code == 7);
    CHECK(checkout.calls("ninja") == 2);
    fs::last_write_time(checkout.at("sim/a.cpp"), fs::file_time_type::clock::now() - std::chrono::hours(1));
    write_file(checkout.at("sim/b.cpp"), "");
    CHECK(checkout.run(words).exit_code == 7);
    CHECK(checkout.calls("ninja") == 3);
    fs::remove(checkout.at("sim/b.cpp"));
    CHECK(checkout.run(words).exit_code == 7);
    CHECK(checkout.calls("ninja") == 4);
    CHECK(checkout.run(words).err.empty());
    CHECK(checkout.calls("ninja") == 4);

    CHECK(checkout.run({"clean"}).exit_code == 0);
    CHECK_FALSE(fs::exists(checkout.at("build/release")));
    CHECK(checkout.calls("apt-get") + checkout.calls("sudo") == 0);
}

TEST_CASE("./plumb says so when the build fails, and tries again next time", "[e2e]") {
    const Checkout checkout;
    write_file(checkout.at("fails"), "");
    for (int i = 1; i <= 2; ++i) {
        const Result result = checkout.run({"list"});
        CHECK(result.exit_code == 1);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, ContainsSubstring("plumb: the build failed"));
        CHECK(checkout.calls("ninja") == i);
    }
    fs::remove(checkout.at("fails"));
    CHECK(checkout.run({"list"}).exit_code == 7);
}
