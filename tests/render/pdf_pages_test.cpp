// PDF pages, judged by poppler's tools: what another program reads from them, and where pages end.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "render/report/jpeg.h"
#include "render/report/pdf_marks.h"
#include "render/report/pdf_pages.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/render/count_of.h"
#include "tests/render/png_picture.h"

using namespace plumb;
using plumb::test::Folder;
using plumb::test::PngPicture;
using plumb::test::read_file;
using plumb::test::run_program;
using plumb::test::write_file;

namespace {

constexpr double k_a4_width_pt = 595.276, k_a4_height_pt = 841.89;
constexpr const char* k_helper = "helper: a sample PDF into the file that PLUMB_PDF_OUT names";

Document with(std::vector<Block> blocks) {
    Document document;
    document.title = "Squat";
    document.foot = "Not a medical assessment.";
    document.page_of = "Page {page} of {pages}";
    document.blocks = std::move(blocks);
    return document;
}

std::string number(int i) { return std::to_string(i); }

/// The output of one of poppler's programs; ends the test as skipped where the system has none.
std::string poppler(const std::string& program, const std::string& pdf, std::vector<std::string> words = {},
                    const std::string& out = {}) {
    const std::string path = "/usr/bin/" + program;
    if (!std::filesystem::exists(path)) SKIP("poppler-utils is not installed: no " + path);
    const Folder folder;
    write_file(folder / "a.pdf", pdf);
    words.push_back((folder / "a.pdf").string());
    if (!out.empty()) words.push_back(out == "-" ? out : (folder / out).string());
    const test::Result result = run_program({.words = words, .program = path});
    REQUIRE(result.exit_code == 0);
    CHECK(result.err == "");  // poppler names here what is wrong with a file
    return out.empty() || out == "-" ? result.out : read_file(folder / (out + ".png"));
}

/// The text of each page, as pdftotext reads it.
std::vector<std::string> pages_of(const std::string& pdf, bool in_file_order = false) {
    const std::string all =
        poppler("pdftotext", pdf, {in_file_order ? "-raw" : "-layout", "-enc", "UTF-8"}, "-");
    std::vector<std::string> pages;
    std::istringstream in(all);
    for (std::string page; std::getline(in, page, '\f');) pages.push_back(page);
    return pages;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Index of the page with these words, -1 when on none or on more than one.
int page_with(const std::vector<std::string>& pages, const std::string& words) {
    int found = -1, count = 0;
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (has(pages[i], words)) found = static_cast<int>(i), ++count;
    return count == 1 ? found : -1;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

std::shared_ptr<const Picture> picture_of(int width, int height, std::array<std::uint8_t, 4> colour) {
    Picture picture{width, height, {}};
    for (int i = 0; i < width * height; ++i)
        picture.rgba.insert(picture.rgba.end(), colour.begin(), colour.end());
    return std::make_shared<const Picture>(std::move(picture));
}

/// A drawing that notes its box and writes a word into it.
Figure drawing(double ratio, const std::string& word, std::shared_ptr<std::vector<Box>> boxes = nullptr) {
    return {.caption = "Caption of " + word,
            .alt = "Drawing " + word,
            .width_over_height = ratio,
            .paint = [=](Painter& painter, const Box& box, double text_px) {
                if (boxes) boxes->push_back(box);
                painter.box(box, {0.9f, 0.9f, 0.9f, 1.0f});
                painter.text({box.left + 2.0, box.top + 2.0}, word, {0.0f, 0.0f, 0.0f, 1.0f},
                             {.size_px = text_px});
            }};
}

Document sample() {
    Document document = with({
        Heading{1, "Deep squat"},
        Paragraph{"subtitle", ParagraphStyle::quiet},
        Paragraph{"verdict", ParagraphStyle::lead},
        FigureRow{{drawing(4.0, "curves")}, 1},
        Heading{2, "Client A"},
        Paragraph{"An ordinary paragraph."},
        Heading{3, "Details"},
        BulletList{{"first item", "second item"}},
        Table{.caption = "Inputs",
              .head = {"Name", "Value"},
              .rows = {{"mass", "80"}, {"stature", "1.75"}},
              .numeric = {false, true}},
        NoteBox{"Note", {"A line in the box."}},
        FigureRow{{{.caption = "Deepest", .alt = "A person", .picture = picture_of(40, 20, {200, 0, 0, 255})},
                   drawing(2.0, "feet")},
                  2},
        Paragraph{"plumbline report a.toml", ParagraphStyle::code},
        PageBreak{},
        Heading{2, "Client B"},
        Heading{3, "More"},
        Paragraph{"The end."},
    });
    document.subject = "Balance";
    document.program = "plumbline 0.1.0";
    document.date = "2026-11-28";
    return document;
}

/// The n-th section fills a page with n lines, then has `blocks`: their end falls on every place of a page.
Document sections(int count, const std::function<void(std::vector<Block>&, int)>& add) {
    std::vector<Block> blocks;
    for (int k = 0; k < count; ++k) {
        blocks.push_back(PageBreak{});
        for (int i = 0; i < k; ++i) blocks.push_back(Paragraph{"filler"});
        add(blocks, k);
    }
    return with(std::move(blocks));
}
constexpr int k_more_than_a_page = 42;  ///< such lines

}  // namespace

TEST_CASE("a PDF's text is read in order, with its fonts, paper and page numbers", "[pdf]") {
    const std::string pdf = pdf_of(sample(), Paper::a4);
    const std::vector<std::string> pages = pages_of(pdf, true);
    REQUIRE(pages.size() == 2);
    std::size_t at = 0;
    for (const char* words : {"Deep squat",
                              "subtitle",
                              "verdict",
                              "curves",
                              "Caption of curves",
                              "Client A",
                              "An ordinary paragraph.",
                              "Details",
                              "first item",
                              "second item",
                              "Inputs",
                              "Name Value",
                              "mass 80",
                              "stature 1.75",
                              "Note",
                              "A line in the box.",
                              "Deepest",
                              "feet",
                              "plumbline report a.toml",
                              "Not a medical assessment.",
                              "Page 1 of 2"}) {
        CAPTURE(words);
        const std::size_t found = pages[0].find(words, at);
        CHECK(found != std::string::npos);
        if (found != std::string::npos) at = found;
    }
    CHECK(has(pages[1], "Client B"));
    CHECK(has(pages[1], "Page 2 of 2"));

    const std::string info = poppler("pdfinfo", pdf);
    CHECK(has(info, "595.276 x 841.89 pts (A4)"));
    CHECK(has(poppler("pdfinfo", pdf_of(sample(), Paper::letter)), "612 x 792 pts (letter)"));
    CHECK(has(info, "Squat"));
    CHECK(has(info, "Balance"));
    CHECK(has(info, "Plumbline"));
    CHECK(has(info, "plumbline 0.1.0"));
    CHECK(has(info, "Nov 28 "));
    CHECK(!has(info, "Author"));

    std::istringstream fonts(poppler("pdffonts", pdf));
    int rows = 0;
    for (std::string row; std::getline(fonts, row);) {
        if (!has(row, "+")) continue;  // the head
        ++rows;
        const std::vector<std::string> words = words_of(row);
        REQUIRE(words.size() >= 7);
        // ... emb sub uni, and the object's two numbers.
        CHECK(std::vector(words.end() - 5, words.end() - 2) == std::vector<std::string>{"yes", "yes", "yes"});
    }
    CHECK(rows >= 2);
}

TEST_CASE("headings of a PDF are its bookmarks, small ones below the large", "[pdf]") {
    const std::string pdf = pdf_of(sample(), Paper::a4);
    const auto object_of = [&](const std::string& title) {
        const std::size_t at = pdf.find("<< /Title (" + title + ")");
        REQUIRE(at != std::string::npos);
        return pdf.substr(at, pdf.find("endobj", at) - at);
    };
    const auto number_of = [&](const std::string& title) {
        const std::size_t at = pdf.find(" 0 obj\n<< /Title (" + title + ")");
        REQUIRE(at != std::string::npos);
        const std::size_t start = pdf.rfind('\n', at) + 1;
        return pdf.substr(start, at - start);
    };
    const auto parent = [](const std::string& object) {
        const std::size_t at = object.find("/Parent ");
        return object.substr(at + 8, object.find(' ', at + 8) - at - 8);
    };
    CHECK(parent(object_of("Details")) == number_of("Client A"));
    CHECK(parent(object_of("More")) == number_of("Client B"));
    CHECK(parent(object_of("Client A")) == parent(object_of("Deep squat")));
    CHECK(parent(object_of("Client A")) != number_of("Deep squat"));
    CHECK(has(object_of("More"), "/Dest (h5)"));
    const std::string places = poppler("pdfinfo", pdf, {"-dests"});
    CHECK(count_of(places, "XYZ") == 5);
    CHECK(has(places, "   1 [ XYZ   54  "));
    CHECK(count_of(places, "   2 [ XYZ   54  ") == 2);
}

TEST_CASE("a PDF says what its parts are, in which language, and what its figures show", "[pdf]") {
    Document document = sample();
    document.language = "de-CH";
    const std::string pdf = pdf_of(document, Paper::a4);
    CHECK(has(poppler("pdfinfo", pdf), "Tagged:          yes"));
    const std::string structure = poppler("pdfinfo", pdf, {"-struct-text"});
    CHECK(has(structure, "Document\n  H1 (block)\n    \"Deep squat\"\n"));
    CHECK(has(structure, "  H3 (block)\n    \"Details\"\n"));
    CHECK(has(structure,
              "    TR\n      TH\n        \"Name\"\n      TH\n        \"Value\"\n    TR\n      TD\n"));
    CHECK(count_of(structure, "  Figure\n") == 3);
    CHECK(count_of(structure, "    LI (block)\n") == 2);
    CHECK(!has(structure, "medical"));  // the foot is no part of what is said
    CHECK(has(pdf, "/Lang (de-CH)"));
    // UTF-16 of "Drawing c", "A person", "Drawing f", in order.
    const std::size_t first = pdf.find("/Alt <FEFF00440072006100770069006E0067002000630075"),
                      second = pdf.find("/Alt <FEFF00410020007000650072"),
                      third = pdf.find("/Alt <FEFF00440072006100770069006E0067002000660065");
    CHECK(first < second);
    CHECK(second < third);
    CHECK(third != std::string::npos);
    CHECK(count_of(pdf, "/Alt <") == 3);
}

TEST_CASE("words for figures go into a PDF only where each has its own", "[pdf]") {
    const std::string pdf = pdf_of(sample(), Paper::a4);
    CHECK(with_marks(pdf, {.language = "en", .figures = {"too few"}}) == pdf);
    CHECK(with_marks("no PDF", {.language = "en"}) == "no PDF");
    CHECK(with_marks("", {}).empty());
    for (std::size_t end = pdf.size() - 1; end > pdf.size() - 4000; end -= 7) {
        const std::string part = pdf.substr(0, end);  // whatever is missing, nothing is read beyond the end
        CHECK(with_marks(part, {.figures = {"a", "b", "c"}}).starts_with(part));
    }
}

TEST_CASE(k_helper, "[.pdf-helper]") {
    const char* out = std::getenv("PLUMB_PDF_OUT");
    REQUIRE(out != nullptr);
    try {
        write_file(out, pdf_of(sample(), Paper::a4));
    } catch (const std::runtime_error& error) {
        write_file(out, error.what());
    }
}

TEST_CASE("the same document gives the same PDF, in another process as well", "[pdf]") {
    const std::string first = pdf_of(sample(), Paper::a4);
    Document other = sample();
    other.date.clear();
    CHECK(pdf_of(other, Paper::a4) != first);
    CHECK(pdf_of(other, Paper::a4) == pdf_of(other, Paper::a4));
    CHECK(has(pdf_of(other, Paper::a4), "/CreationDate (D:19700101000000"));
    CHECK(pdf_of(sample(), Paper::a4) == first);
    const Folder folder;
    REQUIRE(run_program({.words = {k_helper},
                         .program = std::filesystem::read_symlink("/proc/self/exe").string(),
                         .environment = {{"PLUMB_PDF_OUT", (folder / "out").string()}, {"TZ", "Asia/Tokyo"}}})
                .exit_code
            == 0);
    CHECK(read_file(folder / "out") == first);
}

TEST_CASE("a system without fonts is told so", "[pdf]") {
    const Folder folder;
    write_file(folder / "fonts.conf", "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    REQUIRE(run_program({.words = {k_helper},
                         .program = std::filesystem::read_symlink("/proc/self/exe").string(),
                         .environment = {{"PLUMB_PDF_OUT", (folder / "out").string()},
                                         {"FONTCONFIG_FILE", (folder / "fonts.conf").string()}}})
                .exit_code
            == 0);
    CHECK(read_file(folder / "out") == "no font is installed: install one, such as fonts-inter");
}

