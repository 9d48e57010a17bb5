// How the program must answer bad input: exit code 2, one line that names the culprit, and nothing else at all.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/base/text.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"

namespace plumb::test {

/// One line for people: opens with the program's name, ends with the only line break, safe for a terminal.
inline void check_one_line(const std::string& text) {
    CHECK_THAT(text, Catch::Matchers::StartsWith("plumbline: ") && Catch::Matchers::EndsWith("\n"));
    CHECK(std::ranges::count(text, '\n') == 1);
    CHECK(printable(text.substr(0, text.find('\n'))) == text.substr(0, text.find('\n')));
    CHECK(text.size() > std::string("plumbline: \n").size());
    CHECK(text.size() < 1100);
}

/// Runs a command in `folder` that must be refused with a line that holds each of `culprits`.
inline void check_refused(const Folder& folder, Command command, const std::vector<std::string>& culprits) {
    command.folder = folder.path();
    command.limit = std::chrono::seconds(20);
    const auto before = tree_of(folder.path());
    const Result result = run_program(command);
    std::string shown = "plumbline";
    for (const std::string& word : command.words) shown += " \"" + printable(word, 60) + "\"";
    INFO(shown << "\n-> exit code " << result.exit_code << (result.too_late ? ", too late" : "") << ", says "
               << printable(result.err, 500));
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    check_one_line(result.err);
    for (const std::string& culprit : culprits)
        CHECK_THAT(result.err, Catch::Matchers::ContainsSubstring(culprit));
    CHECK(tree_of(folder.path()) == before);
}

inline std::string repeated(const std::string& piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
}

}  // namespace plumb::test
