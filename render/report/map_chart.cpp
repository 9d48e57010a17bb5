// Squares, words, hatching, the zero line and the key.
#include "render/report/map_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "render/report/chart_layout.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr double k_lowest_m = -0.150, k_highest_m = 0.100;

Rgba mixed(Rgba a, Rgba b, double share) {
    const auto f = static_cast<float>(std::clamp(share, 0.0, 1.0));
    return {a.r + f * (b.r - a.r), a.g + f * (b.g - a.g), a.b + f * (b.b - a.b), 1.0f};
}

class MapDrawing {
  public:
    MapDrawing(Painter& painter, const MapChart& chart, const Box& box, const Theme& theme, double text_px)
        : painter_(painter), chart_(chart), box_(box), theme_(theme), z_(text_px) {}

    MapPlace draw() {
        painter_.box(box_, theme_.plot_page);
        lay_out();
        if (!(cell_x_ > 1.0 && cell_y_ > 1.0)) return {};
        titles();
        squares();
        for (const LinePiece& piece : zero_line(chart_)) line(piece, 2.0 * z_.line_px, LineStyle::solid);
        for (const MapChart::Level& level : chart_.levels) draw_level(level);
        if (chart_.here) {
            const Point at = middle(chart_.here->x, chart_.here->y);
            painter_.circle(at, 0.34 * z_.text_px, theme_.page);
            painter_.ring(at, 0.34 * z_.text_px, theme_.text, 2.0 * z_.line_px);
        }
        ticks();
        key();
        return {left_, bottom_, cell_x_, cell_y_, columns(), rows()};
    }

  private:
    [[nodiscard]] std::size_t columns() const { return chart_.x.ticks.size(); }
    [[nodiscard]] std::size_t rows() const { return chart_.y.ticks.size(); }

    void lay_out() {
        double widest = 0.0;
        for (const std::string& tick : chart_.y.ticks)
            widest = std::max(widest, painter_.text_size(tick, z_.tick).x);
        const bool has_y = !chart_.y.title.empty();
        left_ = box_.left + z_.pad_px + (has_y ? 1.6 * z_.row_px + widest : 0.0);
        top_ = box_.top + z_.pad_px + 2.2 * z_.row_px;
        key_left_ = box_.left + box_.width - z_.pad_px - 13.0 * z_.text_px;
        const double bottom = box_.top + box_.height - z_.pad_px - 2.4 * z_.row_px;
        cell_x_ = (key_left_ - 1.5 * z_.text_px - left_) / static_cast<double>(columns());
        cell_y_ = (bottom - top_) / static_cast<double>(rows());
        if (rows() == 1) cell_y_ = std::min(cell_y_, 4.0 * z_.row_px);
        bottom_ = top_ + cell_y_ * static_cast<double>(rows());
    }

    /// Middle of a cell; the first row lies at the bottom.
    [[nodiscard]] Point middle(double column, double row) const {
        return {left_ + (column + 0.5) * cell_x_, bottom_ - (row + 0.5) * cell_y_};
    }

    void line(const LinePiece& piece, double width_px, LineStyle style) {
        const std::array<Point, 2> ends{middle(piece.from.x, piece.from.y), middle(piece.to.x, piece.to.y)};
        painter_.line(ends, theme_.text, width_px, style);
    }

    /// Dashed, its words on its middle piece.
    void draw_level(const MapChart::Level& level) {
        for (const LinePiece& piece : level.pieces) line(piece, 1.2 * z_.line_px, LineStyle::dashed);
        if (level.pieces.empty()) return;
        const LinePiece& piece = level.pieces[level.pieces.size() / 2];
        const Point at = middle(0.5 * (piece.from.x + piece.to.x), 0.5 * (piece.from.y + piece.to.y));
        const TextStyle style{z_.tick_px, true, Align::middle, Align::middle};
        const Point size = painter_.text_size(level.words, style);
        painter_.box({at.x - 0.5 * size.x - 3.0, at.y - 0.5 * size.y, size.x + 6.0, size.y}, theme_.plot_page,
                     3.0);
        painter_.text(at, level.words, theme_.text, style);
    }

