// One block after the other becomes an element; what must be known before (headings' ids) is looked up first.
#include "render/report/html_page.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "render/report/cairo_canvas.h"
#include "render/report/html_figure.h"
#include "render/report/html_style.h"
#include "render/report/html_text.h"
#include "render/scene/theme.h"
#include "sim/base/hash.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr std::size_t k_many_columns = 7;  ///< with more they stand closer together

/// A heading as the page has it: levels without gaps, "section-2-1".
struct Place {
    int level = 2;
    std::string id, text;
};

bool is_title(const Document& document) {
    const auto* const first =
        document.blocks.empty() ? nullptr : std::get_if<Heading>(&document.blocks.front());
    return first != nullptr && first->level == 1;
}

std::vector<Place> places_of(const Document& document) {
    std::vector<Place> places;
    int section = 0, part = 0;
    for (std::size_t i = is_title(document) ? 1 : 0; i < document.blocks.size(); ++i) {
        const auto* const heading = std::get_if<Heading>(&document.blocks[i]);
        if (heading == nullptr) continue;
        const bool deep = heading->level > 2 && section > 0;
        section += deep ? 0 : 1;
        part = deep ? part + 1 : 0;
        places.push_back({deep ? 3 : 2,
                          "section-" + std::to_string(section) + (deep ? "-" + std::to_string(part) : ""),
                          heading->text});
    }
    return places;
}

/// What a Content-Security-Policy calls the script: its hash, so that no other one runs.
std::string script_source(std::string_view script) {
    const std::string hex = sha256_hex(script);
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return "'sha256-" + base64_of(bytes) + "'";
}

class PageWriter {
  public:
    explicit PageWriter(const Document& document) : document_(document), places_(places_of(document)) {
        moments_ = std::ranges::any_of(document.blocks, [](const Block& block) {
            const auto* const row = std::get_if<FigureRow>(&block);
            return row != nullptr && is_slider(*row);
        });
    }

    std::string page() {
        html_ = "<!DOCTYPE html>\n<html lang=\"" + html_text(document_.language) + "\">\n";
        head();
        html_ += "<body>\n";
        const std::size_t first = header();
        html_ += "<main>\n";
        for (std::size_t i = first; i < document_.blocks.size(); ++i)
            std::visit([this](const auto& block) { write(block); }, document_.blocks[i]);
        close_sections(1);
        html_ += "</main>\n";
        if (!document_.foot.empty())
            html_ += "<footer><p dir=\"auto\">" + html_text(document_.foot) + "</p></footer>\n";
        if (moments_) html_.append("<script>").append(moments_script()).append("</script>\n");
        return std::move(html_ += "</body>\n</html>\n");
    }

  private:
    static bool is_slider(const FigureRow& row) { return row.moments && row.figures.size() > 1; }

    void meta(const char* name, std::string_view content) {
        if (content.empty()) return;
        html_ += std::string("<meta name=\"") + name + "\" content=\"" + html_text(content) + "\" />\n";
    }

    void head() {
        // First of all, before a browser could act on anything else.
        html_ += "<head>\n<meta charset=\"utf-8\" />\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
                 + (moments_ ? "; script-src " + script_source(moments_script()) : std::string()) + "\" />\n";
        meta("viewport", "width=device-width, initial-scale=1");
        html_ += "<title>" + html_text(document_.title) + "</title>\n";
        meta("description", document_.subject);
        meta("generator", document_.program);
        meta("date", document_.date);
        meta("color-scheme", "light");
        html_ += "<style>\n" + html_style(light_theme(), document_.page_of) + "</style>\n</head>\n";
    }

    /// The title and what stands quietly below it; returns the first block after them.
    std::size_t header() {
        std::size_t next = 0;
        std::string title = document_.title;
        if (is_title(document_)) title = std::get<Heading>(document_.blocks[next++]).text;
        html_ += "<header>\n<h1 id=\"top\" dir=\"auto\">" + html_text(title) + "</h1>\n";
        for (; next < document_.blocks.size(); ++next) {
            const auto* const paragraph = std::get_if<Paragraph>(&document_.blocks[next]);
            if (paragraph == nullptr || paragraph->style != ParagraphStyle::quiet) break;
            write(*paragraph);
        }
        html_ += "</header>\n";
        return next;
    }

