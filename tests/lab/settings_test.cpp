// Settings and autosave: broken or hostile files are as if they were not there.
#include "render/lab/settings.h"

#include <cstdlib>
#include <optional>

#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/e2e/folder.h"

using namespace plumb;
using namespace plumb::test;
namespace fs = std::filesystem;

namespace {

/// An environment variable for the length of a block.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* const old = std::getenv(name)) old_ = old;
        if (value != nullptr)
            ::setenv(name, value, 1);
        else
            ::unsetenv(name);
    }
    ~Variable() {
        if (old_)
            ::setenv(name_, old_->c_str(), 1);
        else
            ::unsetenv(name_);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::optional<std::string> old_;
};

}  // namespace

TEST_CASE("lab settings: the folder follows XDG_CONFIG_HOME, then HOME", "[lab]") {
    const Variable home("HOME", "/home/somebody");
    {
        const Variable xdg("XDG_CONFIG_HOME", "/somewhere/conf");
        CHECK(config_folder() == "/somewhere/conf/plumbline");
    }
    for (const char* const unusable : {static_cast<const char*>(nullptr), "", "relative/folder"}) {
        const Variable xdg("XDG_CONFIG_HOME", unusable);
        CHECK(config_folder() == "/home/somebody/.config/plumbline");
        const Variable no_home("HOME", nullptr);
        CHECK(config_folder().empty());
    }
}

TEST_CASE("lab settings: come back as they were saved", "[lab]") {
    const Folder folder;
    CHECK(load_settings(folder / "none") == Settings{});
    for (const Settings& s :
         {Settings{}, Settings{true, false, 0.75}, Settings{false, true, 2.5}, Settings{true, true, 1.25}}) {
        REQUIRE(save_settings(folder / "a/b", s));
        CHECK(load_settings(folder / "a/b") == s);
    }
    CHECK_FALSE(fs::exists(folder / "a/b/settings.part"));
}

TEST_CASE("lab settings: broken and hostile files give the defaults", "[lab]") {
    const Folder folder;
    const fs::path file = folder / "settings";
    for (const std::string& text :
         {std::string(), std::string("\0\xff\xfe=\n", 5), std::string("dark\nimperial\n"),
          std::string("dark=2\nimperial=yes\nzoom=\n"), std::string("zoom=nan\n"), std::string("zoom=inf\n"),
          std::string("=1\n===\n"), std::string(300, 'x') + "\ndark=1\n", std::string(1u << 20, 'y')}) {
        write_file(file, text);
        CHECK(load_settings(folder.path()) == Settings{});
    }
    write_file(file, "zoom=1e300\n");
    CHECK(load_settings(folder.path()).zoom == 2.5);
    write_file(file, "zoom=-5\n");
    CHECK(load_settings(folder.path()).zoom == 0.75);
    fs::remove(file);
    fs::create_directory(file);
    CHECK(load_settings(folder.path()) == Settings{});
    CHECK_FALSE(save_settings(folder.path(), {}));
    fs::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);  // nobody writes: must not be waited for
    CHECK(load_settings(folder.path()) == Settings{});
    fs::remove(file);
    fs::create_symlink("/dev/zero", file);
    CHECK(load_settings(folder.path()) == Settings{});
}

TEST_CASE("lab settings: open work comes back, names with anything in them", "[lab]") {
    const Folder folder;
    SavedSession saved;
    saved.open = ScenarioDef{};
    saved.open->name = "quotes \" and \\ and umlauts \u00e4";
    saved.open->counterweight.mass_kg = 3.25;
    for (int i = 0; i < 12; ++i) {
        ScenarioDef def;
        def.name = "run " + std::to_string(i);
        def.stance.toe_out_deg = i;
        saved.kept.push_back(def);
    }
    REQUIRE(save_session(folder.path(), saved));
    SavedSession back = load_session(folder.path());
    CHECK(back.open == saved.open);
    CHECK(back.kept == saved.kept);
    // Fewer next time: the others' files are gone.
    saved.kept.resize(3);
    REQUIRE(save_session(folder.path(), saved));
    back = load_session(folder.path());
    CHECK(back.kept == saved.kept);
    // What cannot be run now does not replace what could be run.
    const std::string before = read_file(folder / "open.toml");
    saved.open.reset();
    REQUIRE(save_session(folder.path(), saved));
    CHECK(read_file(folder / "open.toml") == before);
}

TEST_CASE("lab settings: broken and hostile autosaves are as if they were not there", "[lab]") {
    const Folder folder;
    CHECK_FALSE(load_session(folder / "none").open.has_value());
    for (const std::string& text : {std::string("[person]\nmass_kg = 900\n"), std::string("[[[["),
                                    std::string("\0\xff", 2), std::string(2u << 20, 'a')}) {
        write_file(folder / "open.toml", text);
        write_file(folder / "run-01.toml", text);
        write_file(folder / "run-02.toml", "name = \"good\"\n");
        const SavedSession session = load_session(folder.path());
        CHECK_FALSE(session.open.has_value());
        REQUIRE(session.kept.size() == 1);
        CHECK(session.kept.front().name == "good");
    }
    fs::remove(folder / "open.toml");
    REQUIRE(::mkfifo((folder / "open.toml").c_str(), 0600) == 0);
    CHECK_FALSE(load_session(folder.path()).open.has_value());
    write_file(folder / "file", "");
    CHECK_FALSE(save_session(folder / "file/below", {ScenarioDef{}, {}, {}}));
}
