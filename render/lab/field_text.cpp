// Labels from names, units from a small table.
#include "render/lab/field_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

struct Length {
    std::string_view name, of;
    double in_own;  ///< of the list's unit `of`
};
constexpr std::array<Length, 11> k_units = {{{"m", "m", 1.0},
                                             {"cm", "m", 0.01},
                                             {"mm", "m", 0.001},
                                             {"in", "m", k_inch_m},
                                             {"\"", "m", k_inch_m},
                                             {"ft", "m", k_foot_m},
                                             {"kg", "kg", 1.0},
                                             {"lb", "kg", k_pound_kg},
                                             {"deg", "deg", 1.0},
                                             {"\u00b0", "deg", 1.0},
                                             {"s", "s", 1.0}}};

}  // namespace

std::string field_label(const FieldInfo& info) {
    // Two fields whose names say the same word of different things.
    if (info.name == "counterweight.hold") return "How it is held";
    if (info.name == "movement.hold_s") return "Stay at the bottom";
    if (info.name == "person.strength_ratio") return "Strength of all joints";
    if (info.name == "person.tightness_ratio") return "Tightness of all tissue";
    if (info.name == "person.ankle_dorsiflexion_nwb_deg") return "Dorsiflexion on a couch";
    std::string label = info.name.substr(info.name.rfind('.') + 1);
    // "Strength", "Tightness" stand above them.
    const bool single_ratio = info.name.find('.') != info.name.rfind('.');
    if (single_ratio && label.ends_with("_ratio")) label.resize(label.rfind('_'));
    for (const std::string_view unit : {"_m", "_cm", "_kg", "_deg", "_s", "_years"})
        if (label.ends_with(unit)) {
            label.resize(label.size() - unit.size());
            break;
        }
    // Where several parts share a heading the part's own name leads.
    const std::string part = info.name.substr(0, info.name.find('.'));
    if (part == "heel_wedge" || part == "arms") label = part + "_" + label;
    std::replace(label.begin(), label.end(), '_', ' ');
    label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
    return label;
}

std::string field_group(const FieldInfo& info) {
    std::string part = info.name.substr(0, info.name.rfind('.'));
    part = part.substr(part.find('.') + 1);  // "strength" of person.strength
    if (part == "heel_wedge") part = "stance";
    if (part == "arms") part = "counterweight";
    part[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(part[0])));
    return part;
}

ShownUnit shown_unit(std::string_view unit, bool imperial) {
    if (unit == "m") return imperial ? ShownUnit{1.0 / k_inch_m, "in", 1} : ShownUnit{100.0, "cm", 1};
    if (unit == "kg") return imperial ? ShownUnit{1.0 / k_pound_kg, "lb", 1} : ShownUnit{1.0, "kg", 1};
    if (unit == "deg") return {1.0, "\u00b0", 0};
    if (unit == "s") return {1.0, "s", 1};
    if (unit == "years") return {1.0, "years", 0};
    return {1.0, std::string(unit), 2};
}

std::string shown_number(double value, const ShownUnit& unit) {
    const bool close = unit.name.empty() || unit.name == "\u00b0";
    return fixed_text(value * unit.factor, unit.decimals) + (close ? "" : " ") + unit.name;
}

std::string with_degree_signs(std::string text) {
    for (size_t at; (at = text.find(" deg")) != std::string::npos;) text.replace(at, 4, "\u00b0");
    return text;
}

std::optional<double> typed_number(std::string_view typed, const FieldInfo& info, bool imperial) {
    std::string text(typed);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    std::replace(text.begin(), text.end(), ',', '.');
    double factor = 1.0 / shown_unit(info.unit, imperial).factor;
    const size_t digits_end = text.find_last_of("0123456789.");
    if (digits_end == std::string::npos) return std::nullopt;
    const std::string unit = text.substr(digits_end + 1);
    std::string own = info.unit;  // "N s" was typed without its blank by now
    std::erase(own, ' ');
    if (!unit.empty() && unit != own) {
        const auto known = std::ranges::find_if(
            k_units, [&](const Length& l) { return l.name == unit && l.of == info.unit; });
        if (known == k_units.end()) return std::nullopt;
        factor = known->in_own;
    } else if (!unit.empty()) {
        factor = 1.0;
    }
    const auto number = parse_number(text.substr(0, digits_end + 1));
    if (!number) return std::nullopt;
    return *number * factor;
}

double stepped_value(double value, double step, double least, double most) {
    const double stepped = std::clamp(std::round(value / step) * step, least, most);
    return parse_number(number_text(std::round(stepped * 1e6) / 1e6)).value_or(stepped);
}

double shown_step(const ShownUnit& unit) { return std::pow(10.0, -unit.decimals) / unit.factor; }

}  // namespace plumb
