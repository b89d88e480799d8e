#include "transcoder/folder/presentation.h"

#include "catalog/media/bandwidth.h"
#include "catalog/media/media_folder.h"
#include "transcoder/folder/i_frames.h"
#include "transcoder/folder/text_file.h"

#include <algorithm>
#include <limits>

namespace transcoder::folder {

using catalog::media::Bandwidth;
using catalog::media::IFrameStream;
using catalog::media::MultivariantPlaylist;
using catalog::media::Variant;

namespace {

/// The chunk that holds the last of so many segments.
int chunk_of_last(std::size_t segments, const plan::Grid& grid) {
    return segments == 0 ? 0 : grid.chunk_of(static_cast<int>(segments - 1));
}

} // namespace

Presentation::Presentation(std::filesystem::path folder, const plan::Plan& plan,
                           RenditionWriter::OnSegment on_segment)
    : folder_(std::move(folder)), plan_(plan), announced_(Listed::none) {
    using Shape = RenditionWriter::Shape;
    const auto encoded = [&plan](int segment) { return plan.grid.first_fragment(segment); };
    const auto passed = [](int segment) { return segment; };
    const auto add = [&](const std::string& name, bool passes) {
        Shape shape{plan.grid.target_duration(), encoded, Shape::Synced::each};
        if (passes)
            shape = {plan.grid.target_duration(), passed, Shape::Synced::many};
        writers_.push_back(
            std::make_unique<RenditionWriter>(folder_, name, std::move(shape), on_segment));
    };
    for (const auto& rung : plan.rungs)
        add(rung.name, rung.made == plan::Rung::Made::passed);
    if (plan.sound)
        add(plan.sound->name, plan.sound_passes());
    if (const auto main = read_text(folder_ / "main.m3u8")) {
        const auto left = catalog::media::parse_multivariant_file_text(*main);
        const bool all = left && left->variants.size() == std::max<std::size_t>(1, plan.rungs.size());
        announced_ = all ? Listed::all : Listed::passed;
    }
}

std::vector<stages::FragmentSink*> Presentation::sinks() {
    std::vector<stages::FragmentSink*> sinks;
    for (const auto& writer : writers_)
        sinks.push_back(writer.get());
    return sinks;
}

bool Presentation::passes(std::size_t writer) const {
    return writer < plan_.rungs.size() ? plan_.rungs[writer].made == plan::Rung::Made::passed
                                       : plan_.sound_passes();
}

int Presentation::first_chunk() const {
    auto least = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = 0; i < writers_.size(); ++i) {
        const bool goes_first = i >= plan_.rungs.size() && plan_.sound_goes_first();
        if (!passes(i) && !goes_first)
            least = std::min(least, writers_[i]->segments());
    }
    return chunk_of_last(least, plan_.grid);
}

int Presentation::first_sound_chunk() const {
    return chunk_of_last(writers_.back()->segments(), plan_.grid);
}

bool Presentation::is_in(Listed listed, std::size_t writer) const {
    const bool is_sound = writer >= plan_.rungs.size();
    return listed == Listed::all || (listed == Listed::passed && (is_sound || passes(writer)));
}

/// The most that can be played from its beginning.
Presentation::Listed Presentation::playable() const {
    const auto can_play = [this](Listed listed) {
        for (std::size_t i = 0; i < writers_.size(); ++i)
            if (is_in(listed, i) && (writers_[i]->segments() == 0 || writers_[i]->codec().empty()))
                return false;
        return true;
    };
    if (can_play(Listed::all))
        return Listed::all;
    return plan_.picture_passes() && can_play(Listed::passed) ? Listed::passed : Listed::none;
}

std::vector<std::string> Presentation::announce() {
    if (const auto now = playable(); now > announced_) {
        write(planned(), now);
        announced_ = now;
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < writers_.size(); ++i)
        if (is_in(announced_, i))
            names.push_back(writers_[i]->name());
    return names;
}

void Presentation::finish() {
    for (const auto& writer : writers_)
        writer->finish();
    for (const auto& writer : writers_)
        writer->close();
    i_frames_ = write_i_frames();
    write(measured(), Listed::all);
    announced_ = Listed::all;
}

