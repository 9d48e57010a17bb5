// The real window, once, under a display that nobody sees; and what is said where there is no display.
#include <string>

#include "tests/lab/lab_program.h"

using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

bool has_tool(const std::string& name) {
    for (const char* const folder : {"/usr/bin/", "/usr/local/bin/", "/bin/"})
        if (fs::exists(folder + name)) return true;
    return false;
}

/// Words as the shell takes them.
std::string shell_quoted(const std::string& text) { return "'" + text + "'"; }

}  // namespace

TEST_CASE("lab window: starts, takes keys, closes when asked", "[lab][e2e]") {
    for (const char* const tool : {"xvfb-run", "xdotool", "seq"})
        if (!has_tool(tool)) SKIP(std::string(tool) + " is not here: no test of the real window");
    const Folder folder;
    // -noreset: without it the server starts over when xdotool, its only client, leaves, and whoever connects at
    // that moment (the lab) is turned away. 18 of 200 were.
    // Space and an arrow are held for a while: the lab looks at its keys once a frame. What a window
    // manager's cross sends comes from close_window.cpp: no window manager is there.
    write_file(folder / "drive.sh",
               "\"$1\" able & lab=$!\n"
               "for i in $(seq 100); do\n"
               "  window=$(xdotool search --name '^Plumbline$' 2>/dev/null | head -n 1)\n"
               "  test -n \"$window\" && break\n"
               "  kill -0 $lab 2>/dev/null || { wait $lab; exit $?; }\n"
               "  sleep 0.2\n"
               "done\n"
               "test -n \"$window\" || { echo 'no window' >&2; kill $lab; exit 9; }\n"
               "sleep 3\n"
               "xdotool windowfocus \"$window\"\n"
               "for key in space Right Home; do\n"
               "  xdotool keydown $key; sleep 0.3; xdotool keyup $key; sleep 0.2\n"
               "done\n"
               "kill -0 $lab || exit 8\n"
               "WINDOW=$window \"$2\" 'lab window: asks a window to close' || exit 7\n"
               "wait $lab\n");
    Command command =
        lab_command(folder, {"-c", "exec xvfb-run -a -s '-screen 0 1280x800x24 -noreset' sh drive.sh "
                                       + shell_quoted(PLUMBLINE_LAB_EXE) + " "
                                       + shell_quoted(fs::read_symlink("/proc/self/exe").string())});
    command.program = "/bin/sh";
    command.limit = std::chrono::seconds(60);
    const Result result = run_program(command);
    INFO(result.out << result.err);
    if (result.exit_code == 1 && result.err.find("OpenGL") != std::string::npos)
        SKIP("no OpenGL 3.3 under xvfb-run");
    CHECK_FALSE(result.too_late);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.err, !ContainsSubstring("plumbline lab:"));
    // It kept its settings where it was told to.
    CHECK(fs::exists(folder / "config/plumbline/settings"));
    CHECK(fs::exists(folder / "config/plumbline/open.toml"));
}

TEST_CASE("lab window: without a display one line says so, exit code 1", "[lab][e2e]") {
    const Folder folder;
    const Result result = run_program(lab_command(folder, {"able"}));
    CHECK(result.exit_code == 1);
    CHECK(result.out.empty());
    // Wayland's library may say a line of its own before.
    const std::string said = result.err.substr(std::min(result.err.find("plumbline lab"), result.err.size()));
    CHECK_THAT(said, Catch::Matchers::StartsWith("plumbline lab: the lab needs a display"));
    CHECK_THAT(result.err, ContainsSubstring("plumbline run"));
    CHECK(std::count(said.begin(), said.end(), '\n') == 1);
    CHECK_FALSE(fs::exists(folder / "config"));
}
