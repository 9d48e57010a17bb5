// By what lies at the path.
#include "apps/report_subjects.h"

#include <filesystem>

#include "apps/cell_output.h"
#include "apps/commands.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_largest_summary = 16u << 20;

bool is_recording(const fs::path& path) { return path.extension() == ".cbor"; }

ReportSubject read_run_folder(const fs::path& folder) {
    ReportSubject subject;
    subject.scenario = load_scenario(folder / "scenario.toml");
    const fs::path file = folder / "summary.json";
    std::error_code error;
    if (fs::exists(file, error)) {
        subject.summary =
            nlohmann::json::parse(read_input_file(file, {"summary", k_largest_summary}), nullptr, false);
        if (!subject.summary->is_object())
            throw InputError(printable(file.string(), 300) + ": is no summary of a run (JSON)");
    }
    return subject;
}

ReportSubject read_study_folder(const fs::path& folder) {
    const fs::path study_file = folder / "study.toml";
    ReportSubject subject;
    std::error_code error;
    if (!fs::exists(study_file, error))
        throw InputError(
            printable(folder.string(), 300)
            + ": lacks study.toml: give 'plumbline sweep' its words again, what is done is kept");
    ReportStudy study{folder.string(), load_study(study_file, folder), {}};
    const CellList list = cells_of(study.study);
    CellStore store = open_store(folder / k_sweep_database, list, folder.string(), StoreUse::read);
    if (!store.is_complete())
        throw InputError(printable(folder.string(), 300)
                         + ": the study is not finished: give 'plumbline sweep' its words again");
    study.rows = store.rows();
    subject.name = study.study.def.name;
    subject.study = std::move(study);
    return subject;
}

}  // namespace

ReportSubject read_report_subject(const std::string& word, const std::vector<std::string>& settings) {
    std::error_code error;
    const fs::path path = word;
    ReportSubject subject;
    const bool folder = fs::is_directory(path, error);
    if ((folder || is_recording(path)) && !settings.empty())
        throw InputError("--set goes with a scenario, not with " + in_quotes(word));
    if (folder && fs::exists(path / k_sweep_database, error)) return read_study_folder(path);
    if (folder && fs::exists(path / "scenario.toml", error)) {
        subject = read_run_folder(path);
    } else if (folder) {
        throw InputError(printable(word, 300)
                         + ": is neither the folder of a run (scenario.toml) nor of a study (sweep.sqlite)");
    } else if (is_recording(path)) {
        subject.recording = load_recording(path);
        subject.scenario = subject.recording->scenario;
    } else {
        subject.scenario = read_scenario(word, settings);
    }
    subject.name = subject.scenario.name;
    return subject;
}

std::string remark_on(const ReportSubject& subject, const Recording& recording, const Texts& texts) {
    if (!subject.summary) return "";
    const auto said = [&](const char* key) {
        const auto found = subject.summary->find(key);
        return found != subject.summary->end() && found->is_string() ? found->get<std::string>()
                                                                     : std::string();
    };
    if (said("input_hash") != recording.input_hash) return texts("report.other_inputs");
    if (said("state_hash") != recording.engine.state_hash)
        return texts("report.other_run", {{"program", printable(said("program"), 60)}});
    return "";
}

}  // namespace plumb
