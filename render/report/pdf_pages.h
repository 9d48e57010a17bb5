// A document as a PDF: pages with selectable text, bookmarks and a foot.
#pragma once

#include <string>

#include "render/report/document.h"

namespace plumb {

enum class Paper { a4, letter };

/// The PDF's bytes; the same document gives the same bytes, whatever the day. At least one page. Fonts are embedded.
/// Throws std::runtime_error when the system has no font.
[[nodiscard]] std::string pdf_of(const Document& document, Paper paper);

}  // namespace plumb
