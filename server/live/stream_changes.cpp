#include "server/live/stream_changes.h"

#include <algorithm>

namespace server::live {
namespace {

using catalog::Chapter;
using catalog::LiveStream;
using catalog::Refusal;
using catalog::Result;
using catalog::Span;
using catalog::VideoId;
using catalog::store::Catalog;
using std::chrono::milliseconds;

constexpr std::size_t longest_title = 600;

catalog::Error unknown() { return refuse(Refusal::not_found, "このライブ配信は見つかりません。"); }

void note(Catalog& catalog, const Change& change, std::string action, const VideoId& video) {
    catalog.audit.append({change.now, change.account, std::move(action), video.text(), {}, {}});
}

} // namespace

Result<void> set_key(Catalog& catalog, const VideoId& id, const std::string& key_hash,
                     const Change& change) {
    const auto video = catalog.videos.find(id);
    if (!video)
        return unknown();
    if (video->kind != catalog::Video::Kind::live || !video->live)
        return refuse(Refusal::invalid, "これはライブ配信ではありません。");
    const auto stream = catalog.live.find(id);
    if (stream && stream->state == LiveStream::State::ended)
        return refuse(Refusal::conflict, "この配信は終了しました。");
    catalog.transaction([&] {
        catalog.live.set_key(id, key_hash, change.account, change.now);
        note(catalog, change, "live.key", id);
    });
    return {};
}

Result<void> end_stream(Catalog& catalog, const VideoId& id, const Change& change) {
    const auto stream = catalog.live.find(id);
    if (!stream)
        return unknown();
    if (stream->state == LiveStream::State::ended)
        return {};
    catalog.transaction([&] {
        catalog.live.end(id, change.now);
        note(catalog, change, "live.end", id);
    });
    return {};
}

Result<void> mark(Catalog& catalog, const VideoId& id, const Chapter& chapter,
                  const Change& change) {
    auto video = catalog.videos.find(id);
    if (!video || !catalog.live.find(id))
        return unknown();
    if (chapter.title.empty() || chapter.title.size() > longest_title)
        return refuse(Refusal::invalid, "題名は1文字以上200文字以内で入力してください。");
    const auto later = std::ranges::upper_bound(video->chapters, chapter.at, {}, &Chapter::at);
    video->chapters.insert(later, chapter);
    catalog.transaction([&] {
        catalog.videos.put(*video);
        note(catalog, change, "live.mark", id);
    });
    return {};
}

Result<void> set_break(Catalog& catalog, const VideoId& id, LiveStream::Break pause,
                       const Change& change) {
    if (!catalog.live.find(id))
        return unknown();
    catalog.transaction([&] {
        catalog.live.set_break(id, pause);
        note(catalog, change, pause == LiveStream::Break::on ? "live.break" : "live.resume", id);
    });
    return {};
}

Result<void> trim(Catalog& catalog, const VideoId& id, const Span& span, const Change& change) {
    auto video = catalog.videos.find(id);
    const auto stream = catalog.live.find(id);
    if (!video || !stream)
        return unknown();
    if (span.begin < milliseconds(0) || span.end <= span.begin)
        return refuse(Refusal::invalid, "終わりは、始まりより後にしてください。");
    catalog.transaction([&] {
        catalog.live.set_trim(id, span);
        if (stream->state == LiveStream::State::ended)
            catalog.clips.set(id, {span, video->cuts});
        note(catalog, change, "live.trim", id);
    });
    return {};
}

void become_archive(Catalog& catalog, const VideoId& id) {
    auto video = catalog.videos.find(id);
    const auto stream = catalog.live.find(id);
    if (!video || !stream)
        return;
    if (stream->trim && video->span != stream->trim) {
        catalog.clips.set(id, {*stream->trim, video->cuts});
        video = catalog.videos.find(id);
    }
    video->published = video->published && (!video->live || video->live->archive_after);
    catalog.videos.put(*video);
}

} // namespace server::live
