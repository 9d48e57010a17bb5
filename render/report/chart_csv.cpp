// The curves of a chart as a table.
#include <algorithm>

#include "render/report/chart.h"
#include "sim/base/text.h"
#include "sim/recording/channels.h"

namespace plumb {

std::string chart_csv(const Chart& chart) {
    std::string text;
    std::size_t rows = 0;
    for (const ChartSeries& s : chart.series) {
        text += (text.empty() ? "" : ",") + csv_word(s.name + ": " + chart.x_label) + ","
                + csv_word(s.name + ": " + chart.y_label);
        rows = std::max(rows, std::max(s.x.size(), s.y.size()));
    }
    text += '\n';
    const auto cell = [](const std::vector<double>& values, std::size_t i) {
        return i < values.size() ? csv_number(values[i]) : std::string();
    };
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t k = 0; k < chart.series.size(); ++k)
            text += (k == 0 ? "" : ",") + cell(chart.series[k].x, i) + "," + cell(chart.series[k].y, i);
        text += '\n';
    }
    return text;
}

}  // namespace plumb