/// Of the thinnest rendition that is encoded: it has a key frame about every two seconds, which a
/// source's own packets need not have. None of sound alone.
std::optional<IFrameStream> Presentation::write_i_frames() const {
    const auto rung = std::ranges::find(plan_.rungs, plan::Rung::Made::encoded, &plan::Rung::made);
    if (rung == plan_.rungs.end())
        return std::nullopt;
    const auto& writer = *writers_[static_cast<std::size_t>(rung - plan_.rungs.begin())];
    const auto i_frames = i_frames_of(folder_ / (rung->name + ".mp4"), writer.playlist());
    replace_file(folder_ / catalog::media::i_frames_file_of(rung->name),
                 catalog::media::to_file_text(i_frames));
    return IFrameStream{rung->name,
                        catalog::media::measure(i_frames.segments, i_frames.target_duration),
                        writer.codec(), rung->width, rung->height};
}

std::chrono::microseconds Presentation::duration() const {
    return writers_.front()->playlist().duration();
}

std::vector<Bandwidth> Presentation::planned() const {
    std::vector<Bandwidth> planned;
    for (const auto& rung : plan_.rungs) {
        if (rung.made == plan::Rung::Made::passed) {
            planned.push_back(plan_.source.passing.picture->bandwidth);
            continue;
        }
        // What two seconds of buffer add to a segment of six.
        const auto most = static_cast<std::uint64_t>(rung.max_rate);
        planned.push_back({most * 4 / 3, most});
    }
    if (plan_.sound_passes()) {
        planned.push_back(plan_.source.passing.sound->bandwidth);
    } else if (plan_.sound) {
        const auto rate = static_cast<std::uint64_t>(plan_.sound->bit_rate);
        planned.push_back({rate * 9 / 8, rate * 17 / 16});
    }
    return planned;
}

std::vector<Bandwidth> Presentation::measured() const {
    std::vector<Bandwidth> measured;
    for (const auto& writer : writers_) {
        const auto playlist = writer->playlist();
        measured.push_back(
            catalog::media::measure(playlist.segments, playlist.target_duration));
    }
    return measured;
}

MultivariantPlaylist Presentation::audio_of(const std::vector<Bandwidth>& bandwidths) const {
    MultivariantPlaylist playlist;
    playlist.variants.push_back(
        {writers_.back()->name(), bandwidths.back(), writers_.back()->codec(), std::nullopt});
    return playlist;
}

MultivariantPlaylist Presentation::main_of(const std::vector<Bandwidth>& bandwidths,
                                           Listed listed) const {
    if (plan_.rungs.empty())
        return audio_of(bandwidths);
    MultivariantPlaylist playlist;
    const auto sound = plan_.sound ? bandwidths.back() : Bandwidth{};
    if (plan_.sound)
        playlist.audio.push_back({plan_.sound->name, plan_.sound->language, "音声"});
    for (std::size_t i = 0; i < plan_.rungs.size(); ++i) {
        if (!is_in(listed, i))
            continue;
        const auto& rung = plan_.rungs[i];
        Variant variant;
        variant.rendition = rung.name;
        variant.bandwidth = {bandwidths[i].peak + sound.peak,
                             bandwidths[i].average + sound.average};
        variant.codecs = writers_[i]->codec();
        if (plan_.sound)
            variant.codecs += "," + writers_.back()->codec();
        variant.picture = Variant::Picture{rung.width, rung.height, plan_.shown_rate(rung).text()};
        playlist.variants.push_back(std::move(variant));
    }
    playlist.i_frames = i_frames_;
    return playlist;
}

void Presentation::write(const std::vector<Bandwidth>& bandwidths, Listed listed) const {
    if (plan_.sound)
        replace_file(folder_ / "audio.m3u8",
                     catalog::media::to_file_text(audio_of(bandwidths)));
    replace_file(folder_ / "main.m3u8", catalog::media::to_file_text(main_of(bandwidths, listed)));
}

} // namespace transcoder::folder
