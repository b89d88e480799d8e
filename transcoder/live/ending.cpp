#include "transcoder/live/ending.h"

#include "catalog/media/media_folder.h"
#include "transcoder/folder/i_frames.h"
#include "transcoder/folder/text_file.h"
#include "transcoder/live/lists.h"
#include "transcoder/report.h"
#include "transcoder/stills/stills.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <thread>

namespace transcoder::live {

using catalog::media::MediaPlaylist;
using catalog::media::Segment;
using catalog::media::SegmentHead;
using std::chrono::microseconds;

namespace {

namespace fs = std::filesystem;

Rejection nothing_was_recorded() {
    return {Kind::empty, "配信は一度も届きませんでした。", "Nothing was ever published."};
}

/// Makes an index that still grew an ended one, at once.
MediaPlaylist end_index(const fs::path& folder, const std::string& name) {
    const auto path = folder / (name + ".m3u8");
    auto playlist = catalog::media::parse_file_text(folder::read_text(path).value_or("")).value();
    playlist.age = MediaPlaylist::Age::ended;
    playlist.part_target.reset();
    for (auto& segment : playlist.segments)
        segment.parts.clear();
    folder::replace_file(path, catalog::media::to_file_text(playlist));
    return playlist;
}

bool changes_form(const MediaPlaylist& playlist) {
    return std::ranges::any_of(playlist.segments,
                               [](const Segment& segment) { return segment.head.init.has_value(); });
}

std::size_t count_breaks(const MediaPlaylist& playlist) {
    return static_cast<std::size_t>(
        std::ranges::count_if(playlist.segments, [](const Segment& segment) {
            return segment.head.continuity == SegmentHead::Continuity::breaks;
        }));
}

plan::FrameRate rate_of(const LiveRung& rung) {
    return {static_cast<int>(second / rung.step), 1};
}

/// What the stills are made of. What does not keep its form cannot be read as one file.
plan::Plan plan_for_stills(const std::vector<LiveRung>& rungs,
                           const std::vector<MediaPlaylist>& indexes, const std::string& language) {
    plan::Plan plan{{}, plan::Grid(rate_of(rungs.back()), 1), {}, plan::SoundRung{}};
    for (std::size_t i = 0; i < rungs.size(); ++i) {
        if (changes_form(indexes[i]))
            continue;
        plan::Rung rung;
        rung.name = rungs[i].name;
        rung.width = rungs[i].size.width;
        rung.height = rungs[i].size.height;
        rung.max_rate = rungs[i].max_rate;
        plan.rungs.push_back(std::move(rung));
    }
    plan.sound->name = sound_name;
    plan.sound->language = language;
    return plan;
}

std::string report_of(const std::vector<LiveRung>& rungs, const MediaPlaylist& index) {
    const auto seconds = std::chrono::duration<double>(index.duration()).count();
    auto renditions = nlohmann::ordered_json::array();
    for (const auto& rung : rungs)
        renditions.push_back(
            {{"name", rung.name},
             {"made", rung.made == LiveRung::Made::passed ? "passed" : "encoded"},
             {"codec", "h264"},
             {"width", rung.size.width},
             {"height", rung.size.height}});
    renditions.push_back({{"name", sound_name}, {"made", "encoded"}, {"codec", "aac"}});
    const nlohmann::ordered_json text{{"live", true},
                                      {"target_duration_s", index.target_duration},
                                      {"renditions", renditions},
                                      {"duration_s", seconds},
                                      {"lost_s", 0},
                                      {"interruptions", count_breaks(index)},
                                      {"loudness", nullptr},
                                      {"silences", nlohmann::ordered_json::array()}};
    return text.dump(2) + "\n";
}

/// Ends all, and names what main.m3u8 lists.
class Ending {
  public:
    Ending(const LiveJob& job, std::vector<LiveRung> rungs) : job_(job), folder_(job.folder) {
        lists_.rungs = std::move(rungs);
        lists_.language = job.language;
    }

    void end(const LiveFolder& live) {
        for (std::size_t i = 0; i <= lists_.rungs.size(); ++i) {
            indexes_.push_back(end_index(folder_, live.file(i).name()));
            codecs_.push_back(live.file(i).codec());
            lists_.bandwidths.push_back(
                catalog::media::measure(indexes_.back().segments, target_duration));
        }
        write();
    }

    /// Of the thinnest rung, which keeps its form.
    void add_i_frames() {
        const auto& thinnest = lists_.rungs.front();
        const auto i_frames =
            folder::i_frames_of(folder_ / (thinnest.name + ".mp4"), indexes_.front());
        folder::replace_file(folder_ / catalog::media::i_frames_file_of(thinnest.name),
                             catalog::media::to_file_text(i_frames));
        lists_.i_frames = catalog::media::IFrameStream{
            thinnest.name, catalog::media::measure(i_frames.segments, i_frames.target_duration),
            codecs_.front(), thinnest.size.width, thinnest.size.height};
        write();
    }

    void add_stills() {
        sound::Waveform waveform(duration());
        const auto threads =
            job_.threads != 0 ? job_.threads : std::max(1U, std::thread::hardware_concurrency());
        stills::make_stills(folder_, plan_for_stills(lists_.rungs, indexes_, job_.language),
                            duration(), waveform, threads);
        if (!waveform.has_begun())
            sound::hear(folder_ / (std::string(sound_name) + ".mp4"), waveform);
        folder::replace_file(folder_ / waveform_name, waveform.to_text());
    }

    void add_report() {
        folder::replace_file(folder_ / report_name, report_of(lists_.rungs, indexes_.front()));
    }

    microseconds duration() const { return indexes_.front().duration(); }

  private:
    void write() const {
        write_lists(folder_, lists_, [this](std::size_t i) { return codecs_[i]; });
    }

    const LiveJob& job_;
    fs::path folder_;
    Lists lists_;
    std::vector<MediaPlaylist> indexes_;   ///< as the names
    std::vector<std::string> codecs_;      ///< likewise
};

} // namespace

Outcome<Finished> end_recording(const LiveJob& job, const std::optional<std::string>& kept,
                                Events& events) {
    const auto rungs = read_live_ladder(kept.value_or(""));
    if (!rungs)
        return nothing_was_recorded();
    Ending ending(job, *rungs);
    {
        const LiveFolder live(job.folder, names_of(*rungs));
        if (live.beats() == 0)
            return nothing_was_recorded();
        ending.end(live);
    }
    events.ended(ending.duration());
    ending.add_i_frames();
    ending.add_stills();
    ending.add_report();
    Finished finished;
    finished.duration = ending.duration();
    finished.renditions = names_of(*rungs);
    return finished;
}

} // namespace transcoder::live
