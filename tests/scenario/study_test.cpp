// Study files: what they mean, and one clear line for everything they must not hold.
#include <fstream>

#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/scenario/study_toml.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string k_axis = "[[axis]]\nfield = \"stance.width_m\"\nvalues = [0.3, 0.4]\n";
std::string study_complaint(const std::string& text) {
    return complaint_of([&] { (void)parse_study(text, "s.toml"); });
}

}  // namespace

TEST_CASE("A study's axes are lists or even steps, the first one slowest", "[scenario][parse]") {
    const CommaLocale locale;
    const StudyDef def = parse_study("asks = \"?\"\nscenario = \"able\"\nevaluate = \"static\"\nseed = 7\n"
                                     "[[axis]]\nfield = \"stance.width_m\"\nfrom = 0.2\nto = 0.5\nsteps = 4\n"
                                     "[[axis]]\nfield = \"wall.distance_m\"\nvalues = [\"none\", 0.3, 1]\n"
                                     "[[axis]]\nfield = \"movement.depth\"\nvalues = [\"full\", 0.5]\n",
                                     "folder/three.toml");
    CHECK(def.name == "three");
    CHECK(def.evaluate == Evaluate::statics);
    CHECK(def.seed == 7.0);
    REQUIRE(def.axes.size() == 3);
    // 0.3, not 0.30000000000000004.
    CHECK(def.axes[0].values == std::vector<FieldValue>{0.2, 0.3, 0.4, 0.5});
    CHECK(def.axes[1].values == std::vector<FieldValue>{std::monostate{}, 0.3, 1.0});
    CHECK(def.axes[2].values == std::vector<FieldValue>{std::string("full"), 0.5});
    CHECK(def.cell_count() == 24);
    CHECK(def.places(0) == std::vector<std::size_t>{0, 0, 0});
    CHECK(def.places(1) == std::vector<std::size_t>{0, 0, 1});
    CHECK(def.places(2) == std::vector<std::size_t>{0, 1, 0});
    CHECK(def.places(23) == std::vector<std::size_t>{3, 2, 1});
    LoadedStudy study{def, {}};
    const ScenarioDef cell = cell_scenario(study, 15);  // 2, 1, 1
    CHECK(cell.stance.width_m == 0.4);
    CHECK(cell.wall.distance_m == 0.3);
    CHECK(cell.movement.depth == Depth{0.5});
}

