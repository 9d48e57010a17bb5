// A report as a web page: what people wrote stays text, nothing is loaded, and it reads well by ear, on a phone and on paper.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <tinyxml2.h>

#include "render/report/chart.h"
#include "render/report/html_page.h"
#include "render/report/html_text.h"
#include "render/scene/theme.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/render/count_of.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
using tinyxml2::XMLElement;
namespace fs = std::filesystem;

namespace {

const std::string k_hostile =
    "<script>alert(1)</script> & \"x\" 'y' \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\xa6\xb5";

Figure chart_figure(const std::string& title, double width_over_height = 2.0) {
    Figure figure;
    figure.caption = "The hip bends most: " + title + ".";
    figure.alt = title + ": hip, trunk and ankle over the knee's flexion";
    figure.width_over_height = width_over_height;
    figure.paint = [title](Painter& painter, const Box& box, double text_px) {
        Chart chart;
        chart.title = title;
        chart.x_label = "Knee flexion (\u00b0)";
        chart.y_label = "Angle (\u00b0)";
        const char* const names[] = {"Hip", "Trunk lean", "Ankle"};
        for (int k = 0; k < 3; ++k) {
            ChartSeries series{names[k], {}, {}, k};
            for (int i = 0; i <= 140; i += 5) {
                series.x.push_back(i);
                series.y.push_back((135.0 - 45.0 * k) * std::sin(0.011 * i));
            }
            chart.series.push_back(series);
        }
        chart.bands = {{90.0, 140.0, "hip below parallel", {0.0f, 0.6f, 0.5f, 0.08f}}};
        chart.events = {{100.0, "parallel"}};
        draw_chart(painter, chart, box, light_theme(), text_px);
    };
    return figure;
}

Figure picture_figure(const std::string& caption, int width = 560, int height = 420, int shift = 0) {
    auto picture = std::make_shared<Picture>();
    picture->width = width;
    picture->height = height;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int dx = x - width / 2, dy = y - height / 2 - shift;
            const bool body = dx * dx + dy * dy < height * height / 16;
            const int sky = 235 + 10 * y / height;
            for (const int part : {body ? 40 : sky, body ? 120 : sky, body ? 140 : sky + 2, 255})
                picture->rgba.push_back(static_cast<std::uint8_t>(part));
        }
    Figure figure;
    figure.caption = caption;
    figure.alt = "The person, " + caption;
    figure.picture = picture;
    return figure;
}

/// One of everything.
Document whole_document(const std::string& client = "Client A") {
    Document d;
    d.title = "Deep squat balance report: " + client;
    d.subject = "Balance of " + client;
    d.program = "plumbline 0.1.0";
    d.date = "2026-11-28";
    d.foot = "Simulated with rigid segments; not a medical assessment. " + client;
    d.page_of = "Page {page} of {pages}";
    d.moments_label = "Moment of the squat";
    const std::string long_text =
        "The person stays up while the centre of mass is above the base of support. With 33\u00b0 of ankle "
        "motion the "
        "knees travel forward far enough that a trunk lean of 43\u00b0 brings the centre of mass back over "
        "the "
        "mid-foot. With less ankle motion the trunk must lean further, until the hip runs out of flexion.";
    d.blocks = {
        Heading{1, d.title},
        Paragraph{client + "  \u00b7  stature 1.75 m  \u00b7  ankle limit 33\u00b0", ParagraphStyle::quiet},
        FigureRow{{picture_figure("at the deepest point", 1120, 630)}, 1, false},
        Paragraph{client + " stays up: the deepest balanced squat is 51 cm.", ParagraphStyle::lead},
        Paragraph{long_text},
        Heading{2, "Stiff ankles"},
        Heading{3, "Angles"},
        FigureRow{{chart_figure("Joint angles through the squat")}, 1, false},
        Paragraph{"A figure is read from left to right.", ParagraphStyle::quiet},
        FigureRow{{chart_figure("Left", 1.4), chart_figure("Right", 1.4)}, 2, false},
        Heading{3, "Moments"},
        FigureRow{{picture_figure("standing", 560, 420, -60), picture_figure("half way down"),
                   picture_figure("parallel", 560, 420, 40), picture_figure("deepest", 560, 420, 80),
                   picture_figure("half way up"), picture_figure(client, 560, 420, -60)},
                  3,
                  true},
        Heading{3, "Numbers"},
        Table{"Inputs of " + client,
              {"Field", "Value", "Unit", "Meaning"},
              {{"person.stature", "1.75", "m", "How tall the person is without shoes"},
               {"person.ankle_limit", "33", "\u00b0", "How far the ankles bend towards the shin"},
               {client, "0.34", "m", long_text}},
              {3.0, 1.0, 1.0, 4.0},
              {false, true, false, false},
              false},
        PageBreak{},
        Heading{2, client},
        NoteBox{"What limits " + client, {"The ankles: with 5\u00b0 more, 8 cm deeper.", long_text}},
        BulletList{
            {"Raise the heels by 2 cm.", "Hold 5 kg in front of the chest.", client + " may lean further."}},
        FigureRow{{chart_figure("Tall", 0.6)}, 1, false},
        FigureRow{{chart_figure("A band", 5.0)}, 1, false},
        Paragraph{"plumbline run scenarios/able.toml --set person.stature=1.75 --set person.name=\"" + client
                      + "\" --report out.html",
                  ParagraphStyle::code},
        Table{"", {}, {{"Version", "0.1.0"}, {"Scenario", client}}, {}, {}, true},
    };
    std::vector<std::string> head{"Time"}, row{"0.1"};
    for (int i = 0; i < 14; ++i) {
        head.push_back("Margin " + std::to_string(i));
        row.push_back(std::to_string(1000 + i));
    }
    d.blocks.push_back(Table{"A table wider than a phone, with a caption that is itself longer than one line",
                             head,
                             {row, row, row},
                             {},
                             std::vector<bool>(15, true),
                             true});
    return d;
}

