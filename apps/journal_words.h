// `plumbline journal`: a person's own journal of squats, kept only by who gives one of its words.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

namespace plumb {

enum class JournalAct { add, felt, list, next, export_csv, figure, remove };

struct JournalRequest {
    JournalAct act = JournalAct::list;
    std::optional<std::string> file{};  ///< else journal.sqlite in the user's data folder
    // As typed; nothing: not given.
    std::optional<std::string> date{}, setting{}, repetitions{}, hold{}, depth{}, night{}, morning{}, note{},
        weight{}, stance{}, wedge{}, out{}, ladder{};
    bool replace = false, yes = false;
};

/// Adds the word with its own words and their options; its parsing fills `request`.
CLI::App* add_journal_word(CLI::App& app, JournalRequest& request);

/// Nothing is made, and nothing read beyond the journal, before all that was typed is checked.
void keep_journal(const JournalRequest& request);

}  // namespace plumb
