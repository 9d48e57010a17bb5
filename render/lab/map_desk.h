// A map of two fields around the scenario, filled in the background: boundary first, then the least weight in every cell.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "render/lab/answer_book.h"
#include "sim/study/cell.h"

namespace plumb {

/// A field that can be an axis of the map, and the span it shows there.
struct MapField {
    std::string_view field;
    double from, to;
};
inline constexpr std::array<MapField, 10> k_map_fields = {{{"stance.width_m", 0.2, 0.7},
                                                           {"counterweight.mass_kg", 0.0, 12.0},
                                                           {"person.ankle_dorsiflexion_deg", 10.0, 45.0},
                                                           {"person.trunk_thigh_closure_deg", 100.0, 150.0},
                                                           {"person.strength_ratio", 0.4, 1.4},
                                                           {"heel_wedge.height_m", 0.0, 0.06},
                                                           {"wall.distance_m", 0.1, 0.9},
                                                           {"stance.toe_out_deg", 0.0, 40.0},
                                                           {"movement.descend_s", 1.0, 6.0},
                                                           {"person.thigh_length_m", 0.36, 0.5}}};

/// What is known of one map.
struct MapPage {
    std::vector<std::optional<CellRow>> rows;
    std::vector<std::optional<double>>
        least_weight_kg;  ///< by static plans, of each cell; infinite: the most is not enough
    bool filled = false;  ///< every row is there
};

class MapDesk {
  public:
    static constexpr std::size_t k_columns = 17, k_rows = 13;
    static constexpr double k_most_weight_kg = 12.0;

    /// `wake` is called from another thread when something is ready; then call poll().
    explicit MapDesk(std::function<void()> wake) : book_(std::move(wake)) {}

    /// The scenario on the sliders (nullptr: one that cannot be run) and the axes: indices of k_map_fields, two different ones. Moving
    /// along the axes keeps the map; any other change turns to another page.
    void look_at(const ScenarioDef* scenario, std::size_t x, std::size_t y);
    void fill() { wanted_ = book_.is_open(); }
    void stop();
    /// Takes what was found and goes on. True when something new is known.
    bool poll();

    [[nodiscard]] bool filling() const { return wanted_ && (book_.busy() || !complete()); }
    [[nodiscard]] bool complete() const;
    /// Has something of a map to show.
    [[nodiscard]] const MapPage* page() const { return book_.page(); }
    [[nodiscard]] const LoadedStudy& study() const { return study_; }
    /// Share of what is to be done that is, 0-1.
    [[nodiscard]] double progress() const;
    /// A cell as a scenario: the one looked at with the cell's two values.
    [[nodiscard]] ScenarioDef scenario_of(std::size_t cell) const;
    /// The scenario's own place in cells, where it lies on the map.
    [[nodiscard]] std::optional<std::array<double, 2>> here() const;

  private:
    [[nodiscard]] bool maps_weight() const;
    ScenarioDef scenario_;
    std::array<std::size_t, 2> axes_{};
    LoadedStudy study_;
    bool wanted_ = false;
    AnswerBook<MapPage> book_;
};

}  // namespace plumb