    void titles() {
        TextStyle title = z_.title;
        title.down = Align::middle;
        const double room = box_.width - 2.0 * z_.pad_px, x = box_.left + z_.pad_px;
        painter_.text({x, box_.top + z_.pad_px + 0.5 * z_.row_px},
                      text_in(painter_, chart_.title, title, room), theme_.text, title);
        TextStyle style = z_.label;
        style.down = Align::middle;
        painter_.text({x, box_.top + z_.pad_px + 1.5 * z_.row_px},
                      text_in(painter_, chart_.subtitle, style, room), theme_.quiet_text, style);
    }

    void squares() {
        for (std::size_t row = 0; row < rows(); ++row)
            for (std::size_t column = 0; column < columns(); ++column) {
                const MapCell& cell = chart_.cells[row * columns() + column];
                const Point m = middle(static_cast<double>(column), static_cast<double>(row));
                const Box square{m.x - 0.5 * cell_x_, m.y - 0.5 * cell_y_, cell_x_ + 0.5, cell_y_ + 0.5};
                const Rgba fill = cell.margin_m ? margin_colour(*cell.margin_m) : theme_.panel;
                painter_.box(square, fill);
                const bool is_dark = contrast_ratio(fill, {1.0f, 1.0f, 1.0f, 1.0f}) > 4.5;
                const Rgba ink = is_dark ? Rgba{1.0f, 1.0f, 1.0f, 1.0f} : Rgba{0.0f, 0.0f, 0.0f, 1.0f};
                if (cell.falls) hatch(square, ink);
                if (cell.short_of_depth) rule(square, ink);
                if (cell.on_wall) dot(square, ink);
                if (some_inferred_ && !cell.inferred && cell.margin_m) frame(square, ink);
                mark(cell, square, fill, ink);
            }
    }

    void hatch(const Box& square, Rgba ink) {
        ink.a = 0.35f;
        painter_.push_clip(square);
        const double step = std::max(4.0, 0.45 * z_.text_px), far = square.width + square.height;
        for (double d = step; d < far; d += step) {
            const std::array<Point, 2> ends{
                Point{square.left + d, square.top},
                Point{square.left + d - square.height, square.top + square.height}};
            painter_.line(ends, ink, z_.hair_px);
        }
        painter_.pop_clip();
    }

    /// Level lines: stays up, but does not get there.
    void rule(const Box& square, Rgba ink) {
        ink.a = 0.3f;
        const double step = std::max(4.0, 0.5 * z_.text_px);
        for (double y = square.top + 0.5 * step; y < square.top + square.height; y += step) {
            const std::array<Point, 2> ends{Point{square.left, y}, Point{square.left + square.width, y}};
            painter_.line(ends, ink, z_.hair_px);
        }
    }

    /// Dots: carried by the wall.
    void dot(const Box& square, Rgba ink) {
        ink.a = 0.5f;
        const double step = std::max(6.0, 0.9 * z_.text_px);
        for (double y = square.top + 0.5 * step; y < square.top + square.height; y += step)
            for (double x = square.left + 0.5 * step; x < square.left + square.width; x += step)
                painter_.circle({x, y}, 0.09 * z_.text_px, ink);
    }

    /// Evaluated, among others that are not.
    void frame(const Box& square, Rgba ink) {
        ink.a = 0.5f;
        const double inset = std::min(2.0, 0.15 * square.width);
        const double left = square.left + inset, right = square.left + square.width - inset - 0.5,
                     top = square.top + inset, bottom = square.top + square.height - inset - 0.5;
        const std::array<Point, 5> corners{Point{left, top}, Point{right, top}, Point{right, bottom},
                                           Point{left, bottom}, Point{left, top}};
        painter_.line(corners, ink, z_.hair_px);
    }

