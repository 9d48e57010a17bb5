// A report as a value: what it says and shows, in order, before anyone lays it out. PDF and HTML read the same list.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/picture.h"

namespace plumb {

/// Level 1 is the document's title, once; 2 a run or a study; 3 a section of it. Levels 1 and 2 begin bookmarks, 3 lies below them.
struct Heading {
    int level = 2;
    std::string text;
};

enum class ParagraphStyle {
    normal,
    lead,   ///< larger: the verdict
    quiet,  ///< smaller and grey: what explains a figure, the subtitle
    code,   ///< a command: fixed width, broken anywhere
};
struct Paragraph {
    std::string text;
    ParagraphStyle style = ParagraphStyle::normal;
};

struct BulletList {
    std::vector<std::string> items;
};

/// Every row has as many cells as the head, or as the first row where there is no head.
struct Table {
    std::string caption{};  ///< may be empty
    std::vector<std::string> head{};
    std::vector<std::vector<std::string>> rows{};
    std::vector<double> shares{};  ///< of the width, by column; empty: equal
    std::vector<bool> numeric{};   ///< columns set to the right; empty: none
    bool small = false;            ///< long lists: smaller letters
};

/// A drawing, or a picture as pixels, with the words that stand for it.
struct Figure {
    std::string caption{};           ///< under it; may be empty
    std::string alt{};               ///< what it shows, for who cannot see it; never empty
    double width_over_height = 2.0;  ///< of the drawing; a picture has its own
    double text_heights =
        0.0;  ///< of a drawing in one column that is so many lines of text high, however wide; 0: as above
    /// Draws into the box with ordinary text of this height [px]. Unset where there is a picture.
    std::function<void(Painter&, const Box&, double text_px)> paint{};
    std::shared_ptr<const Picture> picture{};
};

/// Figures side by side, `columns` in a row, rows below each other.
struct FigureRow {
    std::vector<Figure> figures{};
    int columns = 1;
    /// Moments of one movement: a page on screen may show them one at a time with a slider; without scripts they stand side by side.
    bool moments = false;
};

/// A framed box that is not broken over pages.
struct NoteBox {
    std::string title;
    std::vector<std::string> lines;
};

struct PageBreak {};

using Block = std::variant<Heading, Paragraph, BulletList, Table, FigureRow, NoteBox, PageBreak>;

struct Document {
    std::string title, subject;
    std::string language = "en";  ///< BCP 47
    std::string program;          ///< "plumbline 0.1.0": the file's producer
    std::string date{};           ///< "2026-11-28", shown nowhere by itself; empty: none is in the file
    std::string foot;             ///< at the foot of every page
    std::string page_of;          ///< "Page {page} of {pages}"
    std::string moments_label;    ///< of the slider of FigureRow::moments
    std::vector<Block> blocks;
};

}  // namespace plumb