    void contents() {
        if (std::ranges::count(places_, 2, &Place::level) < 2) return;
        html_ += "<nav>\n<ul>\n";
        for (const Place& place : places_)
            if (place.level == 2)
                html_ +=
                    "<li dir=\"auto\"><a href=\"#" + place.id + "\">" + html_text(place.text) + "</a></li>\n";
        html_ += "</ul>\n</nav>\n";
    }

    /// Ends the sections open at a deeper level than this.
    void close_sections(int level) {
        for (; level_ > level; --level_) html_ += "</section>\n";
    }

    void write(const Heading&) {
        if (next_place_ == 0) contents();
        const Place& place = places_[next_place_++];
        close_sections(place.level - 1);
        level_ = place.level;
        here_ = place.id;
        const std::string tag = "h" + std::to_string(place.level);
        html_ += "<section aria-labelledby=\"" + place.id + "\">\n<" + tag + " id=\"" + place.id
                 + "\" dir=\"auto\">" + html_text(place.text) + "</" + tag + ">\n";
    }

    void write(const Paragraph& paragraph) {
        const std::string text = html_text(paragraph.text);
        switch (paragraph.style) {
        case ParagraphStyle::normal: html_ += "<p dir=\"auto\">" + text; break;
        case ParagraphStyle::lead: html_ += "<p class=\"lead\" dir=\"auto\">" + text; break;
        case ParagraphStyle::quiet: html_ += "<p class=\"quiet\" dir=\"auto\">" + text; break;
        // Commands are read from the left in every language.
        case ParagraphStyle::code: html_ += "<p class=\"code\" dir=\"ltr\"><code>" + text + "</code>"; break;
        }
        html_ += "</p>\n";
    }

    void write(const BulletList& list) {
        if (list.items.empty()) return;
        html_ += "<ul>\n";
        for (const std::string& item : list.items) html_ += "<li dir=\"auto\">" + html_text(item) + "</li>\n";
        html_ += "</ul>\n";
    }

