// Any bytes as settings after --set, one a line: each is refused or means what it says.
#include "sim/scenario/scenario_fields.h"
#include "tests/fuzz/fuzz.h"

using namespace plumb;
using namespace plumb::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ScenarioDef def;
    std::string_view rest = text_of(data, size);
    while (!rest.empty()) {
        const std::string_view setting = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), setting.size() + 1));
        const ScenarioDef before = def;
        try {
            apply_setting(def, setting);
        } catch (const InputError& error) {
            check_complaint(error);
            require(def == before, "a refused setting changed something");
            continue;
        }
        // The field reads back as a text that sets it again.
        const Field<ScenarioDef>* const field = find_field(setting.substr(0, setting.find('=')));
        require(field != nullptr, "a setting without a field was taken");
        ScenarioDef again = def;
        apply_setting(again, field->name + "=" + value_text(field->get(def)));
        require(again == def, "a value reads back otherwise");
    }
    try {
        check_scenario(def, "fuzz");
    } catch (const InputError& error) {
        check_complaint(error);
        return 0;
    }
    require(input_hash(resolve_scenario(def)) == input_hash(def), "a resolved scenario has another hash");
    return 0;
}
