// Pictures as JPEG, for files that hold many of them.
#pragma once

#include <string>

#include "render/scene/picture.h"

namespace plumb {

inline constexpr int k_page_quality = 88;  ///< of pictures in a page

/// The bytes of a baseline JPEG with full colour detail, quality 1-100; see-through parts are laid on white.
/// The same picture gives the same bytes. Its sides are 1 to 65500 px.
[[nodiscard]] std::string jpeg_of(const Picture& picture, int quality);

}  // namespace plumb