    void write(const Table& table) {
        const std::size_t columns = !table.head.empty()  ? table.head.size()
                                    : table.rows.empty() ? 0
                                                         : table.rows.front().size();
        if (columns == 0) return;
        // The box scrolls where the table is too wide: it must be reached by keyboard, so it has a name.
        std::string name = here_;
        if (!table.caption.empty()) name = "table-" + std::to_string(++tables_);
        html_ += std::string("<div class=\"scroll") + (table.small ? " small" : "")
                 + (columns > k_many_columns ? " many" : "")
                 + "\" tabindex=\"0\" role=\"group\" aria-labelledby=\"" + name
                 + "\"><table style=\"min-width:" + number_text(least_width(table, columns)) + "rem\">\n";
        if (!table.caption.empty())
            html_ += "<caption id=\"" + name + "\" dir=\"auto\"><span>" + html_text(table.caption)
                     + "</span></caption>\n";
        widths(table, columns);
        if (!table.head.empty()) {
            html_ += "<thead>\n<tr>";
            for (std::size_t i = 0; i < columns; ++i) cell(table, table.head[i], i, "th", " scope=\"col\"");
            html_ += "</tr>\n</thead>\n";
        }
        if (!table.rows.empty()) html_ += "<tbody>\n";
        for (const std::vector<std::string>& row : table.rows) {
            html_ += "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool names_row = i == 0 && row.size() > 1 && !is_numeric(table, 0);
                cell(table, row[i], i, names_row ? "th" : "td", names_row ? " scope=\"row\"" : "");
            }
            html_ += "</tr>\n";
        }
        if (!table.rows.empty()) html_ += "</tbody>\n";
        html_ += "</table></div>\n";
    }

    /// Narrower than this [rem] a table is better read by scrolling: a column has room for its longest cell in about
    /// six lines, but for three letters at least.
    static double least_width(const Table& table, std::size_t columns) {
        double sum = 0.0;
        for (std::size_t i = 0; i < columns; ++i) {
            std::size_t longest = 0;
            for (const std::vector<std::string>& row : table.rows)
                if (i < row.size()) longest = std::max(longest, row[i].size());
            sum += std::clamp(static_cast<double>(longest) / 12.0, 3.0, 12.0);
        }
        return std::round(10.0 * sum) / 10.0;
    }

    void widths(const Table& table, std::size_t columns) {
        double sum = 0.0;
        for (const double share : table.shares) sum += share;
        if (table.shares.size() != columns || !(sum > 0.0)) return;
        html_ += "<colgroup>";
        for (const double share : table.shares)
            html_ += "<col style=\"width:" + number_text(std::round(1e4 * share / sum) / 1e2) + "%\" />";
        html_ += "</colgroup>\n";
    }

    static bool is_numeric(const Table& table, std::size_t column) {
        return column < table.numeric.size() && table.numeric[column];
    }

    void cell(const Table& table, const std::string& text, std::size_t column, const std::string& tag,
              const char* attributes) {
        html_ += "<" + tag + attributes + (is_numeric(table, column) ? " class=\"number\"" : "")
                 + " dir=\"auto\">" + html_text(text) + "</" + tag + ">";
    }

    void write(const FigureRow& row) {
        if (row.figures.empty()) return;
        const int columns = std::clamp(row.columns, 1, static_cast<int>(row.figures.size()));
        if (is_slider(row)) {
            const std::string id = "moments-" + std::to_string(++sliders_);
            const std::string& caption = row.figures.front().caption;
            const std::string first = caption.empty() ? "1 / " + std::to_string(row.figures.size()) : caption;
            html_ += "<div class=\"moments\">\n<div class=\"control\" hidden=\"hidden\"><label for=\"" + id
                     + "\" dir=\"auto\">" + html_text(document_.moments_label)
                     + "</label><input type=\"range\" id=\"" + id + "\" min=\"1\" max=\""
                     + std::to_string(row.figures.size())
                     + "\" step=\"1\" value=\"1\" />"
                     // The slider says the caption itself: it is not to be read out twice.
                     + "<output for=\"" + id + "\" aria-live=\"off\" dir=\"auto\">" + html_text(first)
                     + "</output></div>\n";
        }
        html_ += "<div class=\"row\" style=\"--columns:" + std::to_string(columns) + "\">\n";
        for (const Figure& figure : row.figures) html_ += figures_.figure(figure, columns);
        html_ += is_slider(row) ? "</div>\n</div>\n" : "</div>\n";
    }

    void write(const NoteBox& box) {
        const std::string id = "note-" + std::to_string(++notes_);
        html_ += box.title.empty() ? "<aside>\n"
                                   : "<aside aria-labelledby=\"" + id + "\">\n<p class=\"note-title\" id=\""
                                         + id + "\" dir=\"auto\">" + html_text(box.title) + "</p>\n";
        for (const std::string& line : box.lines) html_ += "<p dir=\"auto\">" + html_text(line) + "</p>\n";
        html_ += "</aside>\n";
    }

    /// On paper alone.
    void write(const PageBreak&) { html_ += "<hr />\n"; }

    const Document& document_;
    std::vector<Place> places_;
    std::size_t next_place_ = 0;
    bool moments_ = false;
    std::string html_{};
    std::string here_ = "top";  ///< the id of the heading last written
    int level_ = 1;             ///< of the section that is open
    int tables_ = 0, sliders_ = 0, notes_ = 0;
    HtmlFigures figures_{};
};

}  // namespace

std::string html_of(const Document& document) {
    require_fonts();
    return PageWriter(document).page();
}

}  // namespace plumb
