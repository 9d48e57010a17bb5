// Plans the squat for its postures, writes the body out. All checks of input come before the first byte of output.
#include "apps/export_models.h"

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/run_text.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/body/mjcf.h"
#include "sim/body/urdf.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

Pose posture_at(const SquatPlan& plan, double position) {
    return planned_state(plan, {.position = position}).pose;
}

double read_drop(const SquatPlan& plan, const std::string& text) {
    const std::optional<double> drop = parse_number(text);
    if (drop && *drop >= 0.0 && *drop <= plan.deepest_drop) return *drop;
    throw InputError("--drop " + in_quotes(text) + ": allowed is a hip drop from 0 to "
                     + number_text(plan.deepest_drop) + " in this scenario");
}

}  // namespace

CLI::App* add_export_word(CLI::App& app, ExportRequest& request) {
    CLI::App* const word =
        app.add_subcommand("export", "Write the body as a model file for MuJoCo or another program");
    word->add_option("SCENARIO", request.scenario, "As for run")->required();
    CLI::Option* const set = add_settings(*word);
    CLI::Option* const mjcf = word->add_option(
        "--mjcf", request.mjcf, "Body, floor, wall, wedge, motors and postures as a MuJoCo model (MJCF)");
    CLI::Option* const urdf = word->add_option("--urdf", request.urdf, "The body alone as a URDF");
    CLI::Option* const drop = word->add_option(
        "--drop", request.drop, "One more posture in the MJCF: hips this share of leg length down");
    for (CLI::Option* const file : {mjcf, urdf}) file->type_name("FILE");
    drop->type_name("D");
    word->callback([=, &request] {
        request.settings = set->results();
        request.has_mjcf = mjcf->count() > 0;
        request.has_urdf = urdf->count() > 0;
        request.has_drop = drop->count() > 0;
        refuse_dash("--mjcf", request.mjcf);
        refuse_dash("--urdf", request.urdf);
    });
    return word;
}

void export_models(const ExportRequest& request) {
    const ScenarioDef scenario = resolve_scenario(read_scenario(request.scenario, request.settings));
    std::vector<WholeFile> files;
    if (request.has_mjcf) files.push_back({"--mjcf", request.mjcf});
    if (request.has_urdf) files.push_back({"--urdf", request.urdf});
    if (files.empty()) throw InputError("export writes nothing without --mjcf FILE or --urdf FILE");
    if (request.has_drop && !request.has_mjcf)
        throw InputError("--drop goes with --mjcf: a URDF holds no postures");
    for (const WholeFile& file : files) check_whole_file(file);
    if (files.size() == 2 && is_same_file(files[0], files[1]))
        throw InputError("--mjcf and --urdf name the same file " + in_quotes(request.mjcf));

    const SquatPlan plan = plan_squat(build_person(scenario.person), scenario);
    ExportDef def{.name = scenario.name,
                  .notes = {"plumbline " PLUMBLINE_VERSION ", inputs " + input_hash(scenario), k_safety_note},
                  .wall_distance_m = scenario.wall.distance_m,
                  .postures = {{"standing", posture_at(plan, 0.0)},
                               {"target", posture_at(plan, plan.target_position)}}};
    if (request.has_drop)
        def.postures.push_back(
            {"drop", posture_at(plan, path_position(plan, read_drop(plan, request.drop)))});
    const BodyModel& body = plan.model.body;
    std::string said;
    for (WholeFile& file : files) {
        const bool mjcf = file.option == "--mjcf";
        file.bytes = mjcf ? body_to_mjcf(body, def) : body_to_urdf(body, def);
        said += "Wrote " + printable(file.path, 300)
                + (mjcf ? ": MuJoCo model of body, floor"
                              + std::string(scenario.wall.distance_m ? ", wall" : "") + " and postures\n"
                        : ": URDF of the body\n");
    }
    write_whole_files(files);
    put(said);
}

}  // namespace plumb
