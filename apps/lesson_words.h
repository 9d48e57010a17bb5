// `plumbline lessons` and `plumbline handout`: the lessons there are, whether they are in order, and what goes on paper.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumb {

struct LessonsRequest {
    bool check = false;
    std::vector<std::string> files;  ///< to check: names or paths; empty: all of scenarios/lessons
};
/// Adds the word with its own word `check`; its parsing fills `request`.
CLI::App* add_lessons_word(CLI::App& app, LessonsRequest& request);
/// Lists the lessons with their titles, or reads each with all its scenarios. Throws InputError for the first that is not in order.
void list_or_check_lessons(const LessonsRequest& request);

struct HandoutRequest {
    std::string lesson;  ///< a name or a path
    std::string out;     ///< .pdf or .html
    std::string paper = "a4", language = "en";
    bool notes = false, drawings = false;
    int threads = 0;
};
CLI::App* add_handout_word(CLI::App& app, HandoutRequest& request);
/// Everything is read and checked before the first run.
void write_handout(const HandoutRequest& request);

}  // namespace plumb
