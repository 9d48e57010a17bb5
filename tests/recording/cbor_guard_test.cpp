// The guard before the CBOR library: what it keeps out, and that the library takes the rest.
#include "sim/recording/cbor_guard.h"

#include <random>
#include <utility>

#include <nlohmann/json.hpp>

#include "sim/base/text.h"
#include "sim/recording/recording_file.h"
#include "tests/catch.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using namespace std::string_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

std::string repeated(const std::string& piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
}

}  // namespace

TEST_CASE("The guard lets no bytes reach the library that could harm it", "[recording][parse]") {
    const std::size_t most = k_largest_recording_bytes;
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"", "empty"},
        {"\x80"s, "no recording"},
        {std::string(most, '\x81'), "nested too deeply"},
        {std::string(most, '\x7f'), "without a length"},  // nlohmann recurses once a byte
        {std::string(most, '\x5f'), "without a length"},
        {std::string(most, '\x9f'), "without a length"},
        {std::string(most, '\xbf'), "without a length"},
        {std::string(most, '\xc1'), "a tag"},
        {std::string(most, '\0'), "something after the end"},
        {std::string(most + 1, '\xa1'), "larger than the 64 MiB"},
        {"\x9a\x03\xff\xff\xff"s + std::string(1 << 20, '\0'), "more than 1000 items"},
        {"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"s, "incomplete"},
        {"\xbb\xff\xff\xff\xff\xff\xff\xff\xff"s, "too many items"},
        {"\xbb\x80\x00\x00\x00\x00\x00\x00\x01\x60\x60"s, "too many items"},
        {"\x5b\xff\xff\xff\xff\xff\xff\xff\xff"s, "longer than the file"},
        {"\x7b\x7f\xff\xff\xff\xff\xff\xff\xff"s, "longer than the file"},
        {"\x5b\xff"s, "incomplete"},
        {"\xa1\x01\x01"s, "a key that is no text"},
        {"\xa1\x41\x61\x01"s, "a key that is no text"},
        {"\xa2\x61\x61\x01\x61\x61\x02"s, "the key \"a\" twice"},
        {"\xa2\x61\x1b\x01\x61\x1b\x02"s, "the key \"\\x1b\" twice"},
        {"\xa1\x61\x61"s, "incomplete"},
        {"\xa1\x61\x61\xd9\xd9\xf7\x01"s, "a tag"},
        {"\xa1\x61\x61\x1c"s, "no CBOR"},
        {"\xa1\x61\x61\xff"s, "without a length"},
        {"\xa1\x61\x61\xf8\xff"s, "without a meaning"},
        {"\xa1\x61\x61\xf7"s, "without a meaning"},
        {"\xa1\x61\x61\xf9\x7e\x00"s, "no recording"},  // half a NaN
        {"\xa1\x61\x61\xf4\x01"s, "something after the end"},
        {"asks = \"no recording\"\n", "no recording"},
        {"{\"format\": \"plumbline-recording\"}", "no recording"},
        {"\x7f"
         "ELF\x02\x01\x01",
         "no recording"},
        {"\x89PNG\r\n\x1a\n", "no recording"},
    };
    for (const auto& [bytes, culprit] : rows) {
        INFO(printable(bytes, 60));
        CHECK_THAT(complaint_of([&text = bytes] { (void)decode_recording(text, "hostile.cbor"); }),
                   ContainsSubstring(culprit));
    }
    // Where it goes wrong is said.
    const auto hazard = find_cbor_hazard(repeated("\x81", 4) + "\x01");
    CHECK_FALSE(hazard.has_value());
    const auto deeper = find_cbor_hazard(repeated("\x81", 5) + "\x01");
    REQUIRE(deeper.has_value());
    CHECK(deeper->offset == 4);
}

TEST_CASE("Every text the guard passes is one the library takes whole", "[recording][parse]") {
    // Random items out of the kinds that occur.
    std::mt19937_64 random(23);
    int passed = 0;
    for (int i = 0; i < 20000; ++i) {
        const std::string heads =
            "\x00\x18\x20\x41\x58\x61\x78\x80\x81\x82\xa0\xa1\xa2\xf4\xf5\xf6\xf9\xfa\xfb"s;
        std::string bytes;
        for (std::size_t n = 1 + random() % 8; n > 0; --n)
            bytes += random() % 4 != 0 ? heads[random() % heads.size()] : static_cast<char>(random());
        if (find_cbor_hazard(bytes)) continue;
        ++passed;
        INFO(printable(bytes));
        CHECK_FALSE(nlohmann::json::from_cbor(bytes, true, false).is_discarded());
    }
    CHECK(passed > 200);
}
