// Reading lesson files; scenarios/lessons/wall.toml explains every key.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/lesson_def.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// Parses TOML text; `source` names it in errors ("l.toml:7: step.view = ..."). Every field, setting and word is one there is. Throws
/// InputError.
[[nodiscard]] LessonDef parse_lesson(std::string_view toml_text, const std::string& source);

/// What a step runs, its settings applied, checked. `expect` is empty where settings change what the file spoke of.
struct LoadedStep {
    ScenarioDef scenario;
    std::optional<ScenarioDef> compare{};
};

/// A lesson with what its steps run, in their order.
struct LoadedLesson {
    LessonDef def;
    std::vector<LoadedStep> steps;
};
/// Reads the lesson's file and every scenario it names, and checks each of them, also with each slider at its ends. A scenario that is a
/// bare name lies in `scenarios_dir`. Throws InputError.
[[nodiscard]] LoadedLesson load_lesson(const std::filesystem::path& path,
                                       const std::filesystem::path& scenarios_dir);

/// "NAME" -> <scenarios_dir>/lessons/NAME.toml; anything with a slash or ending in .toml is a path. Throws InputError.
[[nodiscard]] std::filesystem::path find_lesson(const std::string& name_or_path,
                                                const std::filesystem::path& scenarios_dir);

}  // namespace plumb
