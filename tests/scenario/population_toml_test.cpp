// Population files: what they mean, and one clear line for everything they must not hold.
#include "sim/scenario/population_toml.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

std::string population_complaint(const std::string& text) {
    return complaint_of([&] { (void)parse_population(text, "p.toml"); });
}

}  // namespace

TEST_CASE("A population file draws what it says and the usual besides", "[scenario][parse]") {
    const CommaLocale locale;
    const PopulationDef def = parse_population(
        "asks = \"?\"\nscenario = \"able\"\nevaluate = \"both\"\npeople = 50\nsensitivity = 0\nseed = 9\n"
        "sex = \"female\"\n[[draw]]\nfield = \"person.ankle_dorsiflexion_deg\"\nmean = 30.5\nsd = 0\n"
        "[[draw]]\nfield = \"stance.width_m\"\nfrom = 0.25\nto = 0.6\n",
        "folder/some.toml");
    CHECK(def.name == "some");
    CHECK(def.evaluate == Evaluate::both);
    CHECK(def.people == 50);
    CHECK(def.sensitivity == 0);
    CHECK(def.seed == 9.0);
    CHECK(def.sex == SexShare::female);
    REQUIRE(def.drawn.size() == 5);
    CHECK(def.drawn[1] == DrawnField{"person.ankle_dorsiflexion_deg", DrawnField::Shape::normal, 30.5, 0.0});
    CHECK(def.drawn[4] == DrawnField{"stance.width_m", DrawnField::Shape::even, 0.25, 0.6});
    CHECK(parse_population("scenario = \"able\"", "x.toml").drawn == usual_draws());
}

TEST_CASE("Wrong populations are refused with file, line and what is allowed", "[scenario][parse]") {
    struct Row {
        std::string text, culprit;
    };
    const std::string head = "scenario = \"able\"\n";
    const auto draw = [&](const std::string& rest) { return head + "[[draw]]\n" + rest; };
    const std::string stance = "field = \"stance.width_m\"\n";
    for (const Row& row : {
             Row{"", "lacks scenario"},
             Row{"scenario = 3", "p.toml:1: scenario is a number"},
             Row{head + "people = 19", "p.toml:2: people = 19: allowed a whole number from 20 to 100000"},
             Row{head + "people = 1e9", "people = 1000000000"},
             Row{head + "people = 20.5", "people = 20.5"},
             Row{head + "people = nan", "people = nan"},
             Row{head + "people = \"many\"", "people is text"},
             Row{head + "sensitivity = -1", "sensitivity = -1"},
             Row{head + "seed = 1e300", "seed = 1e"},
             Row{head + "evaluate = \"quick\"", "evaluate = \"quick\": allowed static|dynamic|both"},
             Row{head + "sex = \"other\"", "sex = \"other\": allowed both|male|female"},
             Row{"asks = \"\\u001b[2J\"\n" + head, "p.toml:1: asks = "},
             Row{"scenario = \"a\\nb\"", "p.toml:1: scenario = "},
             Row{draw("field = \"person.knee_to_wall_cm\"\nmean = 10\nsd = 3"),
                 "is drawn already as person.ankle_dorsiflexion_deg"},
             Row{head + "colour = 1", "p.toml:2: unknown key \"colour\""},
             Row{head + "draw = 3", "draw is a number"},
             Row{head + "draw = [3]", "draw is a number"},
             Row{draw("mean = 1\nsd = 1"), "p.toml:2: draw lacks its field"},
             Row{draw("field = 7"), "draw.field is a number"},
             Row{draw("field = \"stance.widht_m\""), "stance.width_m"},
             Row{draw("field = \"person.stature_m\"\nmean = 1.7\nsd = 0.1"), "is drawn already"},
             Row{draw("field = \"engine.seed\"\nfrom = 1\nto = 9"), "is drawn already"},
             Row{draw("field = \"arms.pose\"\nmean = 1\nsd = 1"), "allowed a field of numbers"},
             Row{draw(stance), "has neither"},
             Row{draw(stance + "mean = 0.4\nsd = 0.1\nfrom = 0.3\nto = 0.5"), "has both"},
             Row{draw(stance + "mean = 0.4"), "lacks sd"},
             Row{draw(stance + "to = 0.4"), "lacks from"},
             Row{draw(stance + "mean = 4\nsd = 0.1"), "p.toml:4: draw stance.width_m, mean = 4"},
             Row{draw(stance + "mean = 0.4\nsd = -0.1"), "p.toml:5: draw stance.width_m, sd = -0.1"},
             Row{draw(stance + "mean = 0.4\nsd = inf"), "draw.sd = inf"},
             Row{draw(stance + "from = 0.5\nto = 0.5"), "allowed more than from"},
             Row{draw(stance + "from = 0.5\nto = 40"), "to = 40"},
             Row{draw(stance + "from = 0.3\nto = 0.5\nsteps = 3"), "unknown key \"draw.steps\""},
             Row{draw(stance + "from = 0.3\nto = 0.5\n[[draw]]\n" + stance + "from = 0.3\nto = 0.5"),
                 "twice"},
             Row{head + "[[draw]\nfield", "p.toml:2"},
             Row{head + std::string("\xff\xfe"), "not UTF-8"},
         }) {
        INFO(row.text);
        const std::string said = population_complaint(row.text);
        INFO(said);
        CHECK_THAT(said, ContainsSubstring(row.culprit) && ContainsSubstring("p.toml"));
        CHECK(said.find('\n') == said.npos);
    }
    // Cut off anywhere, a good file is a good file or one clear line.
    const std::string good = draw(stance + "from = 0.3\nto = 0.5\n");
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK(population_complaint(good.substr(0, length)).find('\n') == std::string::npos);
    std::string many = head;
    for (int i = 0; i < 11; ++i) many += "[[draw]]\nfield = \"x\"\n";
    CHECK_THAT(population_complaint(many), ContainsSubstring("there are 11 draws"));
}

TEST_CASE("Every population that ships can be loaded", "[scenario][parse]") {
    const std::filesystem::path scenarios = PLUMBLINE_SOURCE_DIR "/scenarios";
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scenarios / "populations")) {
        INFO(entry.path().string());
        const LoadedPopulation population = load_population(entry.path(), scenarios);
        CHECK_FALSE(population.def.asks.empty());
        CHECK(population_hash(population).size() == 64);
        ++count;
    }
    CHECK(count >= 3);
    CHECK_THAT(complaint_of([&] { (void)find_population("adult", scenarios); }),
               ContainsSubstring("did you mean adults"));
}