/// The page as XML, which it is beside HTML.
class Page {
  public:
    explicit Page(const std::string& html) {
        REQUIRE(document_.Parse(html.c_str(), html.size()) == tinyxml2::XML_SUCCESS);
        visit(document_.RootElement());
    }
    [[nodiscard]] const std::vector<const XMLElement*>& all() const { return all_; }
    [[nodiscard]] std::vector<const XMLElement*> all(const std::string& name) const {
        std::vector<const XMLElement*> found;
        for (const XMLElement* const element : all_)
            if (element->Name() == name) found.push_back(element);
        return found;
    }

  private:
    void visit(const XMLElement* element) {
        all_.push_back(element);
        for (const auto* child = element->FirstChildElement(); child; child = child->NextSiblingElement())
            visit(child);
    }
    tinyxml2::XMLDocument document_;
    std::vector<const XMLElement*> all_;
};

std::string attribute(const XMLElement* element, const char* name) {
    const char* const value = element->Attribute(name);
    return value == nullptr ? "" : value;
}

std::string words(const XMLElement* element) {
    const char* const text = element == nullptr ? nullptr : element->GetText();
    return text == nullptr ? "" : text;
}

/// Every part from `start` to the next `end`, both included, is `other` instead.
std::string with_each(std::string text, const std::string& start, const std::string& end,
                      const std::string& other) {
    for (std::size_t at = text.find(start); at != std::string::npos;
         at = text.find(start, at + other.size())) {
        const std::size_t last = text.find(end, at + start.size());
        REQUIRE(last != std::string::npos);
        text.replace(at, last + end.size() - at, other);
    }
    return text;
}

void swap_once(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

/// Empty where the tool is not installed; then the test has said so.
std::string tool(const std::string& name) {
    for (const std::string folder : {"/usr/bin/", "/usr/local/bin/", "/bin/"})
        if (fs::exists(folder + name)) return folder + name;
    WARN(name << " is not here: what it would tell of the page was not tested");
    return {};
}

Result chromium(const Folder& folder, std::vector<std::string> options, const std::string& file) {
    Command command{.folder = folder.path(), .program = tool("chromium")};
    if (command.program.empty()) SKIP("no chromium");
    command.words = {"--headless",        "--no-sandbox",
                     "--disable-gpu",     "--disable-dev-shm-usage",
                     "--hide-scrollbars", "--user-data-dir=" + (folder / "profile").string()};
    command.words.insert(command.words.end(), options.begin(), options.end());
    command.words.push_back("file://" + (folder / file).string());
    return run_program(command);
}

}  // namespace

