// Strict numbers, safe text and spelling help.
#include "sim/base/text.h"

#include <limits>
#include <string>
#include <vector>

#include "tests/base/comma_locale.h"
#include "tests/catch.h"

using namespace plumb;

TEST_CASE("A number is a whole decimal number and nothing else", "[base][parse]") {
    CHECK(parse_number("80") == 80.0);
    CHECK(parse_number("-1.5e3") == -1500.0);
    CHECK(parse_number(".5") == 0.5);
    CHECK(parse_number("9007199254740991") == 9007199254740991.0);
    for (const char* text :
         {"",    " 80",    "80 ",      "+80",   "80kg",   "0x10", "1e",    "1,5",  "1.5.2", "inf", "-inf",
          "nan", "nan(1)", "infinity", "1e400", "-1e400", "--1",  "1_000", "80\n", "e5",    "-",   "."}) {
        INFO(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
    CHECK_FALSE(parse_number(std::string("80\0", 3)).has_value());
    CHECK_FALSE(std::signbit(*parse_number("-0")));
}

TEST_CASE("A comma locale changes neither reading nor refusing numbers", "[base][parse]") {
    const test::CommaLocale comma;
    CHECK(parse_number("1.75") == 1.75);
    CHECK_FALSE(parse_number("1,75").has_value());
}

TEST_CASE("A number's text is short and reads back to the same number, in any locale", "[base]") {
    const test::CommaLocale comma;
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(-0.0) == "0");
    CHECK(number_text(100000.0) == "100000");
    CHECK(number_text(-1e300) == "-1e+300");
    for (const double value : {1.0 / 3.0, 1e-20, 0.017453292519943295, 9007199254740993.0})
        CHECK(parse_number(number_text(value)) == value);
}

TEST_CASE("Printable text cannot steer a terminal", "[base][parse]") {
    CHECK(printable("squat depth 1.75") == "squat depth 1.75");
    CHECK(printable("\u00e9t\u00e9 \u4e2d \U0001F600") == "\u00e9t\u00e9 \u4e2d \U0001F600");
    CHECK(printable("a\x1b[31mb\r\n\t\x7f") == "a\\x1b[31mb\\x0d\\x0a\\x09\\x7f");
    CHECK(printable("\u009b1m\u202e\u2028\ufeff\u200b") == "\\u009b1m\\u202e\\u2028\\ufeff\\u200b");
    CHECK(printable(std::string("\0", 1)) == "\\x00");
    // Not UTF-8: stray, cut, overlong, surrogate, beyond the last code point.
    CHECK(printable("\x80") == "\\x80");
    CHECK(printable("\xc3") == "\\xc3");
    CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");
    CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
    CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
    CHECK(printable("abcdef", 3) == "abc...");
    CHECK(printable("abc", 3) == "abc");
    CHECK(in_quotes(std::string(100, 'x')) == "\"" + std::string(60, 'x') + "...\"");
    // A cut never splits a character.
    CHECK(printable("ab\u00e9", 3) == "ab...");
}

TEST_CASE("The line of the first byte that is not UTF-8 is found", "[base][parse]") {
    CHECK_FALSE(first_line_not_utf8("").has_value());
    CHECK_FALSE(first_line_not_utf8("a\n\u00e9\n").has_value());
    CHECK(first_line_not_utf8("\xff") == 1);
    CHECK(first_line_not_utf8("a\nb\n\xc3(") == 3);
}

TEST_CASE("The nearest name is offered only when it is near", "[base]") {
    const std::vector<std::string> names = {"person.mass_kg", "person.stature_m", "engine.seed",
                                            "wall.distance_m"};
    CHECK(nearest_name("person.mas_kg", names) == "person.mass_kg");
    CHECK(nearest_name("seed", names) == "engine.seed");
    CHECK(nearest_name("body.stature_m", names) == "person.stature_m");
    CHECK(nearest_name("", names).empty());
    CHECK(nearest_name("banana", names).empty());
    CHECK(nearest_name(std::string(100000, 'a'), names).empty());
}
