#include "transcoder/live/lists.h"

#include "transcoder/folder/files.h"
#include "transcoder/plan/grid.h"

namespace transcoder::live {

using catalog::media::Bandwidth;
using catalog::media::MultivariantPlaylist;
using catalog::media::Variant;

namespace {

/// What a second of buffer adds to a segment of four.
Bandwidth planned(const LiveRung& rung) {
    const auto most = static_cast<std::uint64_t>(rung.max_rate);
    return {most * 5 / 4, most};
}

Bandwidth planned_sound() {
    constexpr auto rate = static_cast<std::uint64_t>(sound_rate);
    return {rate * 9 / 8, rate * 17 / 16};
}

Bandwidth bandwidth_of(const Lists& lists, std::size_t rendition) {
    if (!lists.bandwidths.empty())
        return lists.bandwidths[rendition];
    return rendition < lists.rungs.size() ? planned(lists.rungs[rendition]) : planned_sound();
}

MultivariantPlaylist sound_of(const Lists& lists, const std::string& codec) {
    MultivariantPlaylist playlist;
    playlist.variants.push_back(
        {sound_name, bandwidth_of(lists, lists.rungs.size()), codec, std::nullopt});
    return playlist;
}

} // namespace

std::vector<std::string> names_of(const std::vector<LiveRung>& rungs) {
    std::vector<std::string> names;
    for (const auto& rung : rungs)
        names.push_back(rung.name);
    names.emplace_back(sound_name);
    return names;
}

std::vector<std::string> write_lists(const std::filesystem::path& folder, const Lists& lists,
                                     const CodecOf& codec_of) {
    const auto sound = lists.rungs.size();
    MultivariantPlaylist main;
    main.audio.push_back({sound_name, lists.language, "音声"});
    std::vector<std::string> names;
    for (std::size_t i = 0; i < lists.rungs.size(); ++i) {
        const auto& rung = lists.rungs[i];
        if (lists.resting.contains(rung.name))
            continue;
        Variant variant;
        variant.rendition = rung.name;
        variant.bandwidth = bandwidth_of(lists, i) + bandwidth_of(lists, sound);
        variant.codecs = codec_of(i) + "," + codec_of(sound);
        variant.picture = Variant::Picture{rung.size.width, rung.size.height,
                                           plan::FrameRate{static_cast<int>(second), static_cast<int>(rung.step)}.text()};
        main.variants.push_back(std::move(variant));
        names.push_back(rung.name);
    }
    names.emplace_back(sound_name);
    main.i_frames = lists.i_frames;
    folder::replace_file(folder / "audio.m3u8",
                         catalog::media::to_file_text(sound_of(lists, codec_of(sound))));
    folder::replace_file(folder / "main.m3u8", catalog::media::to_file_text(main));
    return names;
}

} // namespace transcoder::live
