// Objects written anew with a second table of places (PDF 32000-1, 7.5.6 "Incremental updates").
#include "render/report/pdf_marks.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include <glib.h>

namespace plumb {
namespace {

/// A text as PDF has it for words: UTF-16 in hex.
std::string pdf_words(const std::string& text) {
    long count = 0;
    const std::unique_ptr<gunichar2, decltype(&g_free)> words(
        g_utf8_to_utf16(text.c_str(), static_cast<glong>(text.size()), nullptr, &count, nullptr), g_free);
    std::string hex = "<FEFF";
    for (long i = 0; words && i < count; ++i) {
        char four[5];
        std::snprintf(four, sizeof four, "%04X", static_cast<unsigned>(words.get()[i]));
        hex += four;
    }
    return hex + ">";
}

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

/// The number behind the last `key`.
std::optional<std::size_t> number_of(std::string_view text, std::string_view key) {
    const std::size_t at = text.rfind(key);
    if (at == std::string_view::npos) return std::nullopt;
    return number_at(text, at + key.size());
}

/// Cairo's table: "xref\n0 N\n" and 20 bytes an object.
class Objects {
  public:
    explicit Objects(std::string_view pdf) : pdf_(pdf) {
        const auto table = number_of(pdf, "startxref\n");
        const std::size_t tail = pdf.rfind("trailer");
        if (!table || tail == std::string_view::npos || *table >= tail) return;
        const std::string_view trailer = pdf.substr(tail);
        const auto size = number_of(trailer, "/Size "), root = number_of(trailer, "/Root "),
                   info = number_of(trailer, "/Info ");
        const std::string_view head = "xref\n0 ";
        if (!size || !root || !info || !pdf.substr(*table).starts_with(head)) return;
        first_ = pdf.find('\n', *table + head.size()) + 1;
        if (first_ + 20 * *size > tail) return;
        table_ = *table, count_ = *size, root_ = *root, info_ = *info;
    }
    [[nodiscard]] std::size_t count() const { return count_; }  ///< 0: not Cairo's
    [[nodiscard]] std::size_t root() const { return root_; }
    [[nodiscard]] std::size_t info() const { return info_; }
    [[nodiscard]] std::size_t table() const { return table_; }

    /// The object's own text, "7 0 obj" to "endobj"; empty when it is not there.
    [[nodiscard]] std::string_view text(std::size_t number) const {
        const auto at =
            number_at(pdf_, std::min(pdf_.find_first_not_of('0', first_ + 20 * number), pdf_.size()));
        if (number >= count_ || !at || *at >= pdf_.size()) return {};
        const std::string_view rest = pdf_.substr(*at);
        if (!rest.starts_with(std::to_string(number) + " 0 obj\n")) return {};
        const std::string_view end = "endobj\n";
        return rest.substr(0, rest.find(end) + end.size());
    }

  private:
    std::string_view pdf_;
    std::size_t first_ = 0, table_ = 0, count_ = 0, root_ = 0, info_ = 0;
};

/// The object's text with more behind a part of it; empty when that part is not there.
std::string with_more(std::string_view object, std::string_view behind, const std::string& more) {
    const std::size_t at = object.find(behind);
    if (at == std::string_view::npos) return {};
    const std::size_t end = at + behind.size();
    return std::string(object.substr(0, end)) + more + std::string(object.substr(end));
}

bool is_language(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

std::string with_marks(std::string pdf, const PdfMarks& marks) {
    const Objects objects(pdf);
    if (objects.count() == 0) return pdf;

    std::map<std::size_t, std::string> changed;
    changed[objects.root()] = with_more(
        objects.text(objects.root()), "/Type /Catalog\n",
        (is_language(marks.language) ? "   /Lang (" + marks.language + ")\n" : std::string())
            + "   /MarkInfo << /Marked true >>\n   /ViewerPreferences << /DisplayDocTitle true >>\n");
    std::string info(objects.text(objects.info()));
    const std::size_t made_by = info.find("/Producer "), line_end = info.find('\n', made_by);
    if (!marks.producer.empty() && made_by != std::string::npos && line_end != std::string::npos)
        info.replace(made_by, line_end - made_by, "/Producer " + pdf_words(marks.producer));
    // Cairo 1.16 leaves out a date's "D:".
    const std::string_view date = "/CreationDate (";
    const std::size_t day = info.find(date);
    if (day != std::string::npos && !info.substr(day + date.size()).starts_with("D:"))
        info.insert(day + date.size(), "D:");
    changed[objects.info()] = info;
    std::size_t figure = 0;
    for (std::size_t number = 1; number < objects.count(); ++number) {
        const std::string_view text = objects.text(number);
        if (text.substr(0, 80).find("/Type /StructElem\n   /S /Figure\n") == std::string_view::npos) continue;
        if (figure < marks.figures.size())
            changed[number] =
                with_more(text, "/S /Figure\n", "   /Alt " + pdf_words(marks.figures[figure]) + "\n");
        ++figure;
    }
    // Words for another figure would be worse than none.
    if (figure != marks.figures.size()) return pdf;

    std::string places = "xref\n";
    for (const auto& [number, text] : changed) {
        if (text.empty()) return pdf;
        char place[21];
        std::snprintf(place, sizeof place, "%010zu 00000 n \n", pdf.size());
        places += std::to_string(number) + " 1\n" + place;
        pdf += text;
    }
    const std::size_t table = pdf.size();
    return pdf + places + "trailer\n<< /Size " + std::to_string(objects.count()) + "\n   /Root "
           + std::to_string(objects.root()) + " 0 R\n   /Info " + std::to_string(objects.info())
           + " 0 R\n   /Prev " + std::to_string(objects.table()) + "\n>>\nstartxref\n" + std::to_string(table)
           + "\n%%EOF\n";
}

}  // namespace plumb
