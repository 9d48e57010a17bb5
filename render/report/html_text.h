// Text on its way into HTML: what a person wrote stays text.
#pragma once

#include <string>
#include <string_view>

namespace plumb {

/// For an element's content and for an attribute in double quotes: no markup, no control characters (printable()).
[[nodiscard]] std::string html_text(std::string_view text);

/// A CSS string with its quotes, in which nothing ends the string or the style sheet.
[[nodiscard]] std::string css_string(std::string_view text);

/// RFC 4648, with padding.
[[nodiscard]] std::string base64_of(std::string_view bytes);

}  // namespace plumb