    /// The factor's word where it fits, else its letter.
    void mark(const MapCell& cell, const Box& square, Rgba fill, Rgba ink) {
        std::string text = cell.margin_m || cell.inferred || cell.pending ? cell.factor : "x";
        if (text.empty()) return;
        if (cell.margin_m) used_[text] = letter_of(text);
        TextStyle style{std::min(z_.tick_px, 0.8 * square.height), false, Align::middle, Align::middle};
        if (painter_.text_size(text, style).x > square.width - 4.0 && cell.margin_m) text = letter_of(text);
        const Point size = painter_.text_size(text, style);
        if (size.x > square.width - 1.0) return;
        const Point at{square.left + 0.5 * square.width, square.top + 0.5 * square.height};
        if (cell.falls || cell.short_of_depth || cell.on_wall)
            painter_.box({at.x - 0.5 * size.x - 2.0, at.y - 0.5 * size.y, size.x + 4.0, size.y}, fill);
        painter_.text(at, text, ink, style);
    }

    static std::string letter_of(const std::string& factor) {
        static const std::map<std::string, std::string, std::less<>> letters = {{"ankle", "A"},
                                                                                {"knee", "K"},
                                                                                {"hip", "H"},
                                                                                {"lumbar", "L"},
                                                                                {"trunk_thigh", "T"},
                                                                                {"abduction", "B"},
                                                                                {"inversion", "I"},
                                                                                {"floor", "F"},
                                                                                {"wall", "W"},
                                                                                {"strength_ankle", "sA"},
                                                                                {"strength_knee", "sK"},
                                                                                {"strength_hip", "sH"},
                                                                                {"strength_trunk", "sT"},
                                                                                {"strength_shoulder", "sS"},
                                                                                {"strength_elbow", "sE"},
                                                                                {"balance_heel", "<"},
                                                                                {"balance_toe", ">"},
                                                                                {"balance_left", "l"},
                                                                                {"balance_right", "r"}};
        const auto found = letters.find(factor);
        return found != letters.end() ? found->second : factor.substr(0, 1);
    }

    void ticks() {
        const TextStyle below{z_.tick_px, false, Align::middle, Align::start};
        double right = -1e9;
        for (std::size_t i = 0; i < columns(); ++i) {
            const Point m = middle(static_cast<double>(i), 0.0);
            const double half = 0.5 * painter_.text_size(chart_.x.ticks[i], below).x;
            if (m.x - half < right) continue;
            right = m.x + half + 0.5 * z_.text_px;
            painter_.text({m.x, bottom_ + 0.3 * z_.row_px}, chart_.x.ticks[i], theme_.quiet_text, below);
        }
        TextStyle title = z_.label;
        title.across = Align::middle;
        painter_.text(
            {0.5 * (left_ + left_ + cell_x_ * static_cast<double>(columns())), bottom_ + 1.5 * z_.row_px},
            chart_.x.title, theme_.text, title);
        if (chart_.y.title.empty()) return;
        const TextStyle beside{z_.tick_px, false, Align::end, Align::middle};
        double highest = 1e9;
        for (std::size_t i = 0; i < rows(); ++i) {
            const Point m = middle(0.0, static_cast<double>(i));
            if (m.y + 0.6 * z_.tick_px > highest) continue;
            highest = m.y - 0.7 * z_.tick_px;
            painter_.text({left_ - 0.4 * z_.text_px, m.y}, chart_.y.ticks[i], theme_.quiet_text, beside);
        }
        title.upward = true;
        title.down = Align::middle;
        painter_.text({box_.left + z_.pad_px + 0.6 * z_.row_px, 0.5 * (top_ + bottom_)}, chart_.y.title,
                      theme_.text, title);
    }

