#pragma once

namespace transcoder::stages {

/// Thrown where work was asked to stop.
struct Stopped {};

} // namespace transcoder::stages
