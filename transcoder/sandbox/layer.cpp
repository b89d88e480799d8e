#include "transcoder/sandbox/layer.h"

namespace transcoder::sandbox {

std::string_view to_text(Layer layer) {
    switch (layer) {
    case Layer::descriptors:
        return "descriptors";
    case Layer::network:
        return "network";
    case Layer::privileges:
        return "privileges";
    case Layer::limits:
        return "limits";
    case Layer::files:
        return "files";
    case Layer::calls:
        return "calls";
    }
    return "";
}

std::string_view to_text(Standing::State state) {
    switch (state) {
    case Standing::State::holds:
        return "holds";
    case Standing::State::partly:
        return "partly";
    case Standing::State::absent:
        return "absent";
    }
    return "";
}

} // namespace transcoder::sandbox
