// The push rose: each push lies where it goes, hostile sizes stay inside the box, words name the weakest side.
#include "render/report/rose_chart.h"

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Weak backward and to the left; forward nothing up to the most topples.
RoseChart rose_chart(int directions) {
    RoseChart chart{.title = "Least push that topples"};
    for (const RoseMoment moment : {RoseMoment::standing, RoseMoment::bottom}) {
        PushRose rose{.moment = moment, .time_s = 1.0};
        for (int i = 0; i < directions; ++i) {
            RosePetal petal{.direction_deg = 360.0 * i / directions, .outcome = Outcome::fell_backward};
            if (i != 0)
                petal.topples_Ns = 60.0 + 40.0 * std::cos((petal.direction_deg + 45.0) * M_PI / 180.0);
            rose.petals.push_back(petal);
        }
        rose.note = "An upper bound of what people stand.";
        chart.roses.push_back(rose);
    }
    return chart;
}

bool mentions(const NotingPainter& painter, const std::string& part) {
    return std::ranges::any_of(painter.texts,
                               [&](const auto& t) { return t.text.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("A push forward is up, one to the left is on the left, harder is farther out", "[chart]") {
    NotingPainter painter;
    const RosePlace place =
        draw_rose(painter, rose_chart(16), {10.0, 20.0, 700.0, 300.0}, light_theme(), 13.0);
    CHECK(place.rim_Ns >= 150.0);
    CHECK(place.radius_px > 90.0);
    CHECK(place.at(0.0, 50.0).y < place.centre.y);
    CHECK(place.at(0.0, 50.0).x == Catch::Approx(place.centre.x));
    CHECK(place.at(90.0, 50.0).x < place.centre.x);
    CHECK(place.at(180.0, 50.0).y > place.centre.y);
    CHECK(place.at(270.0, 80.0).x > place.at(270.0, 50.0).x);
    for (const double deg : {0.0, 22.5, 135.0, 300.0})
        CHECK(std::abs(std::remainder(*place.direction_at(place.at(deg, 40.0)) - deg, 360.0)) < 1e-9);
    CHECK_FALSE(place.direction_at(place.at(45.0, 1.1 * place.rim_Ns)));
    CHECK(painter.clips == 0);
    for (const char* const word : {"forward", "backward", "left", "right", "Standing: least 20 N s",
                                   "At the bottom", "for 0.1 s", "upper bound", " N s"})
        CHECK(mentions(painter, word));
}

TEST_CASE("The words name the weakest side, what nothing topples, and why there is no rose", "[chart]") {
    RoseChart chart = rose_chart(8);
    CHECK(rose_sentence(chart.roses[0], 150.0) == "Standing: least 20 N s, backward and to the left");
    CHECK_THAT(rose_reading(chart, 3.0),
               Catch::Matchers::StartsWith("0\u00b0, forward\nStanding: over 150 N s"));
    CHECK_THAT(rose_reading(chart, 140.0),
               Catch::Matchers::ContainsSubstring("At the bottom: 20 N s, falls backward"));
    CHECK(rose_reading({}, 0.0).empty());
    PushRose strong{.moment = RoseMoment::bottom};
    strong.petals.resize(4);
    CHECK(rose_sentence(strong, 150.0) == "At the bottom: nothing up to 150 N s topples");
    PushRose fallen{.moment = RoseMoment::bottom, .problem = "without a push the person falls backward"};
    CHECK(rose_sentence(fallen, 150.0) == "At the bottom: without a push the person falls backward");
    chart.roses = {fallen};
    NotingPainter painter;
    draw_rose(painter, chart, {0.0, 0.0, 700.0, 300.0}, light_theme(), 13.0);
    CHECK(mentions(painter, "without a push"));
}

TEST_CASE("A rose is painted inside its box, whatever the size and the petals", "[chart]") {
    std::vector<RoseChart> charts{RoseChart{}, rose_chart(1), rose_chart(2), rose_chart(16), rose_chart(72)};
    charts.push_back(rose_chart(16));
    for (RosePetal& petal : charts.back().roses[0].petals) petal.topples_Ns = 0.0;
    charts.back().title = std::string(500, 'W');
    for (size_t i = 0; i < charts.size(); ++i)
        for (const Point size :
             {Point{1200, 600}, {624, 160}, {620, 280}, {300, 400}, {160, 100}, {60, 300}, {20, 20}, {1, 1}})
            for (const double text_px : {9.0, 13.0, 30.0}) {
                const Box box{17.0, 23.0, size.x, size.y};
                NotingPainter painter;
                draw_rose(painter, charts[i], box, dark_theme(), text_px);
                CAPTURE(i, size.x, size.y, text_px, painter.widest());
                CHECK(painter.inside(box, 0.51));
                CHECK(painter.clips == 0);
            }
}
