// A locale with decimal commas, set for C and C++ as far as the system has one, and taken back at the end of a block.
#pragma once

#include <clocale>
#include <locale>
#include <string>

namespace plumb::test {

struct CommaNumbers : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

class CommaLocale {
  public:
    CommaLocale()
        : before_(std::locale::global(std::locale(std::locale::classic(), new CommaNumbers))),
          c_before_(std::setlocale(LC_ALL, nullptr)) {
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8"})
            if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    CommaLocale(const CommaLocale&) = delete;
    CommaLocale& operator=(const CommaLocale&) = delete;
    CommaLocale(CommaLocale&&) = delete;
    CommaLocale& operator=(CommaLocale&&) = delete;
    ~CommaLocale() {
        std::locale::global(before_);
        std::setlocale(LC_ALL, c_before_.c_str());
    }

  private:
    std::locale before_;
    std::string c_before_;
};

}  // namespace plumb::test
