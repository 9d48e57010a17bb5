// Any bytes as a study file: refused, or a study every cell of which can be named.
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/study_toml.h"
#include "tests/fuzz/fuzz.h"

using namespace plumb;
using namespace plumb::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    LoadedStudy study;
    try {
        study.def = parse_study(text_of(data, size), "fuzz.toml");
    } catch (const InputError& error) {
        check_complaint(error);
        return 0;
    }
    // From here on nothing may be refused: an InputError is a crash.
    const StudyDef& def = study.def;
    require(!def.axes.empty() && def.axes.size() <= k_most_axes, "a number of axes that is not allowed");
    const std::size_t cells = def.cell_count();
    require(cells >= 2 && cells <= k_most_cells, "a number of cells that is not allowed");
    for (const StudyAxis& axis : def.axes)
        for (const FieldValue& value : axis.values)
            require(find_problem(*find_field(axis.field), value).empty(),
                    "an axis value that its field refuses");
    for (const std::size_t cell : {std::size_t{0}, cells / 2, cells - 1}) {
        const ScenarioDef scenario = cell_scenario(study, cell);
        const std::vector<std::size_t> places = def.places(cell);
        for (std::size_t i = 0; i < places.size(); ++i)
            require(find_field(def.axes[i].field)->get(scenario) == def.axes[i].values[places[i]],
                    "a cell without its value");
    }
    require(study_hash(study).size() == 64, "a hash of another length");
    return 0;
}
