// The words' options.
#include "apps/journal_words.h"

#include "apps/command_words.h"
#include "sim/base/input_error.h"

namespace plumb {
namespace {

using Typed = std::optional<std::string> JournalRequest::*;

/// One of journal's own words: its options are kept as typed.
class Word {
  public:
    Word(CLI::App& journal, JournalRequest& request, JournalAct act, const char* name, const char* help)
        : app_(*journal.add_subcommand(name, help)), request_(request) {
        app_.callback([&request, act] { request.act = act; });
        option("--file", &JournalRequest::file, "The journal's file (journal.sqlite in your data folder)")
            ->check([](const std::string& value) {
                refuse_dash("--file", value);
                return std::string();
            });
    }
    CLI::Option* option(const std::string& name, Typed member, const std::string& help) {
        JournalRequest& request = request_;
        CLI::Option* const option = app_.add_option(
            name,
            [&request, member](const CLI::results_t& values) {
                request.*member = values.back();
                return true;
            },
            help);
        return option->type_name("TEXT")->type_size(1)->expected(1);
    }
    void flag(const char* name, bool& value, const char* help) {
        app_.add_flag(name, value, help)->disable_flag_override();
    }

  private:
    CLI::App& app_;
    JournalRequest& request_;
};

constexpr const char* k_felt_help = "fine, stiff (but fine), sore or painful";

void add_entry_options(Word& add) {
    add.option("--date", &JournalRequest::date, "The day, as 2026-11-28")->required();
    add.option("--setting", &JournalRequest::setting, "In your words: \"7 kg at arm's length\"")->required();
    add.option("--repetitions", &JournalRequest::repetitions, "How many times, 1 to 500")->required();
    add.option("--hold", &JournalRequest::hold, "At the bottom, each time [s], 0 to 3600")->required();
    add.option("--depth", &JournalRequest::depth, "Reached: half, parallel, full or a hip drop 0 to 1")
        ->required();
    add.option("--night", &JournalRequest::night, std::string("How it felt that night: ") + k_felt_help);
    add.option("--morning", &JournalRequest::morning,
               std::string("How it felt next morning: ") + k_felt_help);
    add.option("--note", &JournalRequest::note, "Up to 200 bytes");
    add.option("--weight", &JournalRequest::weight, "Held [kg], for the figure");
    add.option("--stance", &JournalRequest::stance, "Between the heels [m], for the figure");
    add.option("--wedge", &JournalRequest::wedge, "Under the heels [m], for the figure");
}

}  // namespace

CLI::App* add_journal_word(CLI::App& app, JournalRequest& request) {
    CLI::App* const journal =
        app.add_subcommand("journal", "Keep a journal of squats, if you like; it suggests the next dose");
    journal->require_subcommand(0, 1);
    journal->callback([journal] {
        if (journal->get_subcommands().empty())
            throw InputError("journal: a word is missing: add, felt, list, next, export, figure or delete "
                             "(plumbline journal --help)");
    });
    Word add(*journal, request, JournalAct::add, "add", "Write down what was done on a day");
    add_entry_options(add);
    add.flag("--replace", request.replace, "In place of what is written of that day");

    Word felt(*journal, request, JournalAct::felt, "felt", "Write down how a day felt");
    felt.option("--date", &JournalRequest::date, "The day of the squats")->required();
    felt.option("--night", &JournalRequest::night, std::string("That night: ") + k_felt_help);
    felt.option("--morning", &JournalRequest::morning, std::string("Next morning: ") + k_felt_help);

    const Word list(*journal, request, JournalAct::list, "list", "Show what is written");
    const Word next(*journal, request, JournalAct::next, "next", "Suggest the next dose by how it felt");
    Word csv(*journal, request, JournalAct::export_csv, "export", "Write everything to a CSV file");
    csv.option("FILE", &JournalRequest::out, "Ends in .csv")->required();
    Word figure(*journal, request, JournalAct::figure, "figure", "Draw it over time");
    figure.option("FILE", &JournalRequest::out, "Ends in .png or .svg")->required();
    figure.option("--ladder", &JournalRequest::ladder,
                  "With the rungs of this scenario's ladder (a name or a .toml; half a minute or more)");
    Word remove(*journal, request, JournalAct::remove, "delete", "Delete the whole journal for good");
    remove.flag("--yes", request.yes, "Really");
    return journal;
}

}  // namespace plumb
