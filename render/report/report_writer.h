// What every section of a report writes with: texts, numbers, stills, and the document they go into.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "render/report/amounts.h"
#include "render/report/document.h"
#include "render/report/texts.h"
#include "render/scene/still_def.h"

namespace plumb {

/// Draws a still with OpenGL. Without a maker, or where it gives nothing, a drawing of the body's shapes stands in.
using StillMaker =
    std::function<std::shared_ptr<const Picture>(const SceneBuilder&, std::size_t frame, const StillDef&)>;

/// A report's still: figure, base of support, COM and plumb line, without speeds, forces and words.
[[nodiscard]] StillDef report_still(View view, int width, int height);

/// A file of numbers beside the report: a figure's curves.
struct DataFile {
    std::string name;  ///< "1_stiff_ankles_margin_over_time.csv"
    std::string bytes;
    std::string meaning;
};

class ReportWriter {
  public:
    ReportWriter(const Texts& texts, ReadUnits units, StillMaker stills);

    const Texts& say;
    Amounts numbers;
    Document document;

    /// What follows is of this run, the index-th from 1: its numbers and data files carry its name.
    void begin_run(std::size_t index, const std::string& name);
    /// Sections of a run lie this deep: 2 in a report of one run, else 3.
    void set_level(int level) { level_ = level; }
    [[nodiscard]] int level() const { return level_; }

    void add(Block block) { document.blocks.push_back(std::move(block)); }
    void section(const std::string& key) { add(Heading{level_, say(key)}); }
    void paragraph(const std::string& text, ParagraphStyle style = ParagraphStyle::normal);
    /// Figures of drawings, side by side.
    void figures(std::vector<Figure> figures, int columns = 1);

    /// A moment of a run.
    [[nodiscard]] Figure still(const SceneBuilder& builder, std::size_t frame, const StillDef& def,
                               std::string caption, std::string alt) const;
    /// A chart in this report's language; its curves become a data file of this name.
    [[nodiscard]] Figure chart(Chart chart, const std::string& name, double width_over_height,
                               std::string caption, std::string alt);
    void data(const std::string& name, std::string bytes, const std::string& meaning);

    [[nodiscard]] const std::vector<DataFile>& data_files() const { return data_; }

  private:
    StillMaker stills_;
    std::string run_mark_;  ///< "1_stiff_ankles_"
    int level_ = 2;
    std::vector<DataFile> data_;
};

/// The chart with its words in the report's language.
[[nodiscard]] Chart in_language(Chart chart, const Texts& texts);

/// "18°", or "18° left, 33° right" where the sides read differently.
[[nodiscard]] std::string sided_phrase(const Texts& say, const std::string& left, const std::string& right);

/// Something that limits the body, as a phrase with its value: "how far the ankles bend (18° of dorsiflexion)".
[[nodiscard]] std::string factor_phrase(const ReportWriter& writer, const std::string& factor,
                                        const ScenarioDef& scenario);

/// A name fit for a file: letters, digits, _ and -.
[[nodiscard]] std::string file_word(const std::string& text);

}  // namespace plumb