TEST_CASE("a long paragraph goes over pages with no word lost", "[pdf]") {
    std::string text;
    std::vector<std::string> expected;
    for (int i = 0; i < 3000; ++i) {
        expected.push_back("word" + number(i));
        text += expected.back() + " ";
    }
    const std::vector<std::string> pages = pages_of(pdf_of(with({Paragraph{text}}), Paper::a4));
    CHECK(pages.size() > 3);
    std::vector<std::string> found;
    for (const std::string& page : pages)
        for (const std::string& word : words_of(page))
            if (word.starts_with("word")) found.push_back(word);
    CHECK(found == expected);
}

TEST_CASE("no line of a paragraph is alone on a page, no heading parted from its text", "[pdf]") {
    int broken = 0, together = 0;
    // Larger lines shift the places by less than a line.
    for (const int leads : {0, 1, 2}) {
        const auto document = sections(k_more_than_a_page, [&](std::vector<Block>& blocks, int k) {
            std::string lines;
            for (int i = 0; i < 5; ++i)
                lines += (i > 0 ? "\n" : "") + ("line-" + number(k) + "-" + number(i));
            for (int i = 0; i < leads; ++i) blocks.push_back(Paragraph{"filler", ParagraphStyle::lead});
            blocks.push_back(Heading{2, "Heading-" + number(k) + "."});
            blocks.push_back(Paragraph{"quiet-" + number(k) + ".", ParagraphStyle::quiet});
            blocks.push_back(Paragraph{lines});
        });
        const std::vector<std::string> pages = pages_of(pdf_of(document, Paper::a4));
        for (int k = 0; k < k_more_than_a_page; ++k) {
            CAPTURE(leads, k);
            const std::string name = "line-" + number(k) + "-";
            const int page = page_with(pages, "Heading-" + number(k) + ".");
            REQUIRE(page >= 0);
            CHECK(page_with(pages, "quiet-" + number(k) + ".") == page);
            CHECK(page_with(pages, name + "0") == page);
            std::size_t all = 0;
            for (const std::string& text : pages) {
                const std::size_t here = count_of(text, name);
                CHECK(here != 1);
                all += here;
                if (here > 0 && here < 5) ++broken;
            }
            CHECK(all == 5);
            // The heading went over although the page had room for it.
            if (k > 0 && !has(pages[static_cast<std::size_t>(page)], "filler")) ++together;
        }
    }
    CHECK(broken > 0);
    CHECK(together > 0);
}