    void key() {
        double y = top_;
        const double row = 1.25 * z_.row_px, swatch = 1.2 * z_.text_px,
                     right = box_.left + box_.width - z_.pad_px;
        const TextStyle style{z_.tick_px, false, Align::start, Align::middle};
        // What has no room any more is left out.
        const auto entry = [&](const std::string& text, double indent, const auto& draw_sign) {
            if (y + row > box_.top + box_.height) return;
            draw_sign(Box{key_left_, y, swatch, swatch});
            const double x = key_left_ + indent;
            painter_.text({x, y + 0.5 * swatch}, text_in(painter_, text, style, right - x), theme_.text,
                          style);
            y += row;
        };
        const double beside = 1.5 * swatch;
        const auto nothing = [](const Box&) {};
        const auto on_panel = [&](const auto& pattern) {
            return [&, pattern](const Box& square) {
                painter_.box(square, theme_.panel);
                pattern(square);
            };
        };
        entry("COM, " + chart_.margin_name, 0.0, nothing);
        for (const auto& [mm, words] : {std::pair{100.0, "100 mm and more inside"},
                                        {50.0, "50 mm"},
                                        {1.0, "0 mm, just inside"},
                                        {-1.0, "0 mm, just outside"},
                                        {-50.0, "-50 mm"},
                                        {-150.0, "-150 mm and worse"}})
            entry(words, beside,
                  [&, mm = mm](const Box& square) { painter_.box(square, margin_colour(1e-3 * mm)); });
        entry("margin zero", beside, [&](const Box& square) {
            const double middle = square.top + 0.5 * square.height;
            const std::array<Point, 2> line{Point{square.left, middle},
                                            Point{square.left + square.width, middle}};
            painter_.line(line, theme_.text, 2.0 * z_.line_px);
        });
        if (chart_.here)
            entry("this scenario", beside, [&](const Box& s) {
                painter_.ring({s.left + 0.5 * s.width, s.top + 0.5 * s.height}, 0.3 * z_.text_px, theme_.text,
                              2.0 * z_.line_px);
            });
        if (!chart_.levels.empty())
            entry("least weight, static plan", beside, [&](const Box& s) {
                const std::array<Point, 2> dashes{Point{s.left, s.top + 0.5 * s.height},
                                                  Point{s.left + s.width, s.top + 0.5 * s.height}};
                painter_.line(dashes, theme_.text, 1.2 * z_.line_px, LineStyle::dashed);
            });
        if (std::ranges::any_of(chart_.cells, &MapCell::falls))
            entry("falls (planned margin)", beside, on_panel([&](const Box& s) { hatch(s, theme_.text); }));
        if (std::ranges::any_of(chart_.cells, &MapCell::short_of_depth))
            entry("short of the asked depth", beside, on_panel([&](const Box& s) { rule(s, theme_.text); }));
        if (std::ranges::any_of(chart_.cells, &MapCell::on_wall))
            entry("carried by the wall", beside, on_panel([&](const Box& s) { dot(s, theme_.text); }));
        if (some_inferred_)
            entry("evaluated; others inferred", beside,
                  on_panel([&](const Box& s) { frame(s, theme_.text); }));
        if (std::ranges::any_of(chart_.cells,
                                [](const MapCell& c) { return !c.margin_m && !c.inferred && !c.pending; }))
            entry("no such scenario", beside, on_panel([&](const Box& s) {
                      painter_.text({s.left + 0.5 * s.width, s.top + 0.5 * s.height}, "x", theme_.text,
                                    {z_.tick_px, false, Align::middle, Align::middle});
                  }));
        if (used_.empty()) return;
        y += 0.4 * row;
        entry("First to fail", 0.0, nothing);
        for (const auto& [factor, letter] : used_)
            entry(factor, beside, [&, letter = letter](const Box& s) {
                painter_.text({s.left, s.top + 0.5 * s.height}, letter, theme_.text, style);
            });
    }

    Painter& painter_;
    const MapChart& chart_;
    const Box box_;
    const Theme& theme_;
    const ChartSizes z_;
    double left_ = 0.0, top_ = 0.0, bottom_ = 0.0, key_left_ = 0.0, cell_x_ = 0.0, cell_y_ = 0.0;
    const bool some_inferred_ = std::ranges::any_of(chart_.cells, &MapCell::inferred);
    std::map<std::string, std::string> used_;
};

}  // namespace

Rgba margin_colour(double margin_m) {
    // Dark wine to orange outside, teal to nearly white inside; lightness rises all the way.
    constexpr Rgba k_worst{0.26f, 0.04f, 0.18f, 1.0f}, k_just_out{0.80f, 0.42f, 0.24f, 1.0f};
    constexpr Rgba k_just_in{0.36f, 0.74f, 0.72f, 1.0f}, k_best{0.93f, 0.98f, 0.97f, 1.0f};
    return margin_m < 0.0 ? mixed(k_just_out, k_worst, margin_m / k_lowest_m)
                          : mixed(k_just_in, k_best, margin_m / k_highest_m);
}

