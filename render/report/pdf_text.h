// Text on a page, in lines of one width: Pango breaks, shapes and turns it; a page takes it line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/report/cairo_canvas.h"

namespace plumb {

struct TextLook {
    Rgba colour{};
    double size_pt = 9.6;
    double pitch = 1.48;  ///< from line to line, in letter sizes; more where a fallback font is taller
    bool bold = false;
    bool fixed_width = false;
    bool even_digits = false;  ///< digits of one width, for columns
};

/// What a page shows of a text: as printable(), but lines stay lines, tabs are blanks, and the marks that join or turn
/// letters inside words (Persian, Arabic, composed emoji) stay.
[[nodiscard]] std::string shown_text(std::string_view text);

/// A context for laying text out in points, apart from any page. Throws std::runtime_error when no font is installed.
[[nodiscard]] Held<PangoContext> page_context(const std::string& language);

/// A text broken into lines; also words without blanks break. Never empty: no text is one line without letters.
class TextLines {
  public:
    /// `across` is along the reading direction: `start` is the right side for right-to-left text.
    TextLines(PangoContext* context, std::string_view text, const TextLook& look, double width_pt,
              Align across = Align::start);

    [[nodiscard]] std::size_t count() const { return lines_.size(); }
    [[nodiscard]] double height_pt(std::size_t line) const { return lines_[line].height_pt; }
    [[nodiscard]] double height_pt() const;
    [[nodiscard]] bool right_to_left() const;

    void draw(cairo_t* cairo, std::size_t line, Point at) const;
    void draw(cairo_t* cairo, Point at) const;  ///< all lines, from their upper left corner

  private:
    struct Line {
        PangoLayoutLine* line = nullptr;  ///< the layout's own
        double left_pt = 0.0, baseline_pt = 0.0, height_pt = 0.0;
    };
    Held<PangoLayout> layout_;
    std::vector<Line> lines_;
    Rgba colour_;
};

}  // namespace plumb