TEST_CASE("boxes and figures are whole, with the heading above them", "[pdf]") {
    const auto boxes = std::make_shared<std::vector<Box>>();
    const auto document = sections(k_more_than_a_page, [&](std::vector<Block>& blocks, int k) {
        blocks.push_back(Heading{3, "Heading-" + number(k) + "."});
        blocks.push_back(FigureRow{
            {drawing(3.0, "left-" + number(k) + ".", boxes), drawing(3.0, "right-" + number(k) + ".", boxes)},
            2});
        blocks.push_back(NoteBox{"title-" + number(k) + ".", {"one", "two", "last-" + number(k) + "."}});
    });
    const std::vector<std::string> pages = pages_of(pdf_of(document, Paper::a4), true);
    for (int k = 0; k < k_more_than_a_page; ++k) {
        CAPTURE(k);
        const int page = page_with(pages, "Heading-" + number(k) + ".");
        REQUIRE(page >= 0);
        CHECK(page_with(pages, "Caption of left-" + number(k) + ".") == page);
        CHECK(page_with(pages, "Caption of right-" + number(k) + ".") == page);
        CHECK(page_with(pages, "title-" + number(k) + ".") >= 0);
        CHECK(page_with(pages, "title-" + number(k) + ".") == page_with(pages, "last-" + number(k) + "."));
    }
    REQUIRE(boxes->size() == 2 * k_more_than_a_page);
    for (std::size_t i = 0; i < boxes->size(); i += 2) {
        const Box &left = (*boxes)[i], &right = (*boxes)[i + 1];
        CHECK(left.top == right.top);
        CHECK(right.left > left.left + left.width);
        CHECK(right.left + right.width == Catch::Approx(k_a4_width_pt - 54.0).margin(0.01));
    }
}

