// Two moments on two threads; a table, CSV or JSON.
#include "apps/push_rose.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <future>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/engine/simulate.h"
#include "sim/study/push_rose.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

const char* way_of(double direction_deg) {
    constexpr std::array<const char*, 4> k_ways = {"forward", "left", "backward", "right"};
    const double quarter = direction_deg / 90.0;
    return quarter == static_cast<int>(quarter) ? k_ways.at(static_cast<size_t>(quarter)) : "";
}

std::string padded(std::string text, size_t width) {
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string rose_text(const ScenarioDef& scenario, const std::vector<PushRose>& roses,
                      const RoseOptions& options) {
    std::string text = scenario.name + "\n\n";
    for (const PushRose& rose : roses) {
        text += std::string(moment_name(rose.moment)) + ", pushed at " + fixed_text(rose.time_s, 1) + " s at "
                + percent_text(scenario.push.height_ratio) + " of stature for " + number_text(k_push_s)
                + " s\n";
        if (!rose.problem.empty()) {
            text += wrapped("No push is measured here: " + rose.problem + ".", 2) + "\n";
            continue;
        }
        text += "  direction            least that topples\n";
        for (const RosePetal& petal : rose.petals) {
            const std::string size =
                petal.topples_Ns
                    ? padded(fixed_text(*petal.topples_Ns, 0), 6) + " N s, " + outcome_in_words(petal.outcome)
                    : padded("over " + fixed_text(options.most_Ns, 0), 6) + " N s";
            text += padded(fixed_text(petal.direction_deg, 1), 7) + " deg "
                    + (way_of(petal.direction_deg) + std::string(12, ' ')).substr(0, 12) + size + "\n";
        }
        text += "\n";
    }
    text += wrapped((roses.empty() ? "" : roses.front().note + " ") + "Each answer is exact to "
                        + fixed_text(options.tolerance_Ns, 0) + " N s.",
                    0);
    return text + "\n" + wrapped(k_safety_note, 0);
}

std::string rose_json(const ScenarioDef& scenario, const std::vector<PushRose>& roses,
                      const RoseOptions& options) {
    Json all = Json::array();
    for (const PushRose& rose : roses) {
        Json petals = Json::array();
        for (const RosePetal& petal : rose.petals)
            petals.push_back({{"direction_deg", petal.direction_deg},
                              {"topples_Ns", petal.topples_Ns ? Json(*petal.topples_Ns) : Json(nullptr)},
                              {"stands_Ns", petal.stands_Ns},
                              {"outcome", outcome_name(petal.outcome)},
                              {"runs", petal.runs}});
        all.push_back({{"moment", moment_name(rose.moment)},
                       {"time_s", rose.time_s},
                       {"problem", rose.problem.empty() ? Json(nullptr) : Json(rose.problem)},
                       {"petals", petals}});
    }
    const Json j = {{"scenario", scenario.name},
                    {"height_ratio", scenario.push.height_ratio},
                    {"most_Ns", options.most_Ns},
                    {"tolerance_Ns", options.tolerance_Ns},
                    {"roses", all},
                    {"note", k_safety_note}};
    return j.dump(2) + "\n";
}

}  // namespace

CLI::App* add_push_word(CLI::App& app, PushRequest& request) {
    CLI::App* const push =
        app.add_subcommand("push", "Find the least push that topples, in sixteen directions");
    push->add_option("SCENARIO", request.scenario, "As for run")->required();
    CLI::Option* const set = add_settings(*push);
    push->add_option("--moment", request.moment, "standing, bottom or both");
    push->add_option("--directions", request.directions, "How many, from forward on: 1 to 72 (16)");
    CLI::Option* const out =
        push->add_option("--out", request.out, "Also write the table to this file (.csv)");
    push->add_flag("--json", request.json, "Print one JSON document instead")->disable_flag_override();
    push->callback([=, &request] {
        request.settings = set->results();
        request.has_out = out->count() > 0;
        refuse_dash("--out", request.out);
    });
    return push;
}

void push_in_all_directions(const PushRequest& request) {
    std::vector<RoseMoment> moments;
    for (const RoseMoment moment : {RoseMoment::standing, RoseMoment::bottom})
        if (request.moment == "both" || request.moment == moment_name(moment)) moments.push_back(moment);
    if (moments.empty())
        throw InputError("--moment " + in_quotes(request.moment) + ": allowed standing, bottom, both");
    if (request.directions < 1 || request.directions > 72)
        throw InputError("--directions " + std::to_string(request.directions) + ": allowed 1 to 72");
    const ScenarioDef scenario = read_scenario(request.scenario, request.settings);
    WholeFile table{"--out", request.out};
    if (request.has_out) check_whole_file(table);

    const std::atomic<bool>* const stopped = stop_on({SIGINT});
    RoseOptions options;
    options.directions = request.directions;
    const bool shows = ::isatty(STDERR_FILENO) != 0;
    std::atomic<int> done = 0;
    const auto progress = [&](double) {
        const int all = options.directions * static_cast<int>(moments.size());
        if (++done; shows) std::fprintf(stderr, "\r%d of %d directions", done.load(), all);
    };
    std::vector<std::future<PushRose>> working;
    for (const RoseMoment moment : moments)
        working.push_back(std::async(std::launch::async, [&, moment] {
            return find_push_rose(scenario, moment, options, progress, stopped);
        }));
    std::vector<PushRose> roses;
    for (auto& work : working) roses.push_back(work.get());
    if (shows) std::fputs("\r                         \r", stderr);
    put((request.json ? rose_json : rose_text)(scenario, roses, options));
    if (request.has_out) {
        table.bytes = push_rose_csv(roses);
        write_whole_files({table});
    }
    end_if_stopped();
}

}  // namespace plumb
