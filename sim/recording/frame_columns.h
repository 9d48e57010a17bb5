// The columns of a saved recording: the one list of a frame's members, which writes them and reads them back.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/recording/recording.h"

namespace plumb {

/// Numbers on their way into a file: doubles of 8 bytes, lowest byte first.
class ColumnWriter {
  public:
    void put(double value);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// No quantity of a frame comes near this, in any unit.
inline constexpr double k_largest_number = 1e6;
/// Corners of a stored polygon.
inline constexpr std::size_t k_most_corners = 256;

/// Numbers on their way out. The first complaint stays; what is read after it means nothing.
class ColumnReader {
  public:
    explicit ColumnReader(std::string_view bytes) : bytes_(bytes) {}

    /// The next number, whatever it is.
    [[nodiscard]] double next();
    /// The next number, which must be finite and not beyond k_largest_number.
    [[nodiscard]] double next_finite();
    /// The next number, which must be a whole one from 0 to `last`.
    [[nodiscard]] std::size_t next_index(std::size_t last);
    void complain(const std::string& text) {
        if (problem_.empty()) problem_ = text;
    }

    /// Empty, or what is wrong: "nan: allowed -1e6 to 1e6".
    [[nodiscard]] const std::string& problem() const { return problem_; }
    [[nodiscard]] std::size_t bytes_left() const { return bytes_.size(); }

  private:
    std::string_view bytes_;
    std::string problem_;
};

/// One member of Frame (or of its pose). Numbers of a frame follow each other; matrices row by row.
struct FrameColumn {
    std::string name;  ///< with unit: "com_m"
    std::function<void(const Frame&, ColumnWriter&)> write;
    std::function<void(ColumnReader&, Frame&)> read;
};

/// All columns, in the order of the file: every member of Frame is here.
[[nodiscard]] const std::vector<FrameColumn>& frame_columns();

/// The words behind the numbers in the columns `phase` and, second in each, `..._margin`: the place in the list, from 0.
[[nodiscard]] std::vector<std::string> phase_words();
[[nodiscard]] std::vector<std::string> edge_words();

}  // namespace plumb