TEST_CASE("no figure leaves its page, whatever its shape and however long its words", "[pdf]") {
    for (const double ratio : {0.01, 0.5, 1.0, 30.0})
        for (const int words : {1, 100, 3000}) {
            CAPTURE(ratio, words);
            const auto boxes = std::make_shared<std::vector<Box>>();
            Figure figure = drawing(ratio, "INSIDE", boxes);
            figure.caption.clear();
            for (int i = 0; i < words; ++i) figure.caption += "cap" + number(i) + " ";
            const auto pages = pages_of(
                pdf_of(with({Paragraph{"before"}, Heading{2, "Heading"}, FigureRow{{figure}, 1}}), Paper::a4),
                true);
            REQUIRE(boxes->size() == 1);
            const Box& box = boxes->front();
            CHECK(box.width == Catch::Approx(ratio * box.height));
            CHECK(box.left >= 53.9);
            CHECK(box.left + box.width <= k_a4_width_pt - 53.9);
            CHECK(box.top >= 50.0);
            CHECK(box.top + box.height <= k_a4_height_pt - 50.0);
            // As large as it can be: as wide as the text, or most of a page high.
            CHECK((box.width > k_a4_width_pt - 109.0 || box.height > 300.0));
            CHECK(page_with(pages, "Heading") == page_with(pages, "INSIDE"));
            std::string all;
            for (const std::string& page : pages) all += page;
            CHECK(count_of(all, "cap") == static_cast<std::size_t>(words));
        }
}

