// The colours, and how far two of them stand apart.
#include "render/scene/theme.h"

#include <algorithm>
#include <cmath>

namespace plumb {
namespace {

constexpr Rgba hex(unsigned rgb, float a = 1.0f) {
    return {static_cast<float>(rgb >> 16 & 255u) / 255.0f, static_cast<float>(rgb >> 8 & 255u) / 255.0f,
            static_cast<float>(rgb & 255u) / 255.0f, a};
}

double linear(float part) { return part <= 0.04045f ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); }
double luminance(Rgba c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

}  // namespace

const Theme& light_theme() {
    static const Theme theme{
        .page = hex(0xffffff),
        .panel = hex(0xf6f8fa),
        .control = hex(0xe8ebf0),
        .control_hot = hex(0xdce2ea),
        .border = hex(0xd5dae2),
        .text = hex(0x1b2130),
        .quiet_text = hex(0x5a6373),
        .on_accent = hex(0xffffff),
        .accent = hex(0x1e7094),
        .good = hex(0x0b7a4b),
        .warn = hex(0x8a5a00),
        .bad = hex(0xb3261e),
        .com = hex(0xd93025),
        .xcom = hex(0x6a4fb3),
        .cop = hex(0x1e7094),
        .base = hex(0x0b8f5a, 0.30f),
        .functional_base = hex(0x0b8f5a, 0.25f),
        .support_region = hex(0x7a5cc8, 0.18f),
        .force = hex(0x3f6fd1),
        .plot_page = hex(0xf6f8fa),
        .grid = hex(0xdfe4ea),
        .series = {hex(0x1e7094), hex(0xbd4b17), hex(0x6a4fb3), hex(0x0b7a4b), hex(0x8a5a00), hex(0xa8326e)},
        .sky_top = hex(0xe9ecf3),
        .sky_bottom = hex(0xf1f3f6),
        .floor = hex(0xe6e6e4),
        .floor_line = hex(0xd6d7d8),
    };
    return theme;
}

const Theme& dark_theme() {
    static const Theme theme{
        .page = hex(0x14181f),
        .panel = hex(0x1b2029),
        .control = hex(0x2a313d),
        .control_hot = hex(0x36404f),
        .border = hex(0x39424f),
        .text = hex(0xeef1f5),
        .quiet_text = hex(0xa7b0be),
        .on_accent = hex(0x0d1117),
        .accent = hex(0x63b6d8),
        .good = hex(0x4fce94),
        .warn = hex(0xe8b04a),
        .bad = hex(0xff8a80),
        .com = hex(0xff6b5e),
        .xcom = hex(0xb39df0),
        .cop = hex(0x63b6d8),
        .base = hex(0x2fbf83, 0.32f),
        .functional_base = hex(0x2fbf83, 0.28f),
        .support_region = hex(0xa48cf0, 0.22f),
        .force = hex(0x8fb0ff),
        .plot_page = hex(0x1b2029),
        .grid = hex(0x2d3541),
        .series = {hex(0x63b6d8), hex(0xf2935c), hex(0xb39df0), hex(0x4fce94), hex(0xe8b04a), hex(0xf08cc0)},
        .sky_top = hex(0x1a1f28),
        .sky_bottom = hex(0x232a35),
        .floor = hex(0x2a303a),
        .floor_line = hex(0x3a4250),
    };
    return theme;
}

double contrast_ratio(Rgba a, Rgba b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace plumb
