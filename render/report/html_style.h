// The look of a report's web page, on a phone, on a wide screen and on paper; and its one small script.
#pragma once

#include <string>
#include <string_view>

#include "render/scene/theme.h"

namespace plumb {

/// The style sheet in the theme's colours. `page_of` ("Page {page} of {pages}") goes to the foot of printed pages.
[[nodiscard]] std::string html_style(const Theme& theme, std::string_view page_of);

/// Shows the moments of a movement one at a time. Without markup characters: XML and HTML read it alike.
[[nodiscard]] std::string_view moments_script();

}  // namespace plumb