TEST_CASE("a long table has its head on each page and no row in two", "[pdf]") {
    Table table{.caption = "All cells", .head = {"Cell", "Number"}, .numeric = {false, true}};
    for (int i = 0; i < 300; ++i)
        table.rows.push_back({"top-" + number(i) + "-\nend-" + number(i) + "-", number(1000 + i)});
    for (const bool small : {false, true}) {
        table.small = small;
        const auto pages =
            pages_of(pdf_of(with({Heading{3, "Heading"}, table, Paragraph{"after"}}), Paper::a4), true);
        CHECK(pages.size() > 5);
        for (const std::string& page : pages) CHECK(count_of(page, "Cell Number\n") == 1);
        int last = -1;
        for (int i = 0; i < 300; ++i) {
            CAPTURE(i);
            const int page = page_with(pages, "top-" + number(i) + "-");
            CHECK(page >= std::max(0, last));
            CHECK(page == page_with(pages, "end-" + number(i) + "-"));
            CHECK(page == page_with(pages, number(1000 + i)));
            last = page;
        }
        CHECK(page_with(pages, "after") == last);
    }
}

TEST_CASE("a row, a box or a command higher than a page is broken, with nothing lost", "[pdf]") {
    std::string lines;
    std::vector<std::string> list;
    for (int i = 0; i < 200; ++i) {
        list.push_back("line-" + number(i) + "-");
        lines += list.back() + "\n";
    }
    const Table table{.head = {"A", "B"}, .rows = {{"x", lines}, {"y", "z"}}};
    for (const Block& block : std::vector<Block>{table, NoteBox{"Note", list}, BulletList{{lines}},
                                                 Paragraph{lines, ParagraphStyle::code}}) {
        CAPTURE(block.index());
        const auto pages = pages_of(pdf_of(with({block}), Paper::letter), true);
        CHECK(pages.size() > 2);
        int last = 0;
        for (const std::string& line : list) {
            const int page = page_with(pages, line);
            CHECK(page >= last);
            last = page;
        }
    }
}

