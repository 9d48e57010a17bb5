// Two pieces that share their corners, so that only the inner one, near the solid things, looks shade up.
#include "render/gl/floor.h"

#include <array>

namespace plumb {
namespace {

constexpr double k_contact_side_m = ContactShade::k_cells * ContactShade::k_cell_m;
constexpr GLsizei k_shaded_corners = 4, k_far_corners = 10;
constexpr float k_line_every_m = 0.5f;
/// The floor has faded into the sky this far from where one looks, plus a share of the eye's distance.
constexpr double k_fade_m = 4.0, k_fade_share = 2.0;

/// Triangle strips: the inner rectangle, then the frame between it and the outer one.
std::array<Eigen::Vector2f, 14> strips(const Eigen::Vector2d& inner_low, const Eigen::Vector2d& inner_high,
                                       const Eigen::Vector2d& outer_low, const Eigen::Vector2d& outer_high) {
    const auto four = [](const Eigen::Vector2d& low, const Eigen::Vector2d& high) {
        return std::array<Eigen::Vector2f, 4>{
            low.cast<float>(), Eigen::Vector2d(high.x(), low.y()).cast<float>(), high.cast<float>(),
            Eigen::Vector2d(low.x(), high.y()).cast<float>()};
    };
    const auto in = four(inner_low, inner_high), out = four(outer_low, outer_high);
    return {in[0], in[1],  in[3], in[2],  out[0], in[0],  out[1],
            in[1], out[2], in[2], out[3], in[3],  out[0], in[0]};
}

}  // namespace

FloorSheet::FloorSheet() {
    glBindVertexArray(array_.name());
    glBindBuffer(GL_ARRAY_BUFFER, corners_.name());
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Eigen::Vector2f), nullptr);
    glBindVertexArray(0);
    glBindTexture(GL_TEXTURE_2D, contact_.name());
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void FloorSheet::update(const Camera& camera, const ContactShade& shade, const SunBox& sun,
                        int contact_unit) {
    contact_unit_ = contact_unit;
    glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(contact_unit));
    glBindTexture(GL_TEXTURE_2D, contact_.name());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, ContactShade::k_cells, ContactShade::k_cells, 0, GL_RED,
                 GL_UNSIGNED_BYTE, shade.shade.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glActiveTexture(GL_TEXTURE0);

    const Eigen::Vector2d middle = camera.target_m.head<2>();
    const double fade_m = k_fade_m + k_fade_share * camera.distance_m;
    Eigen::Vector2d low = shade.corner_m, high = low + Eigen::Vector2d::Constant(k_contact_side_m);
    if (!sun.empty) {
        low = low.cwiseMin(sun.floor_low_m);
        high = high.cwiseMax(sun.floor_high_m);
    }
    const Eigen::Vector2d reach = Eigen::Vector2d::Constant(fade_m + 1.0);
    const auto corners = strips(low, high, low.cwiseMin(middle - reach), high.cwiseMax(middle + reach));
    glBindBuffer(GL_ARRAY_BUFFER, corners_.name());
    glBufferData(GL_ARRAY_BUFFER, sizeof corners, corners.data(), GL_STREAM_DRAW);
    contact_box_m_ = Eigen::Vector3d(shade.corner_m.x(), shade.corner_m.y(), k_contact_side_m).cast<float>();
    fade_ = Eigen::Vector3d(middle.x(), middle.y(), fade_m).cast<float>();
}

void FloorSheet::set(const Program& program) const {
    program.set("contact_box_m", contact_box_m_);
    program.set("contact_shade", contact_unit_);
    program.set("fade", fade_);
    program.set("line_every_m", k_line_every_m);
}

void FloorSheet::draw_shaded() const {
    glBindVertexArray(array_.name());
    glDrawArrays(GL_TRIANGLE_STRIP, 0, k_shaded_corners);
}

void FloorSheet::draw_far() const {
    glBindVertexArray(array_.name());
    glDrawArrays(GL_TRIANGLE_STRIP, k_shaded_corners, k_far_corners);
}

}  // namespace plumb