TEST_CASE("Wrong studies are refused with file, line and what is allowed", "[scenario][parse]") {
    struct Row {
        std::string text, culprit;
    };
    const std::string head = "scenario = \"able\"\n";
    const auto axis = [&](const std::string& rest) {
        return head + "[[axis]]\nfield = \"stance.width_m\"\n" + rest;
    };
    for (const Row& row : {
             Row{"", "lacks scenario"},
             {head, "lacks an [[axis]]"},
             {k_axis, "lacks scenario"},
             {head + k_axis + k_axis, "s.toml:6: axis.field = \"stance.width_m\" stands there twice"},
             {head + "[[axis]]\nvalues = [1, 2]\n", "s.toml:2: axis lacks its field"},
             {head + "[[axis]]\nfield = \"stance.widht_m\"\nvalues = [1, 2]\n",
              "did you mean stance.width_m"},
             {head + "[[axis]]\nfield = 3\nvalues = [1, 2]\n", "axis.field is a number"},
             {axis(""), "has neither"},
             {axis("values = [0.3, 0.4]\nfrom = 0.2\nto = 0.3\nsteps = 2\n"), "has both"},
             {axis("from = 0.2\nto = 0.3\n"), "lacks steps"},
             {axis("from = 0.2\nto = 0.2\nsteps = 3\n"), "two different ends"},
             {axis("from = 0.2\nto = 0.3\nsteps = 1\n"),
              "axis.steps = 1: allowed a whole number from 2 to 200"},
             {axis("from = 0.2\nto = 0.3\nsteps = 2.5\n"), "allowed a whole number"},
             {axis("from = 0.2\nto = 0.3\nsteps = 1000000\n"), "allowed a whole number"},
             {axis("from = 0.2\nto = nan\nsteps = 3\n"), "s.toml:"},
             {axis("from = 0.2\nto = 1e400\nsteps = 3\n"), "s.toml:"},
             {axis("from = 0.2\nto = 30\nsteps = 3\n"), "axis stance.width_m = 15.1: allowed"},
             {axis("from = \"0.2\"\nto = 0.3\nsteps = 3\n"), "axis.from is text"},
             {axis("values = [0.3]\n"), "holds 1: allowed 2 to 200 values"},
             {axis("values = [0.3, 0.3]\n"), "twice"},
             {axis("values = [0.3, \"wide\"]\n"), "axis stance.width_m = \"wide\""},
             {axis("values = [0.3, true]\n"), "is true or false"},
             {axis("values = 0.3\n"), "axis.values is a number"},
             {axis("values = [0.3, 0.4]\nvalue = 3\n"), "unknown key \"axis.value\""},
             {head + "axis = 3\n", "axis is a number"},
             {head + "axis = [1, 2]\n", "allowed tables, [[axis]]"},
             {"scenario = 3\n" + k_axis, "scenario is a number"},
             {head + "evaluate = \"all\"\n" + k_axis, "allowed static|dynamic|both"},
             {head + "seed = -1\n" + k_axis, "seed = -1"},
             {head + "seed = 0.5\n" + k_axis, "seed = 0.5"},
             {head + "person = 3\n" + k_axis, "unknown key \"person\""},
             {head + "asks = \"" + std::string(10, '\xff') + "\"\n" + k_axis, "not UTF-8"},
             {head + k_axis + "[[axis]\n", "not TOML"},
         }) {
        INFO(row.text);
        CHECK_THAT(study_complaint(row.text), ContainsSubstring(row.culprit));
        CHECK(study_complaint(row.text).find('\n') == std::string::npos);
    }
    std::string four = head;
    for (const char* field :
         {"stance.width_m", "stance.toe_out_deg", "counterweight.mass_kg", "wall.distance_m"})
        four += std::string("[[axis]]\nfield = \"") + field + "\"\nvalues = [0.3, 0.4]\n";
    CHECK_THAT(study_complaint(four), ContainsSubstring("there are 4 axes: allowed 1 to 3"));
    std::string many = head;
    for (const char* field : {"stance.width_m", "counterweight.mass_kg", "wall.distance_m"})
        many += std::string("[[axis]]\nfield = \"") + field + "\"\nfrom = 0.2\nto = 0.9\nsteps = 100\n";
    CHECK_THAT(study_complaint(many), ContainsSubstring("has 1000000 cells: allowed up to 100000"));
    CHECK_THAT(study_complaint(std::string(std::size_t{2} << 20, '#')),
               ContainsSubstring("1 MiB allowed for a study"));
    // Cut off anywhere it is refused or whole, never anything else.
    const std::string whole = head + k_axis;
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK_NOTHROW(study_complaint(whole.substr(0, i)));
}

TEST_CASE("Equal studies have equal hashes, and whatever changes a cell changes it", "[scenario]") {
    LoadedStudy study{parse_study("scenario = \"able\"\n" + k_axis, "a.toml"), {}};
    const std::string hash = study_hash(study);
    study.def.asks = "another question";
    study.def.name = "another name";
    CHECK(study_hash(study) == hash);
    LoadedStudy other = study;
    other.def.axes[0].values[0] = 0.31;
    CHECK(study_hash(other) != hash);
    other = study;
    other.def.evaluate = Evaluate::statics;
    CHECK(study_hash(other) != hash);
    other = study;
    other.base.person.mass_kg += 1.0;
    CHECK(study_hash(other) != hash);
}

TEST_CASE("The studies that come along can be read, and their cells pass the door", "[scenario]") {
    const std::filesystem::path scenarios = PLUMBLINE_SOURCE_DIR "/scenarios";
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scenarios / "studies")) {
        INFO(entry.path());
        const LoadedStudy study = load_study(entry.path(), scenarios);
        CHECK(study.def.asks.ends_with("?"));
        CHECK(find_study(study.def.name, scenarios) == entry.path());
        for (std::size_t cell = 0; cell < study.def.cell_count(); ++cell)
            CHECK_FALSE(find_scenario_problem(cell_scenario(study, cell)).has_value());
        ++count;
    }
    CHECK(count >= 6);
    CHECK_THAT(complaint_of([&] { (void)find_study("stance_counterwieght", scenarios); }),
               ContainsSubstring("did you mean stance_counterweight?"));
}
