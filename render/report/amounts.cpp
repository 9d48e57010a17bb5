// Units and decimals.
#include "render/report/amounts.h"

#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// How a quantity is said.
struct Saying {
    double factor;
    int decimals;
    const char* unit;
    const char* own_unit;  ///< of the value as it comes
};

Saying saying_of(Quantity quantity, ReadUnits units) {
    const bool metric = units == ReadUnits::metric;
    switch (quantity) {
    case Quantity::length:
        return metric ? Saying{100.0, 1, " cm", "m"} : Saying{1.0 / k_inch_m, 1, " in", "m"};
    case Quantity::small_length:
        return metric ? Saying{1000.0, 0, " mm", "m"} : Saying{1.0 / k_inch_m, 2, " in", "m"};
    case Quantity::mass:
        return metric ? Saying{1.0, 1, " kg", "kg"} : Saying{1.0 / k_pound_kg, 1, " lb", "kg"};
    case Quantity::force: return metric ? Saying{1.0, 0, " N", "N"} : Saying{1.0 / k_pound_N, 0, " lbf", "N"};
    case Quantity::moment:
        return metric ? Saying{1.0, 0, " N m", "N m"}
                      : Saying{1.0 / (k_pound_N * k_foot_m), 0, " lbf ft", "N m"};
    case Quantity::impulse:
        return metric ? Saying{1.0, 0, " N s", "N s"} : Saying{1.0 / k_pound_N, 1, " lbf s", "N s"};
    case Quantity::angle: return {1.0, 1, "\u00b0", "deg"};
    case Quantity::time: return {1.0, 1, " s", "s"};
    case Quantity::percent: return {100.0, 0, " %", "1"};
    case Quantity::ratio: return {1.0, 2, "", "1"};
    case Quantity::drop: return {1.0, 3, "", "1"};
    case Quantity::count: break;
    }
    return {1.0, 0, "", "1"};
}

/// "7", "5.3": no zeros after the point.
std::string trimmed(double value, int decimals) {
    std::string text = fixed_text(value, decimals);
    if (decimals == 0 || text == "?") return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// What a field's unit measures; nothing for a plain number.
struct FieldQuantity {
    Quantity quantity;
    double factor = 1.0;  ///< to what the quantity comes in
};
std::optional<FieldQuantity> quantity_of(const FieldInfo& field) {
    if (field.unit == "m") return FieldQuantity{Quantity::length};
    if (field.unit == "cm") return FieldQuantity{Quantity::length, 0.01};
    if (field.unit == "kg") return FieldQuantity{Quantity::mass};
    if (field.unit == "deg") return FieldQuantity{Quantity::angle};
    if (field.unit == "N s") return FieldQuantity{Quantity::impulse};
    return std::nullopt;
}

}  // namespace

std::string Amounts::text(double value, Quantity quantity) const {
    if (!std::isfinite(value)) return "\u2013";
    const Saying saying = saying_of(quantity, units_);
    return trimmed(value * saying.factor, saying.decimals) + saying.unit;
}

std::string Amounts::say(const std::string& name, double value, Quantity quantity) {
    std::string shown = text(value, quantity);
    if (std::isfinite(value)) note(name, value, saying_of(quantity, units_).own_unit, shown);
    return shown;
}

void Amounts::note(const std::string& name, double value, const std::string& unit, const std::string& shown) {
    noted_.push_back({run_, name, value, unit.empty() ? "1" : unit, shown});
}

std::string Amounts::text(const FieldInfo& field, const FieldValue& value) const {
    const double* const number = std::get_if<double>(&value);
    if (number == nullptr) return std::holds_alternative<std::monostate>(value) ? "none" : value_text(value);
    if (const auto found = quantity_of(field)) return text(*number * found->factor, found->quantity);
    return number_text(std::round(*number * 1e4) / 1e4) + (field.unit.empty() ? "" : " " + field.unit);
}

std::string Amounts::say(const FieldInfo& field, const FieldValue& value) {
    std::string shown = text(field, value);
    if (const double* const number = std::get_if<double>(&value))
        note("inputs." + field.name, *number, field.unit, shown);
    return shown;
}

std::string numbers_csv(const std::vector<ReportNumber>& numbers) {
    std::string text = "run,name,value,unit,shown\n";
    for (const ReportNumber& n : numbers)
        text += csv_word(n.run) + "," + n.name + "," + number_text(n.value) + "," + n.unit + ","
                + csv_word(n.shown) + "\n";
    return text;
}

}  // namespace plumb
