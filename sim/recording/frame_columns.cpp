// How each type of number goes into bytes and back, and the list.
#include "sim/recording/frame_columns.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/base/fields.h"

namespace plumb {
namespace {

constexpr std::size_t k_last_phase = static_cast<std::size_t>(Phase::fallen);
constexpr std::size_t k_last_edge = static_cast<std::size_t>(Edge::right);

// One pair for each type of member; containers last, for they call the others.

void write(double value, ColumnWriter& out) { out.put(value); }
void read(ColumnReader& in, double& value) { value = in.next_finite(); }

void write(Phase phase, ColumnWriter& out) { out.put(static_cast<double>(phase)); }
void read(ColumnReader& in, Phase& phase) { phase = static_cast<Phase>(in.next_index(k_last_phase)); }

/// The distance is -infinity where nothing touches, NaN where a margin has no meaning.
void write(const Margin& margin, ColumnWriter& out) {
    out.put(margin.margin_m);
    out.put(static_cast<double>(margin.edge));
}
void read(ColumnReader& in, Margin& margin) {
    margin.margin_m = in.next();
    if (margin.margin_m > k_largest_number)
        in.complain(value_text(margin.margin_m) + ": allowed at most 1e6, -inf or nan");
    margin.edge = static_cast<Edge>(in.next_index(k_last_edge));
}

template <int rows, int columns>
void write(const Eigen::Matrix<double, rows, columns>& matrix, ColumnWriter& out) {
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) out.put(matrix(row, column));
}
template <int rows, int columns>
void read(ColumnReader& in, Eigen::Matrix<double, rows, columns>& matrix) {
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) matrix(row, column) = in.next_finite();
}

/// Nothing is two NaN.
void write(const std::optional<Eigen::Vector2d>& point, ColumnWriter& out) {
    constexpr double k_none = std::numeric_limits<double>::quiet_NaN();
    write(point.value_or(Eigen::Vector2d(k_none, k_none)), out);
}
void read(ColumnReader& in, std::optional<Eigen::Vector2d>& point) {
    const double x = in.next(), y = in.next();
    point = Eigen::Vector2d(x, y);
    if (std::isnan(x) && std::isnan(y))
        point.reset();
    else if (!(point->cwiseAbs().maxCoeff() <= k_largest_number) || std::isnan(x) || std::isnan(y))
        in.complain(value_text(x) + " and " + value_text(y) + ": allowed -1e6 to 1e6, or two nan");
}

/// How many corners, then the corners.
void write(const Polygon& polygon, ColumnWriter& out) {
    out.put(static_cast<double>(polygon.size()));
    for (const Eigen::Vector2d& corner : polygon) write(corner, out);
}
void read(ColumnReader& in, Polygon& polygon) {
    polygon.resize(in.next_index(k_most_corners));
    for (Eigen::Vector2d& corner : polygon) read(in, corner);
}

template <class Element, std::size_t count>
void write(const std::array<Element, count>& elements, ColumnWriter& out) {
    for (const Element& element : elements) write(element, out);
}
template <class Element, std::size_t count>
void read(ColumnReader& in, std::array<Element, count>& elements) {
    for (Element& element : elements) read(in, element);
}

/// The column of the member at the end of a path of members.
template <class... Members>
FrameColumn column(std::string name, Members... path) {
    return {std::move(name), [=](const Frame& frame, ColumnWriter& out) { write((frame.*....*path), out); },
            [=](ColumnReader& in, Frame& frame) { read(in, (frame.*....*path)); }};
}

std::vector<FrameColumn> build_list() {
    return {
        column("time_s", &Frame::time_s),
        column("phase", &Frame::phase),
        column("pelvis_m", &Frame::pose, &Pose::pelvis_m),
        column("pelvis_rotation", &Frame::pose, &Pose::pelvis_rotation),
        column("joints_rad", &Frame::pose, &Pose::joints),
        column("velocity", &Frame::velocity),
        column("moment_Nm", &Frame::moment_Nm),
        column("com_m", &Frame::com_m),
        column("com_velocity_mps", &Frame::com_velocity_mps),
        column("com_acceleration_z_mps2", &Frame::com_acceleration_z_mps2),
        column("xcom_m", &Frame::xcom_m),
        column("cop_m", &Frame::cop_m),
        column("foot_force_N", &Frame::foot_force_N),
        column("wall_force_N", &Frame::wall_force_N),
        column("wall_peak_N", &Frame::wall_peak_N),
        column("push_N", &Frame::push_N),
        column("push_place_m", &Frame::push_place_m),
        column("floor_other_N", &Frame::floor_other_N),
        column("com_margin_m", &Frame::com_margin),
        column("functional_margin_m", &Frame::functional_margin),
        column("xcom_margin_m", &Frame::xcom_margin),
        column("support_region_m", &Frame::support_region),
        column("support_margin_m", &Frame::support_margin),
        column("heel_height_m", &Frame::heel_height_m),
        column("foot_slip_m", &Frame::foot_slip_m),
        column("hip_height_m", &Frame::hip_height_m),
        column("hip_drop", &Frame::hip_drop),
        column("trunk_lean_rad", &Frame::trunk_lean_rad),
        column("thigh_angle_rad", &Frame::thigh_angle_rad),
        column("tissue_stretch", &Frame::tissue, &TissueState::stretch),
        column("tissue_Nm", &Frame::tissue, &TissueState::moment_Nm),
        column("pelvic_retroversion_rad", &Frame::pelvic_retroversion_rad),
    };
}

}  // namespace

void ColumnWriter::put(double value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8) bytes_.push_back(static_cast<char>(bits & 0xff));
}

double ColumnReader::next() {
    if (bytes_.size() < 8) {
        complain("the column ends here");
        return 0.0;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(bytes_[i]);
    bytes_.remove_prefix(8);
    return std::bit_cast<double>(bits);
}

double ColumnReader::next_finite() {
    const double value = next();
    if (!(std::abs(value) <= k_largest_number)) complain(value_text(value) + ": allowed -1e6 to 1e6");
    return value;
}

std::size_t ColumnReader::next_index(std::size_t last) {
    const double value = next();
    if (value >= 0.0 && value <= static_cast<double>(last) && value == std::floor(value))
        return static_cast<std::size_t>(value);
    complain(value_text(value) + ": allowed a whole number from 0 to " + std::to_string(last));
    return 0;
}

const std::vector<FrameColumn>& frame_columns() {
    static const std::vector<FrameColumn> k_list = build_list();
    return k_list;
}

std::vector<std::string> phase_words() {
    std::vector<std::string> words;
    for (std::size_t i = 0; i <= k_last_phase; ++i) words.emplace_back(phase_name(static_cast<Phase>(i)));
    return words;
}

std::vector<std::string> edge_words() {
    std::vector<std::string> words;
    for (std::size_t i = 0; i <= k_last_edge; ++i) words.emplace_back(edge_name(static_cast<Edge>(i)));
    return words;
}

}  // namespace plumb
