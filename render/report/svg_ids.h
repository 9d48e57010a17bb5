// Names inside an SVG: Cairo numbers them by what the process drew before, and every picture starts with the same ones.
#pragma once

#include <string>
#include <string_view>

namespace plumb {

/// The SVG with its ids renumbered in order and led by a mark made of its content: the same drawing gives the same bytes,
/// and two drawings may stand in one HTML page without taking each other's letters.
[[nodiscard]] std::string with_own_ids(std::string_view svg);

}  // namespace plumb
