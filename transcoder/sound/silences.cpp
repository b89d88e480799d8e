#include "transcoder/sound/silences.h"

#include <algorithm>

namespace transcoder::sound {

void Silences::add(Is what) {
    if (what == Is::sound) {
        end();
        begin_ = place_ + 1;
    }
    ++place_;
}

void Silences::end() {
    constexpr std::int64_t least = 20;
    constexpr std::chrono::milliseconds tenth{100};
    if (place_ - begin_ >= least)
        found_.push_back({begin_ * tenth, place_ * tenth});
}

std::vector<Silence> Silences::found() {
    end();
    constexpr std::size_t most = 1000;
    if (found_.size() > most) {
        std::ranges::stable_sort(found_, [](const Silence& a, const Silence& b) {
            return a.end - a.begin > b.end - b.begin;
        });
        found_.resize(most);
        std::ranges::sort(found_, {}, &Silence::begin);
    }
    return std::move(found_);
}

} // namespace transcoder::sound
