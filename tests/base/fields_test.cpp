// What a field accepts, and values as text that reads back.
#include "sim/base/fields.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "sim/base/text.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

const FieldInfo k_length{.name = "stance.width_m", .unit = "m", .min = 0.1, .max = 1.0};
const FieldInfo k_wall{
    .name = "wall.distance_m", .unit = "m", .kind = FieldKind::optional_number, .min = 0.02, .max = 1.5};
const FieldInfo k_cycles{.name = "movement.rotation_cycles", .kind = FieldKind::integer, .min = 0, .max = 20};
const FieldInfo k_word{.name = "person.sex", .kind = FieldKind::word, .words = {"male", "female"}};
const FieldInfo k_depth{
    .name = "movement.depth", .kind = FieldKind::word_or_number, .min = 0, .max = 1, .words = {"full"}};

bool accepts(const FieldInfo& info, const FieldValue& value) { return find_problem(info, value).empty(); }

}  // namespace

TEST_CASE("Allowed values in words", "[base]") {
    CHECK(allowed_text(k_length) == "0.1 to 1 m");
    CHECK(allowed_text(k_wall) == "a number from 0.02 to 1.5 m, or none");
    CHECK(allowed_text(k_cycles) == "a whole number from 0 to 20");
    CHECK(allowed_text(k_word) == "male|female");
    CHECK(allowed_text(k_depth) == "full, or a number from 0 to 1");
}

TEST_CASE("A field accepts its range, ends included, and nothing else", "[base]") {
    const double above = std::nextafter(1.0, 2.0), nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK(accepts(k_length, 0.1));
    CHECK(accepts(k_length, 1.0));
    for (const double bad : {std::nextafter(0.1, 0.0), above, nan, infinity, -infinity, -0.5}) {
        INFO(bad);
        CHECK_FALSE(accepts(k_length, bad));
        CHECK_FALSE(accepts(k_depth, bad == above ? 1.5 : bad == -0.5 ? bad : nan));
    }
    CHECK_FALSE(accepts(k_length, std::monostate{}));
    CHECK_FALSE(accepts(k_length, std::string("0.5")));
    CHECK(accepts(k_wall, std::monostate{}));
    CHECK(accepts(k_wall, 0.02));
    CHECK_FALSE(accepts(k_wall, std::string("none")));
    CHECK(accepts(k_cycles, 20.0));
    CHECK_FALSE(accepts(k_cycles, 2.5));
    CHECK(accepts(k_word, std::string("female")));
    CHECK_FALSE(accepts(k_word, std::string("Female")));
    CHECK_FALSE(accepts(k_word, std::string()));
    CHECK_FALSE(accepts(k_word, 1.0));
    CHECK(accepts(k_depth, std::string("full")));
    CHECK(accepts(k_depth, 0.4));
    CHECK_FALSE(accepts(k_depth, std::string("0.4")));
}

TEST_CASE("A length in centimetres is recognised", "[base]") {
    CHECK(find_problem(k_length, 40.0) == "allowed 0.1 to 1 m (is it 0.4 m?)");
    CHECK(find_problem(k_length, 400.0) == "allowed 0.1 to 1 m (is it 0.4 m?)");
    CHECK(find_problem(k_length, 4000.0) == "allowed 0.1 to 1 m");
}

TEST_CASE("Values are written so that they read back to the same bits, in any locale", "[base]") {
    CHECK(value_text(1.75) == "1.75");
    CHECK(value_text(75.0) == "75");
    CHECK(value_text(100000.0) == "100000");
    CHECK(value_text(0.1 + 0.2) == "0.30000000000000004");
    CHECK(value_text(-0.0) == "0");
    CHECK(value_text(9007199254740991.0) == "9007199254740991");
    CHECK(value_text(std::string("full")) == "full");
    CHECK(value_text(std::monostate{}) == "none");
    const test::CommaLocale comma;
    CHECK(value_text(1234567.5) == "1234567.5");
    std::mt19937_64 random(20240601);
    int compared = 0;
    while (compared < 20000) {
        const std::uint64_t bits = random();
        double value = 0.0;
        std::memcpy(&value, &bits, sizeof value);
        if (!std::isfinite(value)) continue;
        const auto back = parse_number(value_text(value));
        REQUIRE(back.has_value());
        REQUIRE(*back == value);
        ++compared;
    }
}
