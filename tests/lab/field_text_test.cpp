// Numbers as a person types and reads them, for every field of the list, metric and imperial.
#include "render/lab/field_text.h"

#include <cmath>
#include <set>

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

FieldInfo of_unit(const char* unit) { return {.name = "part.thing", .unit = unit}; }

}  // namespace

TEST_CASE("lab numbers: units may follow, a comma is a point", "[lab]") {
    const FieldInfo length = of_unit("m"), mass = of_unit("kg"), angle = of_unit("deg"), time = of_unit("s");
    const auto is = [](std::optional<double> number, double wanted) {
        return number && std::abs(*number - wanted) < 1e-12;
    };
    CHECK(is(typed_number("60", length, false), 0.6));
    CHECK(is(typed_number("60 cm", length, true), 0.6));
    CHECK(is(typed_number(" 0,6m ", length, false), 0.6));
    CHECK(is(typed_number("600 mm", length, false), 0.6));
    CHECK(is(typed_number("20", length, true), 0.508));
    CHECK(is(typed_number("20in", length, false), 0.508));
    CHECK(is(typed_number("20\"", length, false), 0.508));
    CHECK(is(typed_number("2 ft", length, false), 0.6096));
    CHECK(is(typed_number("10 lb", mass, false), 4.5359237));
    CHECK(is(typed_number("10", mass, true), 4.5359237));
    CHECK(is(typed_number("10 kg", mass, true), 10.0));
    CHECK(is(typed_number("18\u00b0", angle, false), 18.0));
    CHECK(is(typed_number("18 deg", angle, true), 18.0));
    CHECK(is(typed_number("1.5 s", time, true), 1.5));
    CHECK(is(typed_number("-3", angle, false), -3.0));
    CHECK(is(typed_number("30 years", of_unit("years"), false), 30.0));
    CHECK(is(typed_number("0.5", of_unit(""), true), 0.5));
}

TEST_CASE("lab numbers: what is no such number is nothing", "[lab]") {
    const std::string many(100000, '9');
    for (const char* const unit : {"m", "kg", "deg", "s", "years", ""})
        for (const bool imperial : {false, true})
            for (const std::string& text : {std::string(),
                                            std::string(" "),
                                            std::string("."),
                                            std::string(","),
                                            std::string("-"),
                                            std::string("cm"),
                                            std::string("nan"),
                                            std::string("inf"),
                                            std::string("nan(1"),
                                            std::string("1.2.3"),
                                            std::string("1,2,3"),
                                            std::string("5'11"),
                                            std::string("0x10"),
                                            std::string("1e999"),
                                            std::string("--5"),
                                            std::string("5 parsecs"),
                                            std::string("5 cm cm"),
                                            std::string("60cm2"),
                                            std::string("1\0002", 3),
                                            std::string("\xff\xfe"),
                                            std::string("\u0661"),
                                            std::string("5 \x1b[31m"),
                                            many + many,
                                            many + " cm"}) {
                INFO(unit << " " << text.substr(0, 40));
                const auto number = typed_number(text, of_unit(unit), imperial);
                CHECK_FALSE(number.has_value());
            }
    // A length is no mass.
    CHECK_FALSE(typed_number("5 kg", of_unit("m"), false).has_value());
    CHECK_FALSE(typed_number("5 m", of_unit("kg"), false).has_value());
    CHECK_FALSE(typed_number("5 cm", of_unit(""), false).has_value());
}

TEST_CASE("lab numbers: what is shown reads back, for every field", "[lab]") {
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        if (field.kind == FieldKind::word || !std::isfinite(field.min) || !std::isfinite(field.max)) continue;
        for (const bool imperial : {false, true}) {
            const ShownUnit unit = shown_unit(field.unit, imperial);
            const double half_step = 0.5 * std::pow(10.0, -unit.decimals) / unit.factor;
            for (const double share : {0.0, 0.123456, 0.5, 0.987, 1.0}) {
                const double value = field.min + share * (field.max - field.min);
                const std::string shown = shown_number(value, unit);
                INFO(field.name << " " << shown);
                const auto back = typed_number(shown, field, imperial);
                REQUIRE(back.has_value());
                CHECK(std::abs(*back - value) <= half_step * 1.0001 + 1e-12 * std::abs(value));
                // A second time nothing moves any more.
                CHECK(shown_number(*back, unit) == shown);
            }
        }
    }
}

TEST_CASE("lab numbers: every field has a label of its own in its group", "[lab]") {
    std::set<std::string> seen;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        const std::string name = field_group(field) + "/" + field_label(field);
        INFO(name);
        CHECK(seen.insert(name).second);
        CHECK(name.find('_') == std::string::npos);
    }
}

TEST_CASE("lab fields: sentences made for terminals get their degree signs", "[lab]") {
    CHECK(with_degree_signs("18 deg of 38 deg") == "18\u00b0 of 38\u00b0");
    CHECK(with_degree_signs("nothing to turn") == "nothing to turn");
}
