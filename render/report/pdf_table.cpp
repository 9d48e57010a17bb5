// Tables: rows with thin rules, the head again on every page. All sizes [pt].
#include <algorithm>
#include <array>
#include <utility>

#include "render/report/pdf_blocks.h"
#include "render/report/pdf_text.h"
#include "render/scene/theme.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

struct Column {
    double left = 0.0, width = 0.0;
    Align across = Align::start;
};
using Row = std::shared_ptr<const std::vector<TextLines>>;

std::vector<Column> columns_of(const Table& table, std::size_t count, double width) {
    constexpr double k_between = 14.0;
    const auto share = [&](std::size_t i) { return table.shares.empty() ? 1.0 : table.shares[i]; };
    PLUMB_CHECK(table.shares.empty() || table.shares.size() == count,
                "a table needs a share for each column");
    PLUMB_CHECK(table.numeric.empty() || table.numeric.size() == count, "each column is numeric or not");
    double whole = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        PLUMB_CHECK(share(i) > 0.0, "a column's share must be above 0");
        whole += share(i);
    }
    const double free = std::max(0.0, width - k_between * static_cast<double>(count - 1));
    std::vector<Column> columns;
    double left = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool numeric = !table.numeric.empty() && table.numeric[i];
        columns.push_back({left, free * share(i) / whole, numeric ? Align::end : Align::start});
        left += columns.back().width + k_between;
    }
    return columns;
}

struct Rule {
    Rgba colour;
    double width = 0.5;
};

/// Lines first to last - 1 of every cell as one piece, with a rule below.
Piece slice(const Row& row, const std::vector<Column>& columns, std::array<std::size_t, 2> lines,
            double padding, Rule rule, const char* tag) {
    double high = 0.0;
    for (const TextLines& cell : *row) {
        double sum = 0.0;
        for (std::size_t i = lines[0]; i < std::min(lines[1], cell.count()); ++i) sum += cell.height_pt(i);
        high = std::max(high, sum);
    }
    const double height = high + 2.0 * padding;
    return {.height_pt = height, .draw = [=](Sheet& sheet, double top) {
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    const Tag cell_tag(sheet, tag);
                    double y = top + padding;
                    const TextLines& cell = (*row)[c];
                    for (std::size_t i = lines[0]; i < std::min(lines[1], cell.count()); ++i) {
                        cell.draw(sheet.cairo, i, {sheet.left_pt + columns[c].left, y});
                        y += cell.height_pt(i);
                    }
                }
                if (rule.colour.a <= 0.0f) return;
                set_colour(sheet.cairo, rule.colour);
                cairo_set_line_width(sheet.cairo, rule.width);
                cairo_move_to(sheet.cairo, sheet.left_pt, top + height);
                cairo_line_to(sheet.cairo, sheet.left_pt + sheet.width_pt, top + height);
                cairo_stroke(sheet.cairo);
            }};
}

}  // namespace

void add_block(Flow& flow, const Table& table) {
    const std::size_t count = !table.head.empty()   ? table.head.size()
                              : !table.rows.empty() ? table.rows.front().size()
                                                    : 0;
    if (count == 0) return;
    const Theme& theme = light_theme();
    const double size = table.small ? 7.5 : 8.8, padding = table.small ? 1.6 : 2.8;
    const std::vector<Column> columns = columns_of(table, count, flow.width_pt());
    const Element whole = flow.element("Table");
    const auto cells_of = [&](const std::vector<std::string>& words, const TextLook& look) -> Row {
        PLUMB_CHECK(words.size() == count, "every row of a table has as many cells");
        auto cells = std::make_shared<std::vector<TextLines>>();
        for (std::size_t c = 0; c < count; ++c)
            cells->emplace_back(flow.context(), words[c], look, columns[c].width, columns[c].across);
        return cells;
    };
    const auto most_lines = [](const Row& row) {
        std::size_t most = 0;
        for (const TextLines& cell : *row) most = std::max(most, cell.count());
        return most;
    };

    flow.space(6.0);
    if (!table.caption.empty()) {
        const auto caption = std::make_shared<const TextLines>(
            flow.context(), table.caption,
            TextLook{.colour = theme.text, .size_pt = size + 0.4, .bold = true}, flow.width_pt());
        flow.add({.height_pt = caption->height_pt(),
                  .with_next = true,
                  .within = {flow.element("P")},
                  .draw = [caption](Sheet& sheet, double top) {
                      caption->draw(sheet.cairo, {sheet.left_pt, top});
                  }});
        flow.space(2.0);
    }

    std::shared_ptr<const Piece> head;
    if (!table.head.empty()) {
        const Row row = cells_of(
            table.head, {.colour = theme.quiet_text, .size_pt = size - 0.3, .pitch = 1.35, .bold = true});
        Piece piece = slice(row, columns, {0, most_lines(row)}, padding, {theme.quiet_text, 0.7}, "TH");
        piece.within = {whole, flow.element("TR")};
        piece.with_next = !table.rows.empty();
        // A head that fills half the page is not worth repeating.
        if (piece.height_pt < 0.5 * flow.height_pt()) head = std::make_shared<const Piece>(piece);
        flow.add(std::move(piece));
    }

    const TextLook look{.colour = theme.text, .size_pt = size, .pitch = 1.4, .even_digits = true};
    std::vector<Piece> pieces;
    for (const std::vector<std::string>& words : table.rows) {
        const Row row = cells_of(words, look);
        const std::vector<Element> within{whole, flow.element("TR")};
        const auto add = [&](Piece piece) {
            piece.within = within;
            piece.head = head;
            pieces.push_back(std::move(piece));
        };
        Piece piece = slice(row, columns, {0, most_lines(row)}, padding, {theme.border, 0.5}, "TD");
        const double room = std::min(flow.room_pt(), flow.height_pt() - (head ? head->height_pt : 0.0));
        if (piece.height_pt <= room) {
            add(std::move(piece));
            continue;
        }
        // Higher than a page: line by line.
        for (std::size_t i = 0, last = most_lines(row) - 1; i <= last; ++i)
            add(slice(row, columns, {i, i + 1}, i == 0 || i == last ? padding : 0.0,
                      i == last ? Rule{theme.border} : Rule{}, "TD"));
    }
    flow.add_kept(std::move(pieces));
    flow.space(12.0);
}

}  // namespace plumb
