#include "transcoder/sound/listener.h"

#include "transcoder/sound/meter.h"
#include "transcoder/stages/sound_reader.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <thread>

namespace transcoder::sound {

namespace {

using std::int64_t;

constexpr int64_t part_samples = int64_t{600} * av::sound_rate;
/// Less takes longer to be gone to than to be heard.
constexpr int64_t least_part_samples = int64_t{30} * av::sound_rate;
/// What is longer is worth hearing quickly.
constexpr int64_t long_samples = int64_t{1800} * av::sound_rate;
/// A broken time stamp must not keep anybody listening.
constexpr int64_t most_samples = int64_t{24} * 3600 * av::sound_rate;

enum class Then { more, end };

/// Hears the samples from `begin` to `end`, or to the sound's end.
Then hear(stages::SoundReader& reader, int64_t begin, int64_t end, Meter& meter) {
    const auto lead_in = std::min(begin, Meter::tenth);
    reader.start_at(begin - lead_in);
    if (lead_in > 0)
        meter.lead(reader.read(begin - lead_in, lead_in));
    for (auto at = begin; at < end; at += Meter::tenth) {
        auto samples = reader.read(at, Meter::tenth);
        const auto last = reader.end();
        if (!last || *last >= at + Meter::tenth) {
            meter.add(samples);
            continue;
        }
        const auto left = std::max(int64_t{0}, *last - at);
        for (auto& plane : samples.planes)
            plane.resize(static_cast<std::size_t>(left));
        if (left > 0)
            meter.add(samples);
        return Then::end;
    }
    return Then::more;
}

/// What was measured, part by part, and whether all of it could be decoded.
struct Measured {
    std::vector<Meter> meters;
    bool damaged = false;
};

Measured hear_in_order(const av::SourceFile& file, const plan::Plan& plan) {
    stages::SoundReader reader(file, plan);
    std::vector<Meter> meters;
    for (int64_t begin = 0; begin < most_samples; begin += part_samples)
        if (hear(reader, begin, begin + part_samples, meters.emplace_back()) == Then::end)
            break;
    return {std::move(meters), reader.met_damage()};
}

/// A part that one thread hears.
struct Part {
    int64_t begin = 0;
    int64_t end = 0;
};

int64_t promised_samples(const plan::Plan& plan) {
    const auto promised = plan.source.duration.value_or(std::chrono::microseconds{0});
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(promised).count();
    return std::clamp<int64_t>(seconds * av::sound_rate, 1, most_samples);
}

/// As many as the header promises; the last goes on to the end, wherever that is.
std::vector<Part> all_parts(const plan::Plan& plan) {
    // Of a short recording so many that all threads have something to hear, whatever their number.
    constexpr int64_t most_threads = 8;
    const auto share = promised_samples(plan) / most_threads / Meter::tenth * Meter::tenth;
    const auto part = std::clamp(share, least_part_samples, part_samples);
    std::vector<Part> parts;
    for (int64_t begin = 0; begin < promised_samples(plan); begin += part)
        parts.push_back({begin, begin + part});
    parts.back().end = most_samples;
    return parts;
}

std::vector<Part> stretches(const plan::Plan& plan) {
    constexpr int64_t apart = int64_t{120} * av::sound_rate;
    constexpr int64_t long_each = int64_t{20} * av::sound_rate;
    std::vector<Part> parts;
    for (int64_t begin = 0; begin < promised_samples(plan); begin += apart)
        parts.push_back({begin, begin + long_each});
    return parts;
}

Measured hear_side_by_side(const av::SourceFile& file, const plan::Plan& plan,
                           const std::vector<Part>& parts, unsigned threads) {
    std::vector<Meter> meters(parts.size());
    std::atomic<std::size_t> next{0};
    std::atomic<bool> damaged{false};
    const auto hear_parts = [&] {
        stages::SoundReader reader(file, plan);
        for (auto part = next++; part < parts.size(); part = next++)
            hear(reader, parts[part].begin, parts[part].end, meters[part]);
        if (reader.met_damage())
            damaged = true;
    };
    std::vector<std::exception_ptr> failures(std::min<std::size_t>(threads, meters.size()));
    {
        std::vector<std::jthread> listeners;
        for (auto& failure : failures)
            listeners.emplace_back([&hear_parts, &failure] {
                try {
                    hear_parts();
                } catch (...) {
                    failure = std::current_exception();
                }
            });
    }
    for (const auto& failure : failures)
        if (failure)
            std::rethrow_exception(failure);
    return {std::move(meters), damaged};
}

} // namespace

Heard listen(const av::SourceFile& file, const plan::Plan& plan, Hearing hearing,
             unsigned threads) {
    const bool in_order = plan.source.access == plan::SourceFacts::Access::in_order;
    const bool quick =
        !in_order && hearing == Hearing::quick && promised_samples(plan) > long_samples;
    const auto parts = quick ? stretches(plan) : all_parts(plan);
    const auto measured = in_order ? hear_in_order(file, plan)
                                   : hear_side_by_side(file, plan, parts, threads);
    auto heard = heard_of(measured.meters);
    heard.damaged = measured.damaged;
    if (quick) {
        heard.of = Heard::Of::stretches;
        heard.silences.clear();
    }
    return heard;
}

} // namespace transcoder::sound
