// Masses, centres of mass and inertias of the segments from de Leva 1996, on the lengths of anthropometry.h.
#pragma once

#include "sim/person/person.h"

namespace plumb {

/// Fills the seven segments of `person` from its def (sex, mass) and its lengths. The masses of pelvis, thorax and the
/// four paired segments (twice) add up to the body mass. Paired segments are their own mirror images.
void fill_segments(Person& person);

}  // namespace plumb
