#pragma once

namespace transcoder::stages {

/// Thrown where packets that were to be handed on turn out not to be fit for it: only decoding tells
/// whether what is in them is whole.
struct CannotPass {};

} // namespace transcoder::stages
