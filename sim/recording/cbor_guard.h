// Looks at CBOR bytes (RFC 8949) before the library does: no file may make it recurse, wait or fill the memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plumb {

/// Why bytes must not be decoded, and where (from 0).
struct CborHazard {
    std::size_t offset = 0;
    std::string what;
};

/// The first hazard: anything but one whole item, nested deeper than 4, of more than 1000 items, with a length beyond the
/// end or without one (nlohmann recurses into strings of parts), tags, keys that are no text, or a key given twice (the
/// library would keep one of them in silence).
[[nodiscard]] std::optional<CborHazard> find_cbor_hazard(std::string_view bytes);

}  // namespace plumb
