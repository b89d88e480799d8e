#include "server/play/directives.h"

#include "catalog/media/served_playlist.h"

#include <algorithm>
#include <charconv>

namespace server::play {

namespace {

using catalog::Result;
using namespace std::chrono_literals;

catalog::Error not_understood() {
    return catalog::refuse(catalog::Refusal::invalid, "プレイリストの問い合わせを読めません。");
}

Result<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return text.empty() || error != std::errc() || stopped != end ? Result<std::uint64_t>(not_understood())
                                                                  : number;
}

Result<void> take(Directives& directives, std::string_view name, std::string_view value) {
    if (name == "_HLS_skip") {
        if (value == "YES" || value == "v2") {
            directives.form = Directives::Form::delta;
        }
        return {};
    }
    if (name != "_HLS_msn" && name != "_HLS_part") {
        return {};
    }
    const auto number = number_of(value);
    if (!number) {
        return number.error();
    }
    (name == "_HLS_msn" ? directives.number : directives.part) = *number;
    return {};
}

} // namespace

Result<Directives> directives_of(std::string_view query) {
    Directives directives;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(pair.size(), equals + 1));
        if (const auto taken = take(directives, pair.substr(0, equals), value); !taken) {
            return taken.error();
        }
    }
    return directives.part && !directives.number ? Result<Directives>(not_understood())
                                                 : directives;
}

Result<void> check_ahead(const Directives& directives,
                         const catalog::media::MediaPlaylist& playlist) {
    // hls.js without low latency asks for the last part of the segment that comes next, which is farther
    // ahead than the Advance Part Limit (three parts of a second).
    using std::chrono::microseconds;
    const microseconds segment = std::chrono::seconds(playlist.target_duration);
    const auto part_length = playlist.part_target.value_or(segment);
    const auto a_segment = static_cast<std::uint64_t>((segment + part_length - 1us) / part_length);
    const auto most_parts_ahead = std::max<std::uint64_t>(3, a_segment);
    const auto next = catalog::media::next_part(playlist);
    const auto number = directives.number.value_or(0);
    const auto part = directives.part.value_or(0);
    const bool is_too_far = number > next.number + 1 ||
                            (number == next.number && part >= next.part + most_parts_ahead) ||
                            (number > next.number && part >= most_parts_ahead);
    return is_too_far ? Result<void>(not_understood()) : Result<void>();
}

std::optional<std::chrono::milliseconds> wait_of(const Directives& directives,
                                                 const catalog::media::MediaPlaylist& playlist) {
    // hls.js gives up after ten seconds, or after the longer of 3 part targets and 0.8 target durations
    // where parts are used: 3.2 s of four-second segments. Whether it is time is looked at twice a second.
    constexpr auto for_a_segment = 9'000ms;
    constexpr auto for_a_part = 2'600ms;
    if (!directives.number ||
        catalog::media::has_reached(playlist, *directives.number, directives.part)) {
        return std::nullopt;
    }
    return directives.part ? for_a_part : for_a_segment;
}

} // namespace server::play
