// What Cairo 1.16 does not write into a PDF for those who cannot see it.
#pragma once

#include <string>
#include <vector>

namespace plumb {

struct PdfMarks {
    std::string language{};              ///< BCP 47
    std::string producer{};              ///< the program that made the document; empty: as it is
    std::vector<std::string> figures{};  ///< the words for each "Figure" of the structure, in order
};

/// The PDF with an update at its end, as the format provides for it: the document's language, that it is tagged, its title
/// for the window, and the figures' words. A PDF laid out in another way than Cairo's comes back unchanged.
[[nodiscard]] std::string with_marks(std::string pdf, const PdfMarks& marks);

}  // namespace plumb
