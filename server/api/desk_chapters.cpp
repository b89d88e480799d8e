#include "server/api/found_inside.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"
#include "server/play/play_table.h"

#include <algorithm>

namespace server::api {
namespace {

using catalog::Chapter;
using catalog::LiveStream;
using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t most_chapters = 500;
constexpr std::size_t longest_title = 600;
/// As many as a desk has room for.
constexpr std::size_t columns = 1200;

catalog::Error no_video() { return refuse(Refusal::not_found, "この動画は見つかりません。"); }

json chapters_json(const std::vector<Chapter>& chapters) {
    auto list = json::array();
    for (const auto& chapter : chapters)
        list.push_back({{"at_s", std::chrono::duration<double>(chapter.at).count()},
                        {"title", chapter.title}});
    return list;
}

json items_json(Catalog& catalog, const Video& video) {
    auto items = json::array();
    if (const auto session = catalog.sessions.find(video.session))
        for (const auto& item : session->items)
            items.push_back(item.title);
    return items;
}

/// A chapter that is called as an item of the session's programme is where that begins.
void find_items(Catalog& catalog, const Video& video, std::vector<Chapter>& chapters) {
    const auto session = catalog.sessions.find(video.session);
    for (auto& chapter : chapters) {
        const auto before = std::ranges::find(video.chapters, chapter.title, &Chapter::title);
        if (before != video.chapters.end())
            chapter.item = before->item;
        if (!session || !chapter.item.empty())
            continue;
        const auto item = std::ranges::find(session->items, chapter.title, &catalog::ProgrammeItem::title);
        if (item != session->items.end())
            chapter.item = item->id;
    }
}

bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7F; }

/// The chapter that stands at `place`, from 1.
Result<Chapter> chapter_in(const json& value, std::size_t place) {
    const auto wrong = [place](const char* what) {
        return refuse(Refusal::invalid, std::to_string(place) + what);
    };
    if (!value.is_object())
        return wrong("番目のチャプターを読み取れませんでした。");
    const auto at = time_in(value, "at_s");
    if (!at)
        return wrong("番目のチャプターの時刻を読み取れませんでした。");
    auto title = text_in(value, "title");
    if (title.empty())
        return wrong("番目のチャプターに題名を入力してください。");
    if (title.size() > longest_title || std::ranges::any_of(title, is_control))
        return wrong("番目のチャプターの題名は、1行で200文字以内にしてください。");
    return Chapter{*at, std::move(title)};
}

/// In the order of their times.
Result<std::vector<Chapter>> chapters_in(const json& body) {
    const auto found = body.find("chapters");
    if (found == body.end() || !found->is_array())
        return refuse(Refusal::invalid, "チャプターを読み取れませんでした。");
    if (found->size() > most_chapters)
        return refuse(Refusal::invalid, "チャプターは500個までです。");
    std::vector<Chapter> chapters;
    for (const auto& value : *found) {
        auto chapter = chapter_in(value, chapters.size() + 1);
        if (!chapter)
            return chapter.error();
        chapters.push_back(std::move(*chapter));
    }
    std::ranges::stable_sort(chapters, {}, &Chapter::at);
    const auto same = std::ranges::adjacent_find(chapters, {}, &Chapter::at);
    if (same != chapters.end())
        return refuse(Refusal::invalid, "「" + same->title + "」と「" + std::next(same)->title +
                                            "」が同じ時刻です。どちらかを変えてください。");
    return chapters;
}

/// The secretariat's work on a video's chapters.
class DeskChapterApi {
  public:
    explicit DeskChapterApi(Services& services) : services_(services) {}

    Task<Reply> show(const Request& request, const Caller&) const {
        // Waveforms are much text: it is read and written there too.
        auto look = [this, id = id_in<VideoId>(request)](Catalog& catalog) -> Result<json> {
            const auto video = catalog.videos.find(id);
            if (!video)
                return no_video();
            return given({{"chapters", chapters_json(video->chapters)},
                          {"found", found_json(found_in(catalog, *video))},
                          {"items", items_json(catalog, *video)},
                          {"duration_s", duration_json(*video)}});
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)));
    }

    Task<Reply> put(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        auto chapters = body ? chapters_in(*body) : body.error();
        if (!chapters)
            co_return http::refusal(chapters.error());
        auto change = [this, id = id_in<VideoId>(request), chapters = std::move(*chapters),
                       account = caller.viewer.account](Catalog& catalog) mutable -> Result<json> {
            auto video = catalog.videos.find(id);
            if (!video)
                return no_video();
            if (const auto can = may_change(catalog, *video, chapters); !can)
                return can.error();
            const auto before = chapters_json(video->chapters);
            find_items(catalog, *video, chapters);
            video->chapters = std::move(chapters);
            const auto after = chapters_json(video->chapters);
            catalog.transaction([&] {
                catalog.videos.put(*video);
                catalog.audit.append({services_.clock.now(), account, "video.chapters", id.text(),
                                      json{{"chapters", before}}.dump(), json{{"chapters", after}}.dump()});
            });
            return given({{"chapters", after}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

  private:
    FoundInside found_in(Catalog& catalog, const Video& video) const {
        if (!video.recording)
            return {};
        const auto whole = without(read_found_inside(services_.folder.media() / video.recording->text()),
                                   catalog.withdrawals.of_recording(*video.recording));
        auto found = cut_to(whole, catalog::Clip(video));
        found.waveform = drawn_in(found.waveform, columns);
        return found;
    }

    /// Of what is served of a video; nothing where that is nothing yet, or not known.
    std::optional<milliseconds> length_of(const Video& video) const {
        const auto entry = services_.play_table.find(video.id.text());
        if (!entry || !entry->whole)
            return std::nullopt;
        const auto whole = entry->whole->renditions.front().playlist.duration();
        return catalog::Clip(video).length(std::chrono::round<milliseconds>(whole));
    }

    json duration_json(const Video& video) const {
        const auto length = length_of(video);
        return length ? json(std::chrono::duration<double>(*length).count()) : json();
    }

    Result<void> may_change(Catalog& catalog, const Video& video,
                            const std::vector<Chapter>& chapters) const {
        const auto stream = catalog.live.find(video.id);
        if (stream && stream->state != LiveStream::State::ended)
            return refuse(Refusal::conflict,
                          "チャプターは、配信が終わってから直せます。配信中は「いまの議題」で付けてください。");
        const auto length = length_of(video);
        if (length && !chapters.empty() && chapters.back().at >= *length)
            return refuse(Refusal::invalid, "「" + chapters.back().title +
                                                "」の時刻が、動画の終わりより後になっています。");
        return {};
    }

    Services& services_;
};

} // namespace

void add_desk_chapters(http::Router& router, Services& services) {
    using enum http::Access;
    const DeskChapterApi api(services);
    constexpr std::uint64_t largest_body = 1 << 20;
    const std::string chapters = "/api/desk/videos/{id}/chapters";
    router.add({http::Method::get, chapters, secretariat, handler(api, &DeskChapterApi::show)});
    router.add({http::Method::post, chapters, secretariat, handler(api, &DeskChapterApi::put),
                {http::BodyRule::Kind::json, largest_body}});
}

} // namespace server::api
