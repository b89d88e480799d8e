#include "transcoder/folder/presentation.h"

#include "catalog/media/bandwidth.h"

#include <algorithm>

namespace transcoder::folder {

using catalog::media::Bandwidth;
using catalog::media::MultivariantPlaylist;
using catalog::media::Variant;

Presentation::Presentation(std::filesystem::path folder, const plan::Plan& plan,
                           RenditionWriter::OnSegment on_segment)
    : folder_(std::move(folder)), plan_(plan),
      announced_(std::filesystem::exists(folder_ / "main.m3u8")) {
    for (const auto& rung : plan.rungs)
        writers_.push_back(std::make_unique<RenditionWriter>(
            folder_, rung.name, RenditionWriter::Kind::picture, plan.grid, on_segment));
    if (plan.sound)
        writers_.push_back(std::make_unique<RenditionWriter>(
            folder_, plan.sound->name, RenditionWriter::Kind::sound, plan.grid, on_segment));
}

std::vector<stages::FragmentSink*> Presentation::sinks() {
    std::vector<stages::FragmentSink*> sinks;
    for (const auto& writer : writers_)
        sinks.push_back(writer.get());
    return sinks;
}

int Presentation::first_chunk() const {
    std::size_t least = writers_.front()->segments();
    for (const auto& writer : writers_)
        least = std::min(least, writer->segments());
    return least == 0 ? 0 : static_cast<int>((least - 1) / plan::Grid::segments_a_chunk);
}

Presentation::Announced Presentation::announce() {
    if (announced_)
        return Announced::before;
    for (const auto& writer : writers_)
        if (writer->segments() == 0 || writer->codec().empty())
            return Announced::not_yet;
    write(planned());
    announced_ = true;
    return Announced::now;
}

void Presentation::finish() {
    for (const auto& writer : writers_)
        writer->finish();
    for (const auto& writer : writers_)
        writer->close();
    write(measured());
    announced_ = true;
}

std::chrono::microseconds Presentation::duration() const {
    return writers_.front()->playlist().duration();
}

std::vector<Bandwidth> Presentation::planned() const {
    std::vector<Bandwidth> planned;
    for (const auto& rung : plan_.rungs) {
        // What two seconds of buffer add to a segment of six.
        const auto most = static_cast<std::uint64_t>(rung.max_rate);
        planned.push_back({most * 4 / 3, most});
    }
    if (plan_.sound) {
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

MultivariantPlaylist Presentation::main_of(const std::vector<Bandwidth>& bandwidths) const {
    if (plan_.rungs.empty())
        return audio_of(bandwidths);
    MultivariantPlaylist playlist;
    const auto sound = plan_.sound ? bandwidths.back() : Bandwidth{};
    if (plan_.sound)
        playlist.audio.push_back({plan_.sound->name, plan_.sound->language, "音声"});
    for (std::size_t i = 0; i < plan_.rungs.size(); ++i) {
        const auto& rung = plan_.rungs[i];
        Variant variant;
        variant.rendition = rung.name;
        variant.bandwidth = {bandwidths[i].peak + sound.peak,
                             bandwidths[i].average + sound.average};
        variant.codecs = writers_[i]->codec();
        if (plan_.sound)
            variant.codecs += "," + writers_.back()->codec();
        variant.picture = Variant::Picture{rung.width, rung.height,
                                           plan_.grid.rate().divided_by(rung.divisor).text()};
        playlist.variants.push_back(std::move(variant));
    }
    return playlist;
}

void Presentation::write(const std::vector<Bandwidth>& bandwidths) const {
    if (plan_.sound)
        replace_file(folder_ / "audio.m3u8",
                     catalog::media::to_file_text(audio_of(bandwidths)));
    replace_file(folder_ / "main.m3u8", catalog::media::to_file_text(main_of(bandwidths)));
}

} // namespace transcoder::folder
