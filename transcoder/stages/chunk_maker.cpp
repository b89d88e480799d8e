#include "transcoder/stages/chunk_maker.h"

#include <algorithm>

namespace transcoder::stages {

ChunkMaker::ChunkMaker(const av::SourceFile& file, const plan::Plan& plan, Ending& ending,
                       std::vector<FragmentSink*> sinks)
    : file_(file), plan_(plan), ending_(ending) {
    const auto& rungs = plan.rungs;
    // What is handed on stands on top: then the next rung is scaled from the source itself.
    for (std::size_t i = 0; i < rungs.size() - (plan.picture_passes() ? 1 : 0); ++i) {
        scaled_from_.push_back(plan::scaled_from(rungs, i));
        const auto& from = rungs[scaled_from_.back()];
        lanes_.emplace_back(plan, rungs[i], av::Size{from.width, from.height}, *sinks[i]);
    }
    if (plan.sound && !plan.sound_passes()) {
        sound_ = std::make_unique<SoundReader>(file, plan);
        sound_lane_ = std::make_unique<SoundLane>(plan, *sound_, *sinks.back());
    }
}

ChunkMaker::Made ChunkMaker::make(Part part, int chunk, const std::stop_token& stop,
                                  const std::function<void(std::int64_t)>& on_frames) {
    const auto begin = plan_.grid.chunk_begin(chunk);
    const auto end = plan_.grid.chunk_begin(chunk + 1);
    if (plan_.rungs.empty())
        return make_sound(begin, end, stop, on_frames);
    if (part == Part::sound) {
        make_sound_beside(chunk, stop);
        return {};
    }
    if (!pictures_)
        open_pictures();
    auto* sound = part == Part::all ? sound_lane_.get() : nullptr;
    return make_picture(begin, end, sound, stop, on_frames);
}

void ChunkMaker::open_pictures() {
    pictures_ = std::make_unique<PictureReader>(file_, plan_, ending_);
    scout_.emplace(*pictures_, plan_);
}

ChunkMaker::Made ChunkMaker::make_picture(std::int64_t begin, std::int64_t end,
                                          SoundLane* sound, const std::stop_token& stop,
                                          const std::function<void(std::int64_t)>& on_frames) {
    scout_->start_at(begin);
    auto at = begin;
    bool began = false;
    while (at < end) {
        if (stop.stop_requested())
            throw Stopped{};
        const auto shown = scout_->next();
        if (!shown)
            break;
        if (!std::exchange(began, true)) {
            for (auto& lane : lanes_)
                lane.begin(begin);
            if (sound != nullptr)
                sound->begin(begin);
        }
        add(*shown);
        ++at;
        on_frames(1);
        if (sound != nullptr && plan_.grid.is_key(at))
            sound->advance(at);
    }
    const bool is_last = at < end || at == plan_.grid.end();
    const auto last = at < end ? pictures_->end() : plan_.grid.end();
    if (began) {
        for (auto& lane : lanes_)
            lane.finish(at);
        if (sound != nullptr)
            sound->finish(at, is_last ? SoundLane::Follows::nothing : SoundLane::Follows::more);
    }
    return {pictures_->lost(), is_last ? last : std::nullopt};
}

void ChunkMaker::make_sound_beside(int chunk, const std::stop_token& stop) {
    const auto& grid = plan_.grid;
    const auto end = grid.chunk_begin(chunk + 1);
    sound_lane_->begin(grid.chunk_begin(chunk));
    auto fragment = grid.first_fragment(grid.first_segment(chunk));
    while (grid.fragment_begin(++fragment) < end) {
        if (stop.stop_requested())
            throw Stopped{};
        sound_lane_->advance(grid.fragment_begin(fragment));
    }
    sound_lane_->finish(end, end == grid.end() ? SoundLane::Follows::nothing
                                               : SoundLane::Follows::more);
}

void ChunkMaker::add(const PictureReader::Shown& shown) {
    // From the largest down: each is scaled from one that was made just before it.
    std::vector<const AVFrame*> sized(lanes_.size());
    for (auto i = lanes_.size(); i-- > 0;) {
        if (!lanes_[i].cadence().has(shown.when.frame))
            continue;
        const auto from = scaled_from_[i];
        const bool is_of_source = from == i || from == lanes_.size();
        const auto& picture = is_of_source ? *shown.picture : *sized[from];
        sized[i] = &lanes_[i].add(picture, shown.when, scout_->motion());
    }
}

ChunkMaker::Made ChunkMaker::make_sound(std::int64_t begin, std::int64_t end,
                                        const std::stop_token& stop,
                                        const std::function<void(std::int64_t)>& on_frames) {
    constexpr std::int64_t samples = av::sound_packet_samples;
    // Of sound alone a frame of the grid is a packet; only reading tells where it ends.
    const auto length = [this]() -> std::optional<std::int64_t> {
        if (const auto last = sound_->end())
            return std::min((*last + samples - 1) / samples,
                            Ending::most_frames(plan_.grid));
        return std::nullopt;
    };
    sound_->read(begin * samples, samples);
    if (const auto known = length(); known && *known <= begin)
        return {0, known};
    sound_lane_->begin(begin);
    auto at = begin;
    while (at < end) {
        if (stop.stop_requested())
            throw Stopped{};
        const auto next = std::min(end, at + plan_.grid.gop());
        sound_->read((next - 1) * samples, samples);
        const auto known = length();
        const auto to = known ? std::min(next, *known) : next;
        sound_lane_->advance(to);
        on_frames(to - at);
        at = to;
        if (known && at == *known)
            break;
    }
    const auto known = length();
    const bool is_last = known && *known <= at;
    sound_lane_->finish(at, is_last ? SoundLane::Follows::nothing : SoundLane::Follows::more);
    return {0, is_last ? known : std::nullopt};
}

} // namespace transcoder::stages
