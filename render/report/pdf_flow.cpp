// Where pages end: pieces that stay together go over as one.
#include "render/report/pdf_flow.h"

#include <algorithm>
#include <utility>

namespace plumb {

void Flow::space(double least_pt) { space_pt_ = std::max(space_pt_, least_pt); }

void Flow::add(Piece piece) {
    piece.gap_pt = std::max(piece.gap_pt, space_pt_);
    piece.new_page = broken_;
    space_pt_ = 0.0;
    broken_ = false;
    pieces_.push_back(std::move(piece));
}

void Flow::add_kept(std::vector<Piece> pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        pieces[i].with_next =
            pieces[i].with_next || (i + 1 < pieces.size() && (i == 0 || i + 2 == pieces.size()));
        add(std::move(pieces[i]));
    }
}

double Flow::room_pt() const {
    double room = height_pt_;
    if (broken_ || pieces_.empty() || !pieces_.back().with_next) return room;
    room -= space_pt_;
    for (std::size_t i = pieces_.size(); i-- > 0 && pieces_[i].with_next;)
        room -= pieces_[i].gap_pt + pieces_[i].height_pt;
    // What leaves less to the next piece is parted from it.
    return std::max(room, 0.4 * height_pt_);
}

std::vector<std::vector<Placed>> paginate(const std::vector<Piece>& pieces, double height_pt) {
    constexpr double k_rounding_pt = 1e-6;
    std::vector<std::vector<Placed>> pages(1);
    double y = 0.0;
    const auto turn = [&] {
        pages.emplace_back();
        y = 0.0;
    };
    const auto place = [&](const Piece& piece) {
        if (pages.back().empty() && piece.head) {
            pages.back().push_back({piece.head.get(), 0.0});
            y = piece.head->height_pt;
        } else if (!pages.back().empty()) {
            y += piece.gap_pt;
        }
        pages.back().push_back({&piece, y});
        y += piece.height_pt;
    };
    for (std::size_t first = 0; first < pieces.size();) {
        if (pieces[first].new_page && !pages.back().empty()) turn();
        std::size_t end = first + 1;
        double together = pieces[first].height_pt;
        for (; end < pieces.size() && pieces[end - 1].with_next && !pieces[end].new_page; ++end)
            together += pieces[end].gap_pt + pieces[end].height_pt;
        // What does not fit on a page of its own either begins here and is broken where it must be.
        const double head = pieces[first].head ? pieces[first].head->height_pt : 0.0;
        const bool fits_a_page = head + together <= height_pt + k_rounding_pt;
        if (!pages.back().empty() && fits_a_page
            && y + pieces[first].gap_pt + together > height_pt + k_rounding_pt)
            turn();
        for (; first < end; ++first) {
            const Piece& piece = pieces[first];
            if (!pages.back().empty() && y + piece.gap_pt + piece.height_pt > height_pt + k_rounding_pt)
                turn();
            place(piece);
        }
    }
    return pages;
}

void draw_pieces(Sheet& sheet, const std::vector<Placed>& page, double top_pt) {
    std::vector<Element> open;
    const auto close_to = [&](std::size_t depth) {
        for (; open.size() > depth; open.pop_back()) cairo_tag_end(sheet.cairo, open.back().tag);
    };
    for (const Placed& placed : page) {
        const std::vector<Element>& within = placed.piece->within;
        const auto same = std::ranges::mismatch(open, within).in1 - open.begin();
        close_to(static_cast<std::size_t>(same));
        for (std::size_t i = open.size(); i < within.size(); ++i) {
            cairo_tag_begin(sheet.cairo, within[i].tag, nullptr);
            open.push_back(within[i]);
        }
        placed.piece->draw(sheet, top_pt + placed.top_pt);
    }
    close_to(0);
}

}  // namespace plumb
