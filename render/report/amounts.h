// Numbers as a report says them: in the reader's units, and noted one by one so that a table can give every one of them exactly.
#pragma once

#include <string>
#include <vector>

#include "render/report/run_charts.h"
#include "sim/base/fields.h"

namespace plumb {

/// What a number is of. It comes in SI, angles in degrees, shares as 0 to 1.
enum class Quantity {
    length,        ///< m: said in cm or in
    small_length,  ///< m: said in mm or hundredths of an inch (margins)
    mass,
    force,
    moment,
    impulse,
    angle,
    time,
    percent,  ///< 0 to 1
    ratio,    ///< two decimals
    drop,     ///< three decimals: a share of leg length
    count
};

struct ReportNumber {
    std::string run;   ///< whose: "1 stiff_ankles", "" for the whole report
    std::string name;  ///< as in summary.json where it stands there: "margin.com_min_m"
    double value = 0.0;
    std::string unit;   ///< "m", "kg", "N", "N m", "N s", "deg", "s", "1"
    std::string shown;  ///< as it was said
};

class Amounts {
  public:
    explicit Amounts(ReadUnits units) : units_(units) {}

    /// What is said from now on is of this run.
    void begin(const std::string& run) { run_ = run; }
    /// "41.4 cm", and noted under that name. "–" for what is not finite.
    std::string say(const std::string& name, double value, Quantity quantity);
    /// The same, not noted.
    [[nodiscard]] std::string text(double value, Quantity quantity) const;
    /// Notes what was said in other words.
    void note(const std::string& name, double value, const std::string& unit, const std::string& shown);
    /// A field's value with its unit ("none" for nothing); numbers are noted as "inputs.NAME".
    std::string say(const FieldInfo& field, const FieldValue& value);
    [[nodiscard]] std::string text(const FieldInfo& field, const FieldValue& value) const;
    [[nodiscard]] ReadUnits units() const { return units_; }
    [[nodiscard]] const std::vector<ReportNumber>& noted() const { return noted_; }

  private:
    ReadUnits units_;
    std::string run_;
    std::vector<ReportNumber> noted_;
};

/// numbers.csv: run,name,value,unit,shown.
[[nodiscard]] std::string numbers_csv(const std::vector<ReportNumber>& numbers);

}  // namespace plumb
