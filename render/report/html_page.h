// A report as one web page: a file of its own that asks no network for anything.
#pragma once

#include <string>

#include "render/report/document.h"

namespace plumb {

/// HTML5, UTF-8, every element closed, so that an XML reader takes it too. Drawings become SVG, pictures data URIs.
/// A browser is told to load nothing and to run no script but the page's own. The same document gives the same bytes.
/// Every figure needs words that stand for it, and either a drawing or a picture.
[[nodiscard]] std::string html_of(const Document& document);

}  // namespace plumb
