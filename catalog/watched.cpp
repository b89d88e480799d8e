#include "catalog/watched.h"

#include "catalog/clip.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace catalog {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t bits_a_byte = 8;
constexpr auto most_bytes = static_cast<std::size_t>(WatchedSeconds::longest.count()) / bits_a_byte;

/// Twice the speed is the fastest that counts.
constexpr int fastest = 2;
constexpr milliseconds slack = seconds(30);

/// At least so many hundredths of a video were played by who has watched it.
constexpr int watched_percent = 80;

unsigned byte_of(const std::string& bits, std::size_t index) {
    return static_cast<std::uint8_t>(bits[index]);
}

/// The second that begins or ends nearest to `at`, inside what is kept.
seconds nearest_second(milliseconds at) {
    const auto nearest = std::chrono::floor<seconds>(at + milliseconds(500));
    return std::clamp(nearest, seconds(0), WatchedSeconds::longest);
}

} // namespace

std::optional<WatchedSeconds> WatchedSeconds::from_stored(std::string bits) {
    if (bits.size() > most_bytes || (!bits.empty() && bits.back() == '\0')) {
        return std::nullopt;
    }
    WatchedSeconds watched;
    watched.bits_ = std::move(bits);
    return watched;
}

void WatchedSeconds::set(std::size_t second) {
    const std::size_t index = second / bits_a_byte;
    if (bits_.size() <= index) {
        bits_.resize(index + 1, '\0');
    }
    bits_[index] = static_cast<char>(byte_of(bits_, index) | (1U << (second % bits_a_byte)));
}

void WatchedSeconds::set_all(std::size_t begin, std::size_t end) {
    while (begin < end && begin % bits_a_byte != 0) {
        set(begin++);
    }
    // Whole bytes: a viewer's page may send many long spans.
    const std::size_t bytes = begin < end ? (end - begin) / bits_a_byte : 0;
    if (bytes > 0) {
        const std::size_t index = begin / bits_a_byte;
        bits_.resize(std::max(bits_.size(), index + bytes), '\0');
        std::fill_n(bits_.begin() + static_cast<std::ptrdiff_t>(index), bytes, '\xFF');
        begin += bytes * bits_a_byte;
    }
    while (begin < end) {
        set(begin++);
    }
}

void WatchedSeconds::add(const Span& played) {
    set_all(static_cast<std::size_t>(nearest_second(played.begin).count()),
            static_cast<std::size_t>(nearest_second(played.end).count()));
}

seconds WatchedSeconds::add_at_most(const WatchedSeconds& claimed, seconds most) {
    seconds added{0};
    const auto end = seconds(claimed.bits_.size() * bits_a_byte);
    for (seconds second{0}; second < end && added < most; ++second) {
        if (claimed.has(second) && !has(second)) {
            set(static_cast<std::size_t>(second.count()));
            ++added;
        }
    }
    return added;
}

void WatchedSeconds::unite(const WatchedSeconds& other) {
    bits_.resize(std::max(bits_.size(), other.bits_.size()), '\0');
    for (std::size_t index = 0; index < other.bits_.size(); ++index) {
        bits_[index] = static_cast<char>(byte_of(bits_, index) | byte_of(other.bits_, index));
    }
}

bool WatchedSeconds::has(seconds second) const {
    if (second < seconds(0)) {
        return false;
    }
    const auto at = static_cast<std::size_t>(second.count());
    const std::size_t index = at / bits_a_byte;
    return index < bits_.size() && ((byte_of(bits_, index) >> (at % bits_a_byte)) & 1U) != 0;
}

seconds WatchedSeconds::count_in(const std::vector<Span>& shown) const {
    seconds counted{0};
    for (const Span& piece : shown) {
        counted += count_before(nearest_second(piece.end)) - count_before(nearest_second(piece.begin));
    }
    return counted;
}

seconds WatchedSeconds::count_before(seconds end) const {
    const auto bits = static_cast<std::size_t>(std::clamp(end, seconds(0), longest).count());
    const std::size_t whole = std::min(bits / bits_a_byte, bits_.size());
    int counted = 0;
    for (std::size_t index = 0; index < whole; ++index) {
        counted += std::popcount(byte_of(bits_, index));
    }
    if (whole < bits_.size()) {
        const unsigned kept = (1U << (bits % bits_a_byte)) - 1;
        counted += std::popcount(byte_of(bits_, whole) & kept);
    }
    return seconds(counted);
}

std::optional<std::vector<Span>> shown_of(const Video& video,
                                          const std::optional<Recording>& recording) {
    auto shown = Clip(video).pieces();
    const auto whole = recording ? recording->duration : std::nullopt;
    if (shown.empty() || (shown.back().end == Clip::open_end && !whole)) {
        return std::nullopt;
    }
    if (shown.back().end == Clip::open_end) {
        shown.back().end = *whole;
    }
    shown.back().end =
        std::max(shown.back().end, shown.back().begin + milliseconds(seconds(1)));
    return shown;
}

seconds seconds_of(const std::vector<Span>& shown) {
    seconds length{0};
    for (const Span& piece : shown) {
        length += nearest_second(piece.end) - nearest_second(piece.begin);
    }
    return length;
}

bool is_watched(const WatchedSeconds& watched, const std::vector<Span>& shown) {
    return watched.count_in(shown) * 100 >= seconds_of(shown) * watched_percent;
}

void PlayAllowance::pass(milliseconds time) {
    spare_ += std::clamp(time, milliseconds(0), milliseconds(WatchedSeconds::longest)) * fastest;
}

seconds PlayAllowance::seconds() const { return std::chrono::floor<std::chrono::seconds>(spare_); }

void PlayAllowance::take(std::chrono::seconds claimed) {
    spare_ = std::clamp(spare_ - milliseconds(claimed), milliseconds(0), slack);
}

} // namespace catalog