std::vector<LinePiece> level_line(std::size_t columns, std::size_t rows, const CellValue& value,
                                  double level) {
    std::vector<LinePiece> pieces;
    const auto above = [&](std::size_t c, std::size_t r) {
        const std::optional<double> v = value(c, r);
        return v ? std::optional(*v - level) : std::nullopt;
    };
    for (std::size_t r = 0; r + 1 < rows; ++r)
        for (std::size_t c = 0; c + 1 < columns; ++c) {
            struct Corner {
                double x, y;
                std::optional<double> above;
            };
            const auto x = static_cast<double>(c), y = static_cast<double>(r);
            const std::array<Corner, 4> corners = {{{x, y, above(c, r)},
                                                    {x + 1.0, y, above(c + 1, r)},
                                                    {x + 1.0, y + 1.0, above(c + 1, r + 1)},
                                                    {x, y + 1.0, above(c, r + 1)}}};
            if (std::ranges::any_of(corners, [](const Corner& k) { return !k.above; })) continue;
            std::vector<Point> crossings;
            for (std::size_t i = 0; i < 4; ++i) {
                const Corner &a = corners[i], &b = corners[(i + 1) % 4];
                if ((*a.above >= 0.0) == (*b.above >= 0.0)) continue;
                const double share = *a.above / (*a.above - *b.above);
                crossings.push_back({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)});
            }
            // A saddle's four crossings are joined in order around the square.
            for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
                pieces.push_back({crossings[i], crossings[i + 1]});
        }
    return pieces;
}

std::vector<LinePiece> zero_line(const MapChart& chart) {
    const std::size_t columns = chart.x.ticks.size(), rows = chart.y.ticks.size();
    const auto margin = [&](std::size_t c, std::size_t r) { return chart.cells[r * columns + c].margin_m; };
    std::vector<LinePiece> pieces = level_line(columns, rows, margin, 0.0);
    // One row: a bar where the sign changes.
    if (rows == 1)
        for (std::size_t c = 0; c + 1 < columns; ++c) {
            const auto a = margin(c, 0), b = margin(c + 1, 0);
            if (!a || !b || (*a >= 0.0) == (*b >= 0.0)) continue;
            const double x = static_cast<double>(c) + *a / (*a - *b);
            pieces.push_back({{x, -0.5}, {x, 0.5}});
        }
    return pieces;
}

std::string map_csv(const MapChart& chart) {
    std::string text = csv_word(chart.x.title) + "," + csv_word(chart.y.title)
                       + ",margin_m,first_to_fail,falls,short_of_depth,on_wall,inferred\n";
    const std::size_t columns = chart.x.ticks.size();
    for (std::size_t cell = 0; cell < chart.cells.size(); ++cell) {
        const MapCell& c = chart.cells[cell];
        if (c.pending) continue;
        text += csv_word(chart.x.ticks[cell % columns]) + "," + csv_word(chart.y.ticks[cell / columns]) + ","
                + (c.margin_m && !c.inferred ? number_text(*c.margin_m) : "") + "," + csv_word(c.factor);
        for (const bool yes : {c.falls, c.short_of_depth, c.on_wall, c.inferred}) text += yes ? ",1" : ",0";
        text += "\n";
    }
    return text;
}

std::optional<std::size_t> MapPlace::cell_at(Point place) const {
    const double column = (place.x - left) / cell_x, row = (bottom - place.y) / cell_y;
    if (!(column >= 0.0 && row >= 0.0 && column < static_cast<double>(columns)
          && row < static_cast<double>(rows)))
        return std::nullopt;
    return static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column);
}

MapPlace draw_map(Painter& painter, const MapChart& chart, const Box& box, const Theme& theme,
                  double text_px) {
    return MapDrawing(painter, chart, box, theme, text_px).draw();
}

}  // namespace plumb