TEST_CASE("what people wrote stays text in a web page", "[html]") {
    const std::string html = html_of(whole_document(k_hostile));
    CHECK(count_of(html, "<script") == 1);  // its own
    CHECK_THAT(html, !ContainsSubstring("<script>alert"));
    CHECK_THAT(html,
               ContainsSubstring("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; &#39;y&#39;"));
    const Page page(html);
    CHECK(words(page.all("title").at(0)) == "Deep squat balance report: " + k_hostile);
    CHECK(words(page.all("h2").at(1)) == k_hostile);
    const auto texts = page.all("p");
    CHECK(std::ranges::any_of(texts,
                              [](const auto* p) { return words(p).starts_with(k_hostile + " stays up"); }));
    const auto images = page.all("img");
    CHECK(std::ranges::any_of(
        images, [](const auto* i) { return attribute(i, "alt") == "The person, " + k_hostile; }));
    // Text of either direction finds its own.
    for (const char* const name : {"h1", "h2", "h3", "li", "th", "td", "caption", "figcaption"})
        for (const XMLElement* const element : page.all(name)) CHECK(attribute(element, "dir") == "auto");
}

TEST_CASE("text that is none does no harm to a web page", "[html]") {
    CHECK(html_text("a\x1b[31m\xff\xe2\x80\xae") == "a\\x1b[31m\\xff\\u202e");
    CHECK(html_text("\xef\xbf\xbf") == "\xef\xbf\xbd");
    CHECK(html_text("\xf0\x9f\xa6\xb5") == "\xf0\x9f\xa6\xb5");
    CHECK(css_string("a\"</style>\n") == "\"a\\22 \\3c \\2f style\\3e \\5c x0a\"");
    CHECK(base64_of("") == "");
    CHECK(base64_of("f") == "Zg==");
    CHECK(base64_of("fo") == "Zm8=");
    CHECK(base64_of("foo") == "Zm9v");
    CHECK(base64_of("\xff\xfe\xfd\xfc") == "//79/A==");
    Document d;
    d.title = std::string("\0\x01\x80", 3) + "]]><!--";
    d.page_of = "</style>{page}{page{pages";
    d.language = "\" onload=\"x";
    d.blocks = {Heading{3, "\xfe"},
                Paragraph{"\r\n\t", ParagraphStyle::code},
                Table{},
                BulletList{},
                FigureRow{},
                NoteBox{},
                PageBreak{}};
    const std::string html = html_of(d);
    const Page page(html);
    CHECK(count_of(html, "</style>") == 1);
    CHECK(page.all("html").at(0)->Attribute("onload") == nullptr);
    CHECK(words(page.all("h1").at(0)) == "\\x00\\x01\\x80]]><!--");
    CHECK(page.all("script").empty());
    CHECK(page.all("footer").empty());
    (void)Page(html_of(Document{}));
}

TEST_CASE("a web page loads nothing and runs no script but its own", "[html]") {
    const std::string html = html_of(whole_document());
    for (const char* const address : {"http:", "https:", "//", "url(\"", "@import", "javascript:"}) {
        // Base64 has slashes of its own.
        const std::string text = with_each(html, "src=\"data:image/jpeg;base64,", "\"", "");
        CAPTURE(address);
        CHECK_THAT(text, !ContainsSubstring(address));
    }
    const Page page(html);
    for (const XMLElement* const element : page.all())
        for (const auto* a = element->FirstAttribute(); a != nullptr; a = a->Next()) {
            const std::string name = a->Name(), value = a->Value();
            CAPTURE(element->Name(), name);
            CHECK_FALSE(name.starts_with("on"));
            if (name == "src") CHECK(value.starts_with("data:image/"));
            if (name == "href") CHECK(value.starts_with("#"));
        }
    CHECK(page.all("link").empty());
    const auto metas = page.all("meta");
    const auto policy = std::ranges::find_if(
        metas, [](const auto* m) { return attribute(m, "http-equiv") == "Content-Security-Policy"; });
    REQUIRE(policy != metas.end());
    CHECK_THAT(attribute(*policy, "content"), ContainsSubstring("default-src 'none'"));
    CHECK_THAT(attribute(*policy, "content"), ContainsSubstring("script-src 'sha256-"));
}

