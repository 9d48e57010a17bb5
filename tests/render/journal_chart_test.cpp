// The journal's figure: days to scale, days of both charts in line, words for every rung and feeling, all in the box.
#include "render/report/journal_chart.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "render/report/cairo_painter.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr DepthDrops k_drops{0.29, 0.58, 0.79};

std::vector<JournalEntry> three_weeks() {
    std::vector<JournalEntry> entries;
    const int days[] = {0, 2, 3, 4, 6, 7, 9, 10, 18, 20};  // a week's gap
    for (int i = 0; i < 10; ++i) {
        JournalEntry entry{.day = day_text(20'700 + days[i]), .setting = "7 kg at arm's length"};
        entry.counterweight_kg = 7.0 - 0.5 * (i / 2);
        entry.depth = i < 3 ? Depth{0.5} : i < 6 ? Depth{DepthWord::parallel} : Depth{DepthWord::full};
        if (i < 9) entry.felt_night = k_felts[static_cast<std::size_t>(i % 4)];
        if (i < 8) entry.felt_morning = k_felts[static_cast<std::size_t>(i / 2)];
        entries.push_back(entry);
    }
    return entries;
}

Ladder four_rungs() {
    Ladder ladder;
    for (const double mass_kg : {6.0, 4.5, 3.0, 0.0}) {
        LadderRung rung;
        rung.scenario.counterweight.mass_kg = mass_kg;
        rung.help = mass_kg > 0.0 ? std::to_string(mass_kg).substr(0, 3) + " kg at arm's length" : "no help";
        ladder.rungs.push_back(rung);
    }
    return ladder;
}

}  // namespace

TEST_CASE("a journal's figure has gaps in days to scale and what is not said as a gap", "[journal]") {
    auto entries = three_weeks();
    entries[4].counterweight_kg.reset();
    std::ranges::reverse(entries);
    const JournalFigure figure = journal_figure(entries, k_drops);
    const ChartSeries& used = figure.help.series.at(0);
    CHECK(used.x == std::vector<double>{0, 2, 3, 4, 6, 7, 9, 10, 18, 20});
    CHECK(used.y[0] == 7.0);
    CHECK(std::isnan(used.y[4]));
    CHECK(used.y[9] == 5.0);
    CHECK(figure.depth.series.at(0).x == used.x);
    CHECK(figure.depth.series.at(0).y[0] == Catch::Approx(50.0));
    CHECK(figure.depth.series.at(0).y[9] == Catch::Approx(79.0));
    CHECK(figure.help.x_range == figure.depth.x_range);
    CHECK(figure.help_levels.empty());
    CHECK(figure.felt.size() == 10);
    CHECK_FALSE(figure.felt[9].night);
}

TEST_CASE("the ladder's rungs are lines of the help that it takes away", "[journal]") {
    const Ladder ladder = four_rungs();
    const JournalFigure figure = journal_figure(three_weeks(), k_drops, &ladder);
    REQUIRE(figure.help_levels.size() == 4);
    CHECK(figure.help_levels[1].y == 4.5);
    CHECK(figure.help_levels[3].y == 0.0);
    CHECK(figure.help_levels[3].words == "Rung 4: no help");
    CHECK((*figure.help.y_range)[0] < 0.0);
    CHECK((*figure.help.y_range)[1] > 7.0);

    Ladder wide = ladder;
    double width_m = 0.55;
    for (LadderRung& rung : wide.rungs) {
        rung.scenario = wide.unaided;
        if (&rung != &wide.rungs.back()) rung.scenario.stance.width_m = width_m -= 0.02;
    }
    const JournalFigure stance = journal_figure(three_weeks(), k_drops, &wide);
    CHECK(stance.help.y_label == "Help (cm)");
    CHECK(stance.help_levels[0].y == Catch::Approx(53.0));
    CHECK(stance.help_levels[3].y > 30.0);  // shoulder-wide
}

TEST_CASE("a journal's figure keeps its words in the box, whatever the size", "[journal]") {
    const Ladder ladder = four_rungs();
    std::vector<JournalFigure> figures = {journal_figure({}, k_drops),
                                          journal_figure({three_weeks()[0]}, k_drops, &ladder),
                                          journal_figure(three_weeks(), k_drops, &ladder)};
    auto years = three_weeks();
    for (int day = 0; day < 3000; day += 2) {
        JournalEntry entry = years[static_cast<std::size_t>(day % 10)];
        entry.day = day_text(21'000 + day);
        years.push_back(entry);
    }
    figures.push_back(journal_figure(years, k_drops, &ladder));
    figures.push_back(figures[2]);
    for (ChartLevel& level : figures.back().help_levels) level.words = std::string(3000, 'W');
    for (std::size_t i = 0; i < figures.size(); ++i)
        for (const Point size : {Point{1200, 800}, {600, 500}, {300, 700}, {200, 100}, {1, 1}})
            for (const double text_px : {10.0, 16.0, 32.0}) {
                const Box box{11.0, 7.0, size.x, size.y};
                NotingPainter painter;
                draw_journal_figure(painter, figures[i], box, light_theme(), text_px);
                CAPTURE(i, size.x, size.y, text_px, painter.widest());
                CHECK(painter.inside(box, 0.51));
                CHECK(painter.clips == 0);
            }
}

TEST_CASE("rungs, depths and feelings have words, not colours alone", "[journal]") {
    const Ladder ladder = four_rungs();
    const JournalFigure figure = journal_figure(three_weeks(), k_drops, &ladder);
    NotingPainter painter;
    draw_journal_figure(painter, figure, {0.0, 0.0, 1200.0, 800.0}, light_theme(), 16.0);
    for (const char* words : {"Rung 1: 6.0 kg at arm's length", "Rung 4: no help", "half", "parallel", "full",
                              "that night", "next morning", "fine", "stiff but fine", "sore", "painful",
                              "not written", "Days since 2026-09-04"})
        CHECK(says(painter, words));
    std::erase_if(painter.texts, [](const auto& t) { return t.text == " "; });
    for (std::size_t i = 0; i < painter.texts.size(); ++i)
        for (std::size_t k = i + 1; k < painter.texts.size(); ++k) {
            const Box &a = painter.texts[i].box, &b = painter.texts[k].box;
            // NotingPainter's rows are higher than any letter.
            const bool apart = a.left + a.width <= b.left || b.left + b.width <= a.left
                               || a.top + 0.8 * a.height <= b.top || b.top + 0.8 * b.height <= a.top;
            CAPTURE(painter.texts[i].text, painter.texts[k].text);
            CHECK(apart);
        }
    const auto paint = [&](Painter& p) {
        draw_journal_figure(p, figure, {0, 0, 1200, 800}, light_theme(), 16.0);
    };
    const std::string svg = svg_of(1200, 800, light_theme().page, paint);
    CHECK(svg == svg_of(1200, 800, light_theme().page, paint));
    if (const char* shown = std::getenv("PLUMBLINE_SHOW")) {
        std::ofstream(shown, std::ios::binary) << png_of(1200, 800, light_theme().page, paint);
    }
}
