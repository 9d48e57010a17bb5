// What a page is filled with, from top to bottom, and where the pages end.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "render/report/cairo_canvas.h"
#include "render/scene/picture.h"

namespace plumb {

/// The PDF being drawn, and what it has gathered up to here.
struct Sheet {
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    double left_pt = 0.0, width_pt = 0.0;  ///< of the text
    int headings = 0;                      ///< names of their places: h1, h2, ...
    int section = 0;                       ///< the bookmark under which smaller headings go; 0: none yet
    std::vector<std::string> figures{};    ///< the words that stand for each, in order
    std::map<const Picture*, Held<cairo_surface_t>> pictures{};  ///< each is in the file once
};

/// A mark of the PDF's structure around what is drawn meanwhile.
class Tag {
  public:
    Tag(const Sheet& sheet, const char* name) : cairo_(sheet.cairo), name_(name) {
        cairo_tag_begin(cairo_, name_, nullptr);
    }
    Tag(const Tag&) = delete;
    Tag& operator=(const Tag&) = delete;
    ~Tag() { cairo_tag_end(cairo_, name_); }

  private:
    cairo_t* cairo_;
    const char* name_;
};

/// One element of the structure; its pieces on a page share one tag.
struct Element {
    int number = 0;  ///< its own
    const char* tag = nullptr;
    bool operator==(const Element&) const = default;
};

/// What is never broken: a line, a row, a picture with its words.
struct Piece {
    double height_pt = 0.0;
    double gap_pt = 0.0;     ///< free above, except at the head of a page
    bool with_next = false;  ///< not the last on a page
    bool new_page = false;
    std::vector<Element> within{};        ///< from the outermost
    std::shared_ptr<const Piece> head{};  ///< drawn again above when this is the first on a page
    std::function<void(Sheet&, double top_pt)> draw{};
};

/// Gathers the pieces of a document. Spaces above and below do not add up: the larger counts.
class Flow {
  public:
    Flow(PangoContext* context, double width_pt, double height_pt)
        : context_(context), width_pt_(width_pt), height_pt_(height_pt) {}

    [[nodiscard]] PangoContext* context() const { return context_; }
    [[nodiscard]] double width_pt() const { return width_pt_; }    ///< of a page's text
    [[nodiscard]] double height_pt() const { return height_pt_; }  ///< of a page's text
    [[nodiscard]] Element element(const char* tag) { return {++elements_, tag}; }
    void space(double least_pt);
    void break_page() { broken_ = true; }
    void add(Piece piece);
    /// Some pieces of one kind, the first and the last two kept together, as lines of a paragraph are.
    void add_kept(std::vector<Piece> pieces);
    /// What is left of an empty page for a piece that comes below all that must stay with it.
    [[nodiscard]] double room_pt() const;
    [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }

  private:
    PangoContext* context_;
    double width_pt_, height_pt_;
    std::vector<Piece> pieces_;
    double space_pt_ = 0.0;
    int elements_ = 0;
    bool broken_ = false;
};

struct Placed {
    const Piece* piece = nullptr;  ///< the flow's own
    double top_pt = 0.0;           ///< from the text's upper edge
};

/// The pieces on their pages, at least one page. A piece higher than a page stands on one of its own.
[[nodiscard]] std::vector<std::vector<Placed>> paginate(const std::vector<Piece>& pieces, double height_pt);

/// Draws one page's pieces, inside their tags.
void draw_pieces(Sheet& sheet, const std::vector<Placed>& page, double top_pt);

}  // namespace plumb
