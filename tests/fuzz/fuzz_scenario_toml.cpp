// Any bytes as a scenario file: refused, or a scenario that is valid and survives being written and read.
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/fuzz/fuzz.h"

using namespace plumb;
using namespace plumb::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    ScenarioDef def;
    try {
        def = parse_scenario(text, "fuzz.toml");
    } catch (const InputError& error) {
        check_complaint(error);
        return 0;
    }
    // From here on nothing may be refused: an InputError is a crash.
    require(!find_scenario_problem(def), "a parsed scenario has a problem");
    require(parse_scenario(scenario_to_toml(def), "again.toml") == def, "a scenario reads back otherwise");
    const ScenarioDef resolved = resolve_scenario(def);
    require(resolve_scenario(resolved) == resolved, "resolving twice changes something");
    require(parse_scenario(scenario_to_toml(resolved), "again.toml") == resolved,
            "a resolved scenario reads back otherwise");
    require(input_hash(resolved) == input_hash(def), "a resolved scenario has another hash");
    // One value changed in the text, whatever its layout: done, or refused.
    try {
        const ScenarioDef edited = parse_scenario(with_setting(text, "movement.hold_s", "7.5"), "fuzz.toml");
        require(edited.movement.hold_s == 7.5, "a setting written into a file is not read");
    } catch (const InputError& error) {
        check_complaint(error);
    }
    return 0;
}