TEST_CASE("a web page can be read by ear", "[html]") {
    const Page page(html_of(whole_document()));
    CHECK(attribute(page.all("html").at(0), "lang") == "en");
    for (const XMLElement* const image : page.all("img")) {
        CHECK_FALSE(attribute(image, "alt").empty());
        CHECK(image->IntAttribute("width") * 3 >= image->IntAttribute("height") * 4);
    }
    CHECK(page.all("img").size() == 7);
    const auto drawings = page.all("svg");
    CHECK(drawings.size() == 2 * 3 + 2);
    for (const XMLElement* const svg : drawings) {
        CHECK(attribute(svg, "role") == "img");
        CHECK_FALSE(attribute(svg, "aria-label").empty());
        CHECK_FALSE(attribute(svg, "viewBox").empty());
    }
    // Headings: one of level 1, none skipped; each of the others opens its section.
    int last = 0, firsts = 0;
    for (const XMLElement* const element : page.all()) {
        const std::string name = element->Name();
        if (name.size() != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6') continue;
        const int level = name[1] - '0';
        CHECK(level <= last + 1);
        firsts += level == 1 ? 1 : 0;
        last = level;
        if (level > 1)
            CHECK(attribute(element->Parent()->ToElement(), "aria-labelledby") == attribute(element, "id"));
    }
    CHECK(firsts == 1);
    // Tables: heads say what they head.
    for (const XMLElement* const head : page.all("th")) CHECK_FALSE(attribute(head, "scope").empty());
    CHECK(page.all("caption").size() == 2);
    for (const char* const name : {"header", "main", "nav", "aside", "footer", "figcaption", "thead"})
        CHECK_FALSE(page.all(name).empty());
}

TEST_CASE("every id in a web page is there once, and every use of one has it", "[html]") {
    Document d = whole_document();
    // The same drawing twice, and once more.
    for (int i = 0; i < 2; ++i) d.blocks.push_back(FigureRow{{chart_figure("Tall", 0.6)}, 1, false});
    const std::string html = html_of(d);
    const Page page(html);
    std::set<std::string> ids;
    for (const XMLElement* const element : page.all())
        if (const std::string id = attribute(element, "id"); !id.empty()) {
            CAPTURE(id);
            CHECK(ids.insert(id).second);
        }
    CHECK(ids.size() > 100);
    std::size_t uses = 0;
    const auto used = [&](const std::string& id) {
        CAPTURE(id);
        CHECK(ids.contains(id));
        ++uses;
    };
    for (const XMLElement* const element : page.all()) {
        for (const char* const name : {"aria-labelledby", "for"})
            if (const std::string id = attribute(element, name); !id.empty()) used(id);
        if (const std::string href = attribute(element, "href"); !href.empty()) used(href.substr(1));
        for (const auto* a = element->FirstAttribute(); a != nullptr; a = a->Next())
            if (const std::string value = a->Value(); value.starts_with("url(#"))
                used(value.substr(5, value.find(')') - 5));
    }
    CHECK(uses > 100);
}

TEST_CASE("a contents list stands in a web page with two runs or more", "[html]") {
    Document d;
    d.title = "Report";
    d.blocks = {Heading{1, "Report"}, Heading{2, "A"}, Heading{3, "a"}};
    CHECK(Page(html_of(d)).all("nav").empty());
    d.blocks.push_back(Heading{2, "B"});
    const Page page(html_of(d));
    REQUIRE(page.all("nav").size() == 1);
    REQUIRE(page.all("a").size() == 2);
    CHECK(attribute(page.all("a")[1], "href") == "#section-2");
    CHECK(attribute(page.all("h3")[0], "id") == "section-1-1");
}

TEST_CASE("without scripts a web page shows all moments, with one a slider", "[html]") {
    const std::string html = html_of(whole_document());
    const Page page(html);
    const auto controls = page.all("input");
    REQUIRE(controls.size() == 1);
    CHECK(attribute(controls[0], "max") == "6");
    CHECK(words(page.all("label").at(0)) == "Moment of the squat");
    CHECK(controls[0]->Parent()->ToElement()->Attribute("hidden") != nullptr);
    for (const XMLElement* const figure : page.all("figure")) CHECK(figure->Attribute("hidden") == nullptr);
    // One moment is no movement.
    Document d;
    d.blocks = {FigureRow{{picture_figure("alone")}, 3, true}};
    CHECK(Page(html_of(d)).all("input").empty());
    CHECK(Page(html_of(d)).all("script").empty());
}

TEST_CASE("the same document gives the same web page", "[html]") {
    const std::string first = html_of(whole_document());
    (void)html_of(whole_document(k_hostile));
    CHECK(html_of(whole_document()) == first);
    Document other = whole_document();
    std::get<Heading>(other.blocks[5]).text = "Other ankles";
    CHECK(html_of(other) != first);
}

TEST_CASE("a web page has no fault that tidy or xmllint finds", "[html]") {
    const Folder folder;
    write_file(folder / "page.html", html_of(whole_document(k_hostile)));
    if (const std::string program = tool("tidy"); !program.empty()) {
        // Unknown to its version of 2021: nothing that the page uses.
        const Result result =
            run_program({.words = {"-qe", "page.html"}, .folder = folder.path(), .program = program});
        INFO(result.err.substr(0, 2000));
        CHECK(result.exit_code == 0);
    }
    if (const std::string program = tool("xmllint"); !program.empty()) {
        const Result result = run_program({.words = {"--noout", "--nonet", "--huge", "page.html"},
                                           .folder = folder.path(),
                                           .program = program});
        INFO(result.err.substr(0, 2000));
        CHECK(result.exit_code == 0);
    }
}

TEST_CASE("Chromium: the page fits a phone and a desk, and its slider works", "[long][html]") {
    const Folder folder;
    std::string page = html_of(whole_document(k_hostile + std::string(200, 'W')));
    write_file(folder / "page.html", page);
    // A copy that tells the page around it how wide it became, and what the slider does.
    std::string probe = with_each(page, "script-src 'sha256-", "'", "script-src 'unsafe-inline'");
    swap_once(
        probe, "</body>",
        "<script>addEventListener('load', function () {\n"
        "  var root = document.documentElement, slider = document.querySelector('input');\n"
        "  var shown = function () {\n"
        "    return Array.from(document.querySelectorAll('.moments figure')).map(function (f) {\n"
        "      return getComputedStyle(f).display === 'none' ? '0' : '1'; }).join(''); };\n"
        "  var first = shown();\n"
        "  slider.value = 4; slider.dispatchEvent(new Event('input'));\n"
        "  parent.postMessage('width ' + innerWidth + ', content ' + root.scrollWidth + ', first ' + first\n"
        "    + ', fourth ' + shown() + ', says ' + document.querySelector('output').textContent, '*');\n"
        "});</script></body>");
    write_file(folder / "probe.html", probe);
    // Chromium's own window is never narrower than 500 px: the widths are those of frames.
    const std::vector<std::string> widths{"320", "390", "768", "1280"};
    std::string frames =
        "<!DOCTYPE html><title>x</title><script>addEventListener('message', function (e) {\n"
        "  document.body.appendChild(document.createElement('p')).textContent = e.data; });\n"
        "</script><body>";
    for (const std::string& width : widths)
        frames += "<iframe src='probe.html' style='border:0;width:" + width + "px;height:900px'></iframe>";
    write_file(folder / "frames.html", frames);
    const Result fits = chromium(
        folder, {"--window-size=1400,900", "--virtual-time-budget=10000", "--dump-dom"}, "frames.html");
    INFO(fits.out);
    REQUIRE(fits.exit_code == 0);
    for (const std::string& width : widths)
        CHECK_THAT(fits.out, ContainsSubstring("<p>width " + width + ", content " + width
                                               + ", first 100000, fourth 000100, says deepest</p>"));
    // The page as it is: its policy lets its own script run, and none that somebody put in.
    swap_once(page, "</body>", "<script>document.documentElement.id = 'entered';</script></body>");
    write_file(folder / "entered.html", page);
    const Result whole = chromium(folder, {"--dump-dom"}, "entered.html");
    CHECK_THAT(whole.out, ContainsSubstring("class=\"moments one\""));
    CHECK_THAT(whole.out, ContainsSubstring("aria-valuetext=\"standing\""));
    CHECK_THAT(whole.out, ContainsSubstring("<html lang=\"en\"><head>"));
    // On paper every moment stands.
    const std::string to_text = tool("pdftotext");
    if (to_text.empty()) return;
    REQUIRE(chromium(folder, {"--no-pdf-header-footer", "--print-to-pdf=" + (folder / "page.pdf").string()},
                     "page.html")
                .exit_code
            == 0);
    const Result paper =
        run_program({.words = {"page.pdf", "-"}, .folder = folder.path(), .program = to_text});
    for (const char* const caption :
         {"standing", "half way down", "parallel", "deepest", "half way up", "Page 1 of"})
        CHECK_THAT(paper.out, ContainsSubstring(caption));
    CHECK_THAT(paper.out, !ContainsSubstring("Moment of the squat"));
}
