// Plain CSS with the theme's colours as variables. Nothing here names a file or a font to be loaded.
#include "render/report/html_style.h"

#include <cmath>
#include <utility>

#include "render/report/html_text.h"

namespace plumb {
namespace {

constexpr std::string_view k_screen = R"css(
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 48rem; padding: 2.5rem 1.5rem 2rem; overflow-wrap: anywhere;
  font: 1rem/1.6 Inter, "Noto Sans", system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 2rem; font-weight: 650; letter-spacing: -0.015em; margin: 0 0 0.5rem; }
h2 { font-size: 1.4rem; font-weight: 650; letter-spacing: -0.01em; margin: 3.5rem 0 1rem; }
h3 { font-size: 1.1rem; font-weight: 600; margin: 2.25rem 0 0.75rem; }
p { margin: 0 0 1rem; }
ul { margin: 0 0 1rem; padding-inline-start: 1.4rem; }
li { margin: 0.3rem 0; }
li::marker { color: var(--quiet); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.lead { font-size: 1.2rem; line-height: 1.5; font-weight: 500; }
.quiet { font-size: 0.9rem; line-height: 1.5; color: var(--quiet); }
header .quiet { font-size: 1rem; }
header { margin-bottom: 1.75rem; }
.code { font-size: 0.85rem; padding: 0.7rem 0.9rem; background: var(--panel); border-radius: 6px; }
code { font-family: "Noto Sans Mono", ui-monospace, monospace; white-space: pre-wrap; }
nav { margin: 2rem 0 0; padding: 0.9rem 0; border: solid var(--border); border-width: 1px 0; }
nav ul { list-style: none; margin: 0; padding: 0; columns: 18rem; column-gap: 2rem; }
nav li { margin: 0; break-inside: avoid; }
nav a { display: block; padding: 0.2rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }

figure { margin: 0; min-width: 0; }
figure > svg, figure > img { display: block; height: auto; border-radius: 6px;
  width: min(100%, calc(var(--ratio) * 36rem)); }
.narrow { display: none !important; }
figcaption { margin-top: 0.6rem; font-size: 0.9rem; line-height: 1.45; color: var(--quiet); }
.row { --least: 12rem; --gap: 1.25rem; display: grid; gap: 1.5rem var(--gap); margin: 1.5rem 0;
  align-items: start; grid-template-columns: repeat(auto-fill, minmax(min(100%, max(var(--least),
    calc((100% - (var(--columns) - 1) * var(--gap)) / var(--columns) - 0.1px))), 1fr)); }

.scroll { overflow-x: auto; margin: 1.25rem 0 1.75rem;
  /* A shade at the edge behind which there is more: what moves with the table hides it at the end. */
  background: linear-gradient(90deg, var(--page) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local,
    linear-gradient(270deg, var(--page) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local,
    linear-gradient(90deg, var(--shade), transparent) 0 0 / 1rem 100% no-repeat scroll,
    linear-gradient(270deg, var(--shade), transparent) 100% 0 / 1rem 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem;
  line-height: 1.4; overflow-wrap: break-word; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding-bottom: 0.5rem; font-weight: 600; }
caption span { display: block; position: sticky; left: 0; max-width: min(100%, calc(100vw - 2rem)); }
th, td { padding: 0.45rem 0.75rem; text-align: start; vertical-align: top; font-weight: 400;
  border-bottom: 1px solid var(--border); }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 0.85em; font-weight: 600; color: var(--quiet); vertical-align: bottom;
  border-bottom: 1.5px solid var(--text); }
.number { text-align: right; }
.small table { font-size: 0.82rem; }
.small th, .small td { padding-block: 0.25rem; }
.many th, .many td { padding-inline: 0.35rem; }

aside { margin: 1.75rem 0; padding: 1.1rem 1.25rem; background: var(--panel);
  border: 1px solid var(--border); border-radius: 8px; }
aside p { margin: 0 0 0.5rem; }
aside p:last-child { margin-bottom: 0; }
.note-title { font-weight: 600; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--border);
  font-size: 0.85rem; color: var(--quiet); }
footer p { margin: 0; }
hr { display: none; }

.control { display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center;
  gap: 0.25rem 1rem; margin: 1.5rem 0 0; }
.control[hidden] { display: none; }
.control label { font-weight: 600; }
.control input { width: 100%; height: 2rem; margin: 0; accent-color: var(--accent); }
.control output { grid-column: 1 / -1; min-height: 1.5em; font-variant-numeric: tabular-nums; }
)css";

constexpr std::string_view k_by_medium = R"css(
@media screen {
  .one .row { grid-template-columns: minmax(0, 1fr); margin-top: 0.75rem; }
  .one figure:not(.shown), .one figcaption { display: none; }
  .one figure > svg { width: min(100%, calc(var(--ratio) * 36rem), 32rem); }
}
@media screen and (max-width: 36rem) {
  body { padding: 1.5rem 1rem; }
  h1 { font-size: 1.65rem; }
  h2 { font-size: 1.3rem; margin-top: 2.75rem; }
  .lead { font-size: 1.1rem; }
  .wide { display: none !important; }
  .narrow { display: block !important; }
  th, td { padding-inline: 0.5rem; }
  .control { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav, .control { display: none !important; }
  h1, h2, h3, caption, thead { break-after: avoid; }
  h2 { margin-top: 2rem; }
  figure, aside, tr, li, .code { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  .row { --least: 0rem; }
  .scroll { overflow: visible; background: none; }
  table { min-width: 0 !important; overflow-wrap: anywhere; }
  .many table { font-size: 0.75rem; }
  caption span { position: static; max-width: none; }
  footer { margin-top: 2rem; break-inside: avoid; break-before: avoid; }
  hr { display: block; height: 0; margin: 0; border: 0; break-after: page; }
)css";

constexpr std::string_view k_script = R"js(
document.querySelectorAll('.moments').forEach(function (moments) {
  var control = moments.querySelector('.control');
  var slider = control.querySelector('input'), output = control.querySelector('output');
  var figures = moments.querySelectorAll('figure');
  function show() {
    var wanted = Number(slider.value) - 1;
    figures.forEach(function (figure, i) { figure.classList.toggle('shown', i === wanted); });
    var caption = figures[wanted].querySelector('figcaption');
    var words = caption ? caption.textContent : slider.value + ' / ' + figures.length;
    output.textContent = words;
    slider.setAttribute('aria-valuetext', words);
  }
  slider.addEventListener('input', show);
  moments.classList.add('one');
  control.hidden = false;
  show();
});
)js";

std::string css_colour(Rgba colour) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    std::string text = "#";
    for (const float part : {colour.r, colour.g, colour.b}) {
        const auto value = static_cast<unsigned>(std::lround(255.0f * part));
        text.append(1, k_digits[value >> 4 & 15u]).append(1, k_digits[value & 15u]);
    }
    return text;
}

/// "Page {page} of {pages}" as CSS: "Page " counter(page) " of " counter(pages).
std::string counters(std::string_view page_of) {
    std::string result;
    while (!page_of.empty()) {
        const std::size_t at = page_of.find("{page"), end = page_of.find('}', at);
        if (at == std::string_view::npos || end == std::string_view::npos) break;
        const std::string_view name = page_of.substr(at + 1, end - at - 1);
        result +=
            css_string(page_of.substr(0, at)) + " counter(" + (name == "page" ? "page" : "pages") + ") ";
        page_of.remove_prefix(end + 1);
    }
    return result + css_string(page_of);
}

}  // namespace

std::string html_style(const Theme& theme, std::string_view page_of) {
    std::string style = ":root { color-scheme: light;";
    const std::pair<const char*, Rgba> colours[] = {
        {"page", theme.page},        {"panel", theme.panel},   {"border", theme.border}, {"text", theme.text},
        {"quiet", theme.quiet_text}, {"accent", theme.accent}, {"shade", theme.border}};
    for (const auto& [name, colour] : colours)
        style += std::string(" --") + name + ": " + css_colour(colour) + ";";
    style.append(" }").append(k_screen).append(k_by_medium);
    // Browsers that know no page margins leave the numbers out; most print their own.
    style += "  @page { margin: 18mm 16mm; @bottom-right { content: " + counters(page_of)
             + "; font: 8pt Inter, \"Noto Sans\", sans-serif; color: " + css_colour(theme.quiet_text)
             + "; } }\n}\n";
    return style;
}

std::string_view moments_script() { return k_script; }

}  // namespace plumb
