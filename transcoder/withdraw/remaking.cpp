#include "transcoder/withdraw/remaking.h"

#include "catalog/media/bandwidth.h"
#include "catalog/media/media_folder.h"
#include "catalog/media/withdrawal.h"
#include "transcoder/av/encoded_form.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/i_frames.h"
#include "transcoder/withdraw/picture_before.h"
#include "transcoder/withdraw/remade_picture.h"
#include "transcoder/withdraw/remade_sound.h"
#include "transcoder/withdraw/remade_stills.h"
#include "transcoder/withdraw/remade_texts.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <utility>

namespace transcoder::withdraw {

namespace {

namespace fs = std::filesystem;
using catalog::Span;
using catalog::WithdrawnSpan;
using catalog::media::Bandwidth;
using catalog::media::MediaFolder;
using catalog::media::MultivariantPlaylist;
using catalog::media::TrackKind;
using catalog::media::Variant;

unsigned threads_of(const Job& job) {
    return job.threads != 0 ? job.threads : std::max(1U, std::thread::hardware_concurrency());
}

std::vector<Span> blanked(const std::vector<WithdrawnSpan>& all) {
    std::vector<Span> spans;
    for (const auto& each : all)
        if (each.lost == WithdrawnSpan::Lost::picture_and_sound)
            spans.push_back(each.span);
    return spans;
}

std::vector<Span> silenced(const std::vector<WithdrawnSpan>& all) {
    std::vector<Span> spans;
    for (const auto& each : all)
        spans.push_back(each.span);
    return spans;
}

/// Does `work(i)` for each i below `count`, on some threads. Throws what one of them threw.
template <class Work> void on_threads(unsigned threads, std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    const auto go_on = [&] {
        for (auto i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::future<void>> all;
    for (unsigned i = 0; i < std::min<std::size_t>(threads, count); ++i)
        all.push_back(std::async(std::launch::async, go_on));
    for (auto& each : all)
        each.get();
}

/// Tells how far all is. Any thread.
class Progressing {
  public:
    Progressing(Events& events, std::size_t steps) : events_(events), steps_(steps) {}

    void step(std::size_t count = 1) {
        const auto done = done_ += count;
        Progress progress;
        progress.fraction = std::min(1.0, static_cast<double>(done) / static_cast<double>(steps_));
        events_.progress(progress);
    }

  private:
    Events& events_;
    std::size_t steps_;
    std::atomic<std::size_t> done_{0};
};

/// Segments one behind the other, of one init section, few at a time.
std::vector<std::pair<std::size_t, std::size_t>> runs_of(const Rendition& rendition,
                                                         const std::vector<std::size_t>& touched) {
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (const auto at : touched) {
        const bool goes_on = !runs.empty() && runs.back().second == at &&
                             at - runs.back().first < most_sound_segments &&
                             rendition.init_of(at) == rendition.init_of(runs.back().first);
        if (goes_on)
            ++runs.back().second;
        else
            runs.emplace_back(at, at + 1);
    }
    return runs;
}

void remake_sound(Rendition& rendition, const Job& job, const std::vector<std::size_t>& touched,
                  Progressing& progress) {
    const auto spans = silenced(job.spans);
    const auto runs = runs_of(rendition, touched);
    std::vector<std::vector<std::string>> made(runs.size());
    on_threads(threads_of(job), runs.size(), [&](std::size_t i) {
        made[i] = remade_sound(rendition, spans, runs[i].first, runs[i].second);
        progress.step(made[i].size());
    });
    Rendition::Exchanged exchanged;
    for (std::size_t i = 0; i < runs.size(); ++i)
        for (std::size_t at = runs[i].first; at < runs[i].second; ++at)
            exchanged.emplace(rendition.index().segments[at].bytes.offset, std::move(made[i][at - runs[i].first]));
    rendition.exchange(exchanged);
}

void remake_picture(Rendition& rendition, const Job& job, const std::vector<std::size_t>& touched,
                    const PictureBefore& slides, Progressing& progress) {
    RemadePicture remade(rendition, blanked(job.spans), touched);
    if (slides)
        remade.take_from(slides);
    std::vector<std::string> made(touched.size());
    on_threads(threads_of(job), touched.size(), [&](std::size_t i) {
        made[i] = remade.segment(touched[i]);
        progress.step();
    });
    auto exchanged = remade.inits();
    for (std::size_t i = 0; i < touched.size(); ++i)
        exchanged.emplace(rendition.index().segments[touched[i]].bytes.offset, std::move(made[i]));
    rendition.exchange(exchanged);
}

/// What a decoder must be to play all of a rendition.
std::string codec_of(const Rendition& rendition) {
    auto codec = av::codec_name(rendition.bytes(rendition.index().init));
    for (const auto& segment : rendition.index().segments)
        if (segment.head.init)
            codec = av::covering_codec(codec, av::codec_name(rendition.bytes(*segment.head.init)));
    return codec;
}

/// The playlists above a folder's renditions, measured anew, and its I-frames.
class Lists {
  public:
    explicit Lists(fs::path folder) : folder_(std::move(folder)) {}

    void write() {
        auto media = catalog::media::read_media_folder(folder_).value();
        if (auto& i_frames = media.main.i_frames)
            list_i_frames(*i_frames);
        write(media.main, "main.m3u8", media);
        if (media.audio)
            write(*media.audio, "audio.m3u8", media);
    }

  private:
    void list_i_frames(catalog::media::IFrameStream& stream) const {
        const Rendition rendition(folder_, stream.rendition);
        const auto frames = folder::i_frames_of(folder_ / rendition.index().file, rendition.index());
        folder::replace_file(folder_ / catalog::media::i_frames_file_of(stream.rendition),
                             catalog::media::to_file_text(frames));
        stream.bandwidth = catalog::media::measure(frames.segments, frames.target_duration);
        stream.codecs = codec_of(rendition);
    }

    void write(MultivariantPlaylist& playlist, const char* name, const MediaFolder& media) const {
        for (Variant& variant : playlist.variants) {
            variant.bandwidth = measured(media, variant.rendition);
            if (!playlist.audio.empty())
                variant.bandwidth = variant.bandwidth + measured(media, playlist.audio.front().rendition);
            if (variant.picture)
                variant.codecs = codec_of(Rendition(folder_, variant.rendition)) +
                                 variant.codecs.substr(std::min(variant.codecs.find(','), variant.codecs.size()));
        }
        folder::replace_file(folder_ / name, catalog::media::to_file_text(playlist));
    }

    static Bandwidth measured(const MediaFolder& media, const std::string& name) {
        const auto& index = media.renditions.at(name);
        return catalog::media::measure(index.segments, index.target_duration);
    }

    fs::path folder_;
};

struct Touched {
    fs::path folder;
    std::string name;
    std::vector<std::size_t> segments;
};

/// The renditions of a folder from which the spans take something.
std::vector<Touched> touched_in(const fs::path& folder, const std::vector<WithdrawnSpan>& spans) {
    std::vector<Touched> all;
    const auto media = catalog::media::read_media_folder(folder);
    for (const auto& [name, index] : media ? media->renditions : decltype(media->renditions){}) {
        auto segments = touched(index, spans, catalog::media::track_kind_of(name));
        if (!segments.empty())
            all.push_back({folder, name, std::move(segments)});
    }
    return all;
}

std::string top_of(const MediaFolder& media) {
    const auto pixels = [](const Variant& variant) {
        return variant.picture ? std::int64_t{variant.picture->width} * variant.picture->height : 0;
    };
    const auto is_smaller = [&](const Variant& a, const Variant& b) { return pixels(a) <= pixels(b); };
    return std::max_element(media.main.variants.begin(), media.main.variants.end(), is_smaller)->rendition;
}

} // namespace

Outcome<Finished> remade(const Job& job, Events& events) {
    const auto media = catalog::media::read_media_folder(job.folder).value();
    const auto stills = job.folder / "stills";
    auto all = touched_in(job.folder, job.spans);
    const auto in_folder = all.size();
    std::ranges::move(touched_in(stills, job.spans), std::back_inserter(all));
    std::size_t steps = 1;
    for (const auto& each : all)
        steps += each.segments.size();
    Progressing progress(events, steps);
    // Slides are taken of what is shown from now on: the renditions themselves come first.
    for (const auto& each : all) {
        Rendition rendition(each.folder, each.name);
        if (catalog::media::track_kind_of(each.name) == TrackKind::sound) {
            remake_sound(rendition, job, each.segments, progress);
        } else if (each.folder == stills) {
            const Rendition top(job.folder, top_of(media));
            const auto slides = [&top](std::chrono::microseconds instant) { return picture_before(top, instant); };
            remake_picture(rendition, job, each.segments, slides, progress);
        } else {
            remake_picture(rendition, job, each.segments, {}, progress);
        }
    }
    if (in_folder > 0)
        Lists(job.folder).write();
    if (all.size() > in_folder)
        Lists(stills).write();
    remake_stills(job.folder, blanked(job.spans));
    remake_texts(job.folder, silenced(job.spans));
    progress.step();
    Finished finished;
    finished.duration = media.duration();
    return finished;
}

} // namespace transcoder::withdraw
