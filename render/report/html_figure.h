// A report's figure as HTML: an SVG in the page, or a picture as a data URI.
#pragma once

#include <set>
#include <string>

#include "render/report/document.h"

namespace plumb {

/// The figures of one page: no two SVGs in it share an id, even where they are the same drawing.
class HtmlFigures {
  public:
    /// A `figure` element, drawn for a row of so many columns.
    [[nodiscard]] std::string figure(const Figure& figure, int columns);

  private:
    [[nodiscard]] std::string drawing(const Figure& figure, int width_px, int height_px, double text_px,
                                      const char* attributes);

    std::set<std::string> marks_;  ///< what the ids of the SVGs so far begin with
};

}  // namespace plumb