TEST_CASE("a table's columns stand where their shares put them, numbers at the right", "[pdf]") {
    const Table table{.head = {"Left", "Number"},
                      .rows = {{"aaa", "7"}, {"bbb", "12345"}},
                      .shares = {1.0, 3.0},
                      .numeric = {false, true}};
    const std::string words = poppler("pdftotext", pdf_of(with({table}), Paper::a4), {"-bbox"}, "-");
    const auto side = [&](const std::string& word, const std::string& which) {
        const std::size_t end = words.find(">" + word + "<"), start = words.rfind("<word", end);
        REQUIRE(end != std::string::npos);
        return std::stod(words.substr(words.find(which + "=\"", start) + which.size() + 2));
    };
    CHECK(side("aaa", "xMin") == Catch::Approx(54.0).margin(1.0));
    for (const char* word : {"Number", "7", "12345"})
        CHECK(side(word, "xMax") == Catch::Approx(k_a4_width_pt - 54.0).margin(1.5));
    CHECK(side("12345", "xMin") > 400.0);
}

TEST_CASE("a word longer than a line stays between the margins", "[pdf]") {
    const std::string word(400, 'm');
    const std::string pdf = pdf_of(
        with({Heading{1, word}, Paragraph{word}, Paragraph{word, ParagraphStyle::code}, BulletList{{word}},
              NoteBox{word, {word}}, Table{.head = {word, "b"}, .rows = {{word, word}}}}),
        Paper::a4);
    std::string all;
    for (const std::string& page : pages_of(pdf, true)) all += page;
    // "medical assessment" of the feet has some as well.
    CHECK(count_of(all, "m") == 9 * 400 + 2 * count_of(all, "Not a medical"));
    CHECK(!has(all, "-"));  // no hyphens in names
    std::istringstream boxes(poppler("pdftotext", pdf, {"-bbox"}, "-"));
    int lines = 0;
    for (std::string row; std::getline(boxes, row);) {
        if (!has(row, "<word")) continue;
        ++lines;
        CHECK(std::stod(row.substr(row.find("xMin=\"") + 6)) > 52.0);
        CHECK(std::stod(row.substr(row.find("xMax=\"") + 6)) < k_a4_width_pt - 52.0);
    }
    CHECK(lines > 50);
}

