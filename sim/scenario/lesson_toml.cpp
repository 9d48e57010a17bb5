// Keys one by one, each complaint with its line; then the scenarios that the steps name.
#include "sim/scenario/lesson_toml.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/scenario/named_file.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/toml_guard.h"
#include "sim/scenario/toml_tree.h"

namespace plumb {
namespace {

std::string listed(std::span<const std::string_view> words) {
    std::string all;
    for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

/// Code points of UTF-8 text.
std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Where a step's keys stand, for what shows only when its scenario is read.
struct StepLines {
    std::size_t scenario = 0, compare = 0, settings = 0, compare_settings = 0;
    std::vector<std::size_t> sliders{};
};

/// "--set person.mass_kg=900: allowed ..." without the option, which stands in no file.
std::string without_option(const std::string& complaint) {
    for (const std::string_view lead : {"--set: ", "--set "})
        if (complaint.starts_with(lead)) return complaint.substr(lead.size());
    return complaint;
}

struct LessonReader : TomlValues {
    LessonDef def{};
    std::vector<StepLines> lines{};

    /// One line of plain text of 1 to `longest` characters.
    std::string short_text(const std::string& name, const toml::node& node, std::size_t longest) const {
        std::string text = text_of(name, node);
        const std::size_t count = characters(text);
        if (printable(text) != text)
            fail(line_of(node), name + " = " + in_quotes(text) + ": allowed one line of plain text");
        if (count == 0 || count > longest)
            fail(line_of(node), name + " has " + std::to_string(count) + " characters: allowed 1 to "
                                    + std::to_string(longest));
        return text;
    }

    bool truth(const std::string& name, const toml::node& node) const {
        if (const auto* const value = node.as_boolean()) return value->get();
        fail(line_of(node), name + " is " + type_name(node) + ": allowed true or false without quotes");
    }

    const toml::array& list(const std::string& name, const toml::node& node, std::size_t most,
                            const char* of) const {
        const toml::array* const array = node.as_array();
        if (array == nullptr) fail(line_of(node), name + " is " + type_name(node) + ": allowed " + of);
        if (array->size() > most)
            fail(line_of(node), name + " holds " + std::to_string(array->size()) + ": allowed up to "
                                    + std::to_string(most));
        return *array;
    }

    std::vector<std::string> settings(const std::string& name, const toml::node& node) const {
        std::vector<std::string> all;
        for (const toml::node& entry :
             list(name, node, k_most_lesson_settings, "a list, [\"field=value\"]")) {
            const std::string setting = text_of(name, entry);
            ScenarioDef anybody;
            try {
                apply_setting(anybody, setting);
            } catch (const InputError& error) {
                fail(line_of(entry), name + ": " + without_option(error.what()));
            }
            all.push_back(setting);
        }
        return all;
    }

    LessonOverlays overlays(const std::string& name, const toml::node& node) const {
        constexpr std::array<std::string_view, 4> k_words = {"com", "base", "plumb", "margin"};
        LessonOverlays shown{false, false, false, false};
        bool* const of_word[] = {&shown.com, &shown.base, &shown.plumb, &shown.margin};
        for (const toml::node& entry : list(name, node, k_words.size(), "a list, [\"com\", \"base\"]")) {
            bool& wanted = *of_word[word_of(name, entry, k_words)];
            if (wanted) fail(line_of(entry), name + " holds " + in_quotes(text_of(name, entry)) + " twice");
            wanted = true;
        }
        return shown;
    }

    LessonSlider slider(const toml::node& node, const std::vector<LessonSlider>& before) const {
        constexpr std::array<std::string_view, 2> k_keys = {"from", "to"};
        const auto [table, named, field] = field_table("step.slider", node, k_keys, "field, from, to");
        if (field.kind == FieldKind::word)
            fail(line_of(named),
                 "step.slider.field = " + in_quotes(field.name) + ": allowed a field of numbers");
        if (std::ranges::find(before, field.name, &LessonSlider::field) != before.end())
            fail(line_of(named), "step.slider.field = " + in_quotes(field.name) + " stands there twice");
        const auto end = [&, &rows = table, &of = field](const char* key) {
            const toml::node* const value = rows.get(key);
            const std::string name = std::string("step.slider.") + key;
            if (value == nullptr) fail(line_of(node), "step.slider lacks " + std::string(key));
            const double number = number_of(name, *value);
            if (const std::string problem = find_problem(of, number); !problem.empty())
                fail(line_of(*value), name + " = " + number_text(number) + ": " + problem);
            return number;
        };
        LessonSlider slider{field.name, end("from"), end("to")};
        if (!(slider.from < slider.to))
            fail(line_of(*table.get("to")), "step.slider.to = " + number_text(slider.to)
                                                + ": allowed more than from = " + number_text(slider.from));
        return slider;
    }

    /// Help, unit and ends of the guesses.
    void read_number(const toml::table& table, std::size_t line, LessonQuestion& question) const {
        const auto needed = [&](const char* key) -> const toml::node& {
            if (const toml::node* const node = table.get(key)) return *node;
            fail(line, "step.question lacks " + std::string(key) + ": a number has help, unit, from and to");
        };
        const toml::node& help = needed("help");
        question.help = k_question_helps[word_of("step.question.help", help, k_question_helps)];
        const HelpField& changed = *help_field(question.help);
        const toml::node& unit = needed("unit");
        question.unit = changed.units[word_of("step.question.unit", unit, changed.units)];
        const double most =
            std::round(find_field(changed.field)->max * units_per(question.help, question.unit) * 1e6) / 1e6;
        const auto end = [&](const char* key, double least) {
            const std::string name = std::string("step.question.") + key;
            const toml::node& node = needed(key);
            const double value = number_of(name, node);
            if (!(value >= least && value <= most))
                fail(line_of(node), name + " = " + number_text(value) + ": allowed " + number_text(least)
                                        + " to " + number_text(most) + " " + question.unit);
            return value;
        };
        question.from = end("from", 0.0);
        question.to = end("to", question.from);
        if (question.to == question.from)
            fail(line_of(needed("to")), "step.question.to = " + number_text(question.to)
                                            + ": allowed more than from = " + number_text(question.from));
    }

    LessonQuestion question(const toml::node& node) const {
        constexpr std::array<std::string_view, 6> k_keys = {"ask", "kind", "help", "unit", "from", "to"};
        const toml::table* const table = node.as_table();
        if (table == nullptr)
            fail(line_of(node), "step.question is " + type_name(node) + ": allowed a table, [step.question]");
        for (const auto& [key, inner] : *table)
            if (std::ranges::find(k_keys, key.str()) == k_keys.end())
                fail(key.source().begin.line, "unknown key "
                                                  + in_quotes("step.question." + std::string(key.str()))
                                                  + ": allowed " + listed(k_keys));
        const std::size_t line = line_of(node);
        const toml::node *const ask = table->get("ask"), *const kind = table->get("kind");
        if (ask == nullptr) fail(line, "step.question lacks ask");
        if (kind == nullptr) fail(line, "step.question lacks kind: allowed outcome|number");
        LessonQuestion question{
            short_text("step.question.ask", *ask, k_longest_lesson_ask),
            static_cast<QuestionKind>(word_of("step.question.kind", *kind, k_question_kind_words))};
        if (question.kind == QuestionKind::number) {
            read_number(*table, line, question);
            return question;
        }
        for (const char* const key : {"help", "unit", "from", "to"})
            if (const toml::node* const extra = table->get(key))
                fail(line_of(*extra),
                     std::string("step.question.") + key
                         + " goes with kind = \"number\": an outcome has three answers of its own");
        return question;
    }

    void read_step(const toml::node& node) {
        const toml::table* const table = node.as_table();
        if (table == nullptr)
            fail(line_of(node), "step is " + type_name(node) + ": allowed tables, [[step]]");
        LessonStep step;
        StepLines at;
        for (const auto& [key, inner] : *table) {
            const std::string word(key.str()), name = "step." + word;
            const std::size_t line = key.source().begin.line;
            if (word == "mark") {
                step.mark = short_text(name, inner, k_longest_lesson_mark);
            } else if (word == "headline") {
                step.headline = short_text(name, inner, k_longest_lesson_headline);
            } else if (word == "text") {
                step.text = short_text(name, inner, k_longest_lesson_text);
            } else if (word == "look_at") {
                step.look_at = short_text(name, inner, k_longest_lesson_look_at);
            } else if (word == "model") {
                step.model = short_text(name, inner, k_longest_lesson_model);
            } else if (word == "notes") {
                step.notes = short_text(name, inner, k_longest_lesson_notes);
            } else if (word == "scenario") {
                step.scenario = line_of_text(name, inner);
                at.scenario = line;
            } else if (word == "compare") {
                step.compare = line_of_text(name, inner);
                at.compare = line;
            } else if (word == "settings") {
                step.settings = settings(name, inner);
                at.settings = line;
            } else if (word == "compare_settings") {
                step.compare_settings = settings(name, inner);
                at.compare_settings = line;
            } else if (word == "view") {
                step.view = static_cast<LessonView>(word_of(name, inner, k_lesson_view_words));
            } else if (word == "at") {
                step.at = static_cast<LessonMoment>(word_of(name, inner, k_lesson_moment_words));
            } else if (word == "overlays") {
                step.overlays = overlays(name, inner);
            } else if (word == "muscles") {
                step.muscles = truth(name, inner);
            } else if (word == "slider") {
                for (const toml::node& entry :
                     list(name, inner, k_most_lesson_sliders, "tables, [[step.slider]]")) {
                    step.sliders.push_back(slider(entry, step.sliders));
                    at.sliders.push_back(line_of(entry));
                }
            } else if (word == "question") {
                step.question = question(inner);
            } else if (word == "sequence") {
                step.sequence = k_lesson_sequences[word_of(name, inner, k_lesson_sequences)];
            } else if (word == "journal") {
                step.journal = truth(name, inner);
            } else if (word == "handout") {
                step.handout = truth(name, inner);
            } else {
                fail(line, "unknown key " + in_quotes(name)
                               + ": allowed mark, headline, text, look_at, model, notes, scenario, compare, "
                                 "settings, compare_settings, view, at, overlays, muscles, [[step.slider]], "
                                 "[step.question], sequence, journal, handout");
            }
        }
        for (const auto& [given, key] :
             {std::pair{&step.mark, "mark"}, std::pair{&step.headline, "headline"},
              std::pair{&step.text, "text"}, std::pair{&step.scenario, "scenario"}})
            if (given->empty())
                fail(line_of(node), "step " + std::to_string(def.steps.size() + 1) + " lacks " + key);
        if (step.compare.empty() && at.compare_settings != 0)
            fail(at.compare_settings, "step.compare_settings goes with compare: what is it compared with?");
        def.steps.push_back(std::move(step));
        lines.push_back(std::move(at));
    }

    void read(const toml::table& tree) {
        for (const auto& [key, node] : tree) {
            const std::string name(key.str());
            if (name == "name") {
                def.name = short_text(name, node, k_longest_lesson_title);
            } else if (name == "title") {
                def.title = short_text(name, node, k_longest_lesson_title);
            } else if (name == "about") {
                def.about = short_text(name, node, k_longest_lesson_about);
            } else if (name == "step") {
                for (const toml::node& step : list(name, node, k_most_lesson_steps, "tables, [[step]]"))
                    read_step(step);
            } else {
                fail(key.source().begin.line,
                     "unknown key " + in_quotes(name) + ": allowed name, title, about, [[step]]");
            }
        }
        for (const auto& [missing, what] :
             {std::pair{def.title.empty(), "title = \"...\""}, std::pair{def.steps.empty(), "a [[step]]"}})
            if (missing) throw InputError(printable(source, 300) + ": lacks " + what);
    }
};

LessonReader read_lesson(std::string_view toml_text, const std::string& source) {
    LessonReader reader{{source}};
    reader.def.name = std::filesystem::path(source).stem().string();
    reader.read(parse_toml(toml_text, source, "lesson"));
    return reader;
}

/// A step's first or second scenario.
struct StepScenario {
    const std::string &key, &named;
    const std::vector<std::string>& settings;
    std::size_t line, settings_line;
};

ScenarioDef resolved(const StepScenario& wanted, const std::filesystem::path& path,
                     const std::filesystem::path& scenarios_dir) {
    ScenarioDef def;
    try {
        def = load_named_scenario(wanted.named, path, scenarios_dir, std::nullopt);
    } catch (const InputError& error) {
        complain_at(path.string(), wanted.line,
                    wanted.key + " = " + in_quotes(wanted.named) + ": " + error.what());
    }
    for (const std::string& setting : wanted.settings) apply_setting(def, setting);
    if (!wanted.settings.empty()) def.expect.clear();  // it spoke of the file as it stands
    if (const auto problem = find_scenario_problem(def))
        complain_at(path.string(), wanted.settings_line, wanted.key + " with its settings: " + problem->text);
    return def;
}

}  // namespace

LessonDef parse_lesson(std::string_view toml_text, const std::string& source) {
    return read_lesson(toml_text, source).def;
}

LoadedLesson load_lesson(const std::filesystem::path& path, const std::filesystem::path& scenarios_dir) {
    const std::string source = path.string();
    LessonReader reader = read_lesson(read_input_file(path, {"lesson", k_largest_file_bytes}), source);
    const std::string first = "step.scenario", second = "step.compare";
    LoadedLesson lesson;
    for (std::size_t i = 0; i < reader.def.steps.size(); ++i) {
        const LessonStep& step = reader.def.steps[i];
        const StepLines& at = reader.lines[i];
        LoadedStep loaded;
        loaded.scenario =
            resolved({first, step.scenario, step.settings, at.scenario, at.settings}, path, scenarios_dir);
        if (!step.compare.empty())
            loaded.compare =
                resolved({second, step.compare, step.compare_settings, at.compare, at.compare_settings}, path,
                         scenarios_dir);
        // Wherever the room pulls a slider, there is something to run.
        for (std::size_t k = 0; k < step.sliders.size(); ++k)
            for (const double end : {step.sliders[k].from, step.sliders[k].to}) {
                ScenarioDef def = loaded.scenario;
                find_field(step.sliders[k].field)->set(def, end);
                if (const auto problem = find_scenario_problem(def))
                    complain_at(source, at.sliders[k],
                                "step.slider " + step.sliders[k].field + " at " + number_text(end) + ": "
                                    + problem->text);
            }
        lesson.steps.push_back(std::move(loaded));
    }
    lesson.def = std::move(reader.def);
    return lesson;
}

std::filesystem::path find_lesson(const std::string& name_or_path,
                                  const std::filesystem::path& scenarios_dir) {
    return find_named_file(name_or_path, "lesson", scenarios_dir / "lessons");
}

}  // namespace plumb
