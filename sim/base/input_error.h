// Wrong input: thrown once, at the door, with everything the user needs on one line.
#pragma once

#include <stdexcept>
#include <string>

namespace plumb {

/// Bad input or bad usage; the program prints what() as one line on standard error and exits with 2.
/// The text names file, line, field, value and allowed range as far as they exist.
class InputError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace plumb
