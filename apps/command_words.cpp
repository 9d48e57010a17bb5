// What several words of the command line have in common.
#include "apps/command_words.h"

#include <algorithm>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {

// A wrong word deserves better than CLI11's answer.
void check_first_word(int argc, char** argv, const std::vector<std::string>& words) {
    std::string all;  // "run, list, fields or demo"
    for (const std::string& word : words)
        all += (all.empty() ? "" : word == words.back() ? " or " : ", ") + word;
    if (argc < 2) throw InputError("a word is missing: " + all + " (plumbline --help)");
    const std::string first = argv[1];
    const std::vector<std::string> lone = {"-h", "--help", "--version"};
    for (const auto& known : {words, lone})
        if (std::find(known.begin(), known.end(), first) != known.end()) return;
    if (first.starts_with("-"))
        throw InputError("a word must come before " + in_quotes(first) + ": " + all + " (plumbline --help)");
    const std::string near = nearest_name(first, words);
    throw InputError("unknown word " + in_quotes(first)
                     + (near.empty() ? ": " + all + " (plumbline --help)" : " (did you mean " + near + "?)"));
}

/// Raw texts: CLI11 must not read brackets or braces in a value.
CLI::Option* add_settings(CLI::App& word) {
    CLI::Option* const set = word.add_option(
        "--set", [](const CLI::results_t&) { return true; },
        "Change one field (see 'plumbline fields'); may be given several times");
    set->type_name("FIELD=VALUE")
        ->type_size(1)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    set->allow_extra_args(false);
    return set;
}

void add_output_options(CLI::App& word, OutputRequest& request) {
    word.add_option("--out", request.out, "Write " + run_file_list() + " into this folder")
        ->each([&request](const std::string&) { request.has_out = true; });
    word.add_flag("--json", request.json, "Print summary.json instead of text")->disable_flag_override();
    word.add_flag("--no-interval", request.no_interval,
                  "Leave out the intervals of static limit and diagnosis (faster)")
        ->disable_flag_override();
}

void refuse_dash(const char* option, const std::string& value) {
    if (!value.starts_with("-")) return;
    throw InputError(option + (" " + in_quotes(value))
                     + ": a name is missing (one that starts with a dash: ./" + printable(value, 60) + ")");
}

}  // namespace plumb