TEST_CASE("other scripts keep their letters and their direction; what is no text is shown as such", "[pdf]") {
    const std::string hebrew = "\u05d4\u05d0\u05d3\u05dd", arabic = "\u0645\u0631\u062d\u0628\u0627";
    const std::string pdf =
        pdf_of(with({Heading{2, hebrew}, Paragraph{arabic + " 12"},
                     Paragraph{"woman \U0001F469\u200D\U0001F4BB codes"},
                     Paragraph{"bad \xff\xfe\x1b[31m bytes\u202e end"}, BulletList{{hebrew}}}),
               Paper::a4);
    // Poppler parts Hebrew words where letters do not touch.
    std::string letters = pages_of(pdf).front();
    std::erase(letters, ' ');
    CHECK(count_of(letters, hebrew) == 2);
    CHECK(count_of(letters, arabic) == 1);
    const std::string page = pages_of(pdf, true).front();
    CHECK(has(page, "codes"));
    CHECK(!has(page, "u200d"));
    CHECK(has(page, "bad \\xff\\xfe\\x1b[31m bytes\\u202e end"));
    // Right-to-left words begin at the right margin; a bullet stands beyond its words.
    const std::string boxes = poppler("pdftotext", pdf, {"-bbox"}, "-");
    const std::size_t first = boxes.rfind("<word", boxes.find(">\u05d4<"));
    CHECK(std::stod(boxes.substr(boxes.find("xMax=\"", first) + 6)) > k_a4_width_pt - 56.0);
    const std::size_t bullet = boxes.rfind("<word", boxes.find("\u2022"));
    CHECK(std::stod(boxes.substr(boxes.find("xMin=\"", bullet) + 6)) > k_a4_width_pt - 64.0);
}

TEST_CASE("a document of nothing is a page with its foot; breaks make no empty pages", "[pdf]") {
    std::vector<std::string> pages = pages_of(pdf_of(with({}), Paper::a4));
    REQUIRE(pages.size() == 1);
    CHECK(has(pages[0], "Not a medical assessment."));
    CHECK(has(pages[0], "Page 1 of 1"));
    CHECK(has(poppler("pdfinfo", pdf_of(Document{}, Paper::letter)), "Pages:           1"));
    pages = pages_of(pdf_of(with({PageBreak{}, Paragraph{"one"}, PageBreak{}, PageBreak{}, BulletList{},
                                  Table{}, FigureRow{}, NoteBox{}, Paragraph{"two"}, PageBreak{}}),
                            Paper::a4));
    REQUIRE(pages.size() == 2);
    CHECK(has(pages[0], "one"));
    CHECK(has(pages[1], "two"));
}

TEST_CASE("pictures are in a PDF once, as JPEG, in their colours", "[pdf]") {
    const auto red = picture_of(300, 150, {200, 30, 40, 255}), glass = picture_of(60, 30, {0, 0, 0, 128});
    const auto figure = [](const std::shared_ptr<const Picture>& picture) {
        return Figure{.alt = "A colour", .picture = picture};
    };
    const std::string pdf =
        pdf_of(with({FigureRow{{figure(red), figure(glass), figure(red)}, 1}}), Paper::a4);
    const std::string list = poppler("pdfimages", pdf, {"-list"});
    CHECK(count_of(list, " jpeg ") == 3);
    CHECK(count_of(list, " 300   150 ") == 2);
    CHECK(count_of(pdf, "/Subtype /Image") == 2);
    CHECK(count_of(pdf, "/Filter /DCTDecode") == 2);
    // One pixel a point.
    const PngPicture page(poppler("pdftoppm", pdf, {"-r", "72", "-png", "-singlefile"}, "page"));
    const auto near = [&](int x, int y, std::array<int, 3> colour) {
        for (std::size_t i = 0; i < 3; ++i) CHECK(std::abs(page.at(x, y)[i] - colour[i]) <= 3);
    };
    near(300, 150, {200, 30, 40});
    near(300, 450, {127, 127, 127});
    near(30, 150, {255, 255, 255});
    CHECK(jpeg_of(*red, 88) == jpeg_of(*red, 88));
    CHECK(jpeg_of(*red, 88) != jpeg_of(*red, 10));
    CHECK(jpeg_of(*red, 88).starts_with("\xff\xd8\xff"));
}
