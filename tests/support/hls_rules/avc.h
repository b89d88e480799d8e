#pragma once

#include "tests/support/hls_rules/bytes.h"

#include <string>
#include <vector>

namespace hls_rules {

/// What an avcC box says.
struct AvcConfiguration {
    int profile = 0;
    int compatibility = 0;
    int level = 0;
    std::size_t length_size = 4; ///< bytes before each NAL unit
    std::vector<Bytes> sps;
    std::vector<Bytes> pps;

    std::string codec() const; ///< "avc1.64001F"
};

AvcConfiguration read_avc_configuration(Bytes avcc);

/// Whether a sequence parameter set codes whole frames only: progressive.
bool codes_frames_only(Bytes sps);

/// The NAL units of a sample. Throws Malformed where they do not fill it.
std::vector<Bytes> nal_units_in(Bytes sample, std::size_t length_size);

enum class Nal { other = 0, slice = 1, idr = 5, sps = 7, pps = 8 };
Nal type_of(Bytes nal_unit);

} // namespace hls_rules
