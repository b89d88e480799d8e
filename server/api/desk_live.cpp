#include "server/access/random.h"
#include "server/access/stream_key.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"
#include "server/live/live_runner.h"
#include "server/live/stream_changes.h"
#include "server/live/viewers.h"
#include "server/play/play_table.h"

#include <algorithm>
#include <filesystem>

namespace server::api {
namespace {

using catalog::LiveStream;
using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;
using std::chrono::milliseconds;

catalog::Error unknown() { return refuse(Refusal::not_found, "このライブ配信は見つかりません。"); }

double seconds(milliseconds time) { return std::chrono::duration<double>(time).count(); }

json marks_json(const Video& video) {
    auto marks = json::array();
    for (const auto& chapter : video.chapters)
        marks.push_back({{"at_s", seconds(chapter.at)}, {"title", chapter.title}});
    return marks;
}

/// Nothing was set, or it shows all.
json trim_json(const std::optional<LiveStream>& stream) {
    if (!stream || !stream->trim)
        return nullptr;
    return {{"begin_s", seconds(stream->trim->begin)}, {"end_s", seconds(stream->trim->end)}};
}

/// The programme of the session: titles, of which a mark may name one by its number.
json items_json(Catalog& catalog, const Video& video) {
    auto items = json::array();
    if (const auto session = catalog.sessions.find(video.session))
        for (const auto& item : session->items)
            items.push_back(item.title);
    return items;
}

/// The secretariat's work on live streams.
class DeskLiveApi {
  public:
    explicit DeskLiveApi(Services& services) : services_(services) {}

    Task<Reply> show(const Request& request, const Caller&) const {
        auto look = [this, id = id_in<VideoId>(request), host = std::string(request.host())](
                        Catalog& catalog) -> Result<json> {
            const auto video = catalog.videos.find(id);
            if (!video || !video->live)
                return unknown();
            return given(describe(catalog, *video, host));
        };
        const auto described = co_await services_.readers.run(std::move(look));
        co_return http::reply_of(described);
    }

    Task<Reply> key(const Request& request, const Caller& caller) const {
        const auto id = id_in<VideoId>(request);
        const auto key = access::random_stream_key();
        auto change = [this, id, hash = access::token_hash(key), who = who(caller)](Catalog& catalog) {
            return live::set_key(catalog, id, hash, who);
        };
        if (const auto made = co_await services_.writer.run(std::move(change)); !made)
            co_return http::refusal(made.error());
        const auto host = std::string(request.host());
        const json answer{{"key", key},
                          {"passphrase", services_.stream_secret.passphrase(key)},
                          {"rtmp", rtmp_address(host)},
                          {"srt", srt_address(host, key)}};
        co_return http::json(Status::created, answer);
    }

    Task<Reply> set_break(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body || !body->contains("on") || !(*body)["on"].is_boolean())
            co_return http::refusal(refuse(Refusal::invalid, "休憩に入るか、明けるかを選んでください。"));
        const auto pause = (*body)["on"].get<bool>() ? LiveStream::Break::on : LiveStream::Break::off;
        auto change = [id = id_in<VideoId>(request), pause, who = who(caller)](Catalog& catalog) {
            return live::set_break(catalog, id, pause, who);
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> mark(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, id = id_in<VideoId>(request), body = std::move(*body),
                       who = who(caller)](Catalog& catalog) -> Result<void> {
            const auto title = title_of(catalog, id, body);
            if (!title)
                return title.error();
            return live::mark(catalog, id, {edge_of(id), *title}, who);
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> trim(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto begin = time_in(*body, "begin_s");
        const auto end = time_in(*body, "end_s");
        if (!begin || !end)
            co_return http::refusal(refuse(Refusal::invalid, "始まりと終わりを入力してください。"));
        auto change = [this, id = id_in<VideoId>(request), span = catalog::Span{*begin, *end},
                       who = who(caller)](Catalog& catalog) {
            auto trimmed = live::trim(catalog, id, span, who);
            if (auto playable = play::playable_video(catalog, id); playable && trimmed)
                services_.play_table.put(std::move(*playable));
            return trimmed;
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> end(const Request& request, const Caller& caller) const {
        const auto id = id_in<VideoId>(request);
        auto change = [id, who = who(caller)](Catalog& catalog) {
            return live::end_stream(catalog, id, who);
        };
        const auto ended = co_await services_.writer.run(std::move(change));
        if (!ended)
            co_return http::refusal(ended.error());
        services_.live.finish(id);
        co_return http::empty(Status::accepted);
    }

  private:
    live::Change who(const Caller& caller) const {
        return {services_.clock.now(), caller.viewer.account};
    }

    static Reply reply_of(const Result<void>& changed) {
        return changed ? http::empty(Status::no_content) : http::refusal(changed.error());
    }

    /// What the body says, or the programme item of the session that it names by its number, from 1.
    static Result<std::string> title_of(Catalog& catalog, const VideoId& id, const json& body) {
        const auto title = body.find("title");
        if (title != body.end() && title->is_string())
            return title->get<std::string>();
        const auto item = body.find("item");
        const auto video = catalog.videos.find(id);
        const auto session = video ? catalog.sessions.find(video->session) : std::nullopt;
        if (item == body.end() || !item->is_number_unsigned() || !session)
            return refuse(Refusal::invalid, "題名か、次第の番号を選んでください。");
        const auto number = item->get<std::size_t>();
        if (number < 1 || number > session->items.size())
            return refuse(Refusal::invalid, "その番号は次第にありません。");
        return session->items[number - 1].title;
    }

    /// Where the stream is now, in the recording's time.
    milliseconds edge_of(const VideoId& id) const {
        const auto status = services_.live.status(id);
        return status ? status->media : milliseconds(0);
    }

    /// The address under which the desk itself is reached, with the port of what listens.
    json address(const char* scheme, const std::optional<net::Listening>& listening,
                 const std::string& host) const {
        if (!listening)
            return nullptr;
        const auto name = host.substr(0, host.ends_with(']') ? host.size() : host.rfind(':'));
        return std::string(scheme) + "://" + name + ":" + std::to_string(listening->port);
    }

    json rtmp_address(const std::string& host) const {
        auto told = address("rtmp", services_.ingest.rtmp, host);
        return told.is_null() ? told : json(told.get<std::string>() + "/live");
    }

    json srt_address(const std::string& host, const std::string& key) const {
        auto told = address("srt", services_.ingest.srt, host);
        const auto id = key.empty() ? "" : "?streamid=" + key;
        return told.is_null() ? told : json(told.get<std::string>() + id);
    }

    json describe(Catalog& catalog, const Video& video, const std::string& host) const {
        const auto known = services_.live.status(video.id);
        auto stream = catalog.live.find(video.id);
        if (stream)
            stream = live::as_seen(*stream, known);
        const auto status = known.value_or(live::LiveStatus());
        const auto state = shown_state(*video.live, stream ? &*stream : nullptr, services_.clock.now());
        const json addresses{{"rtmp", rtmp_address(host)}, {"srt", srt_address(host, "")}};
        const auto recording = stream && stream->recording
                                   ? catalog.recordings.find(*stream->recording)
                                   : std::nullopt;
        const auto recorded = recording && recording->duration
                                  ? std::chrono::duration_cast<milliseconds>(*recording->duration)
                                  : status.media;
        return {{"state", to_text(state)},
                {"recorded_s", seconds(recorded)},
                {"trim", trim_json(stream)},
                {"items", items_json(catalog, video)},
                {"key_made_at", stream ? instant(stream->key_made) : json()},
                {"addresses", addresses},
                {"publisher", publisher_json(status)},
                {"viewers", viewers_json(catalog, video.id)},
                {"marks", marks_json(video)},
                {"renditions", status.renditions},
                {"dropped", status.dropped},
                {"warning", warning_json(status)}};
    }

    static json publisher_json(const live::LiveStatus& status) {
        if (!status.is_published)
            return nullptr;
        json told{{"protocol", status.protocol}, {"since", instant(status.since)}};
        if (const auto& seen = status.publisher)
            told.update({{"width", seen->width},
                         {"height", seen->height},
                         {"frame_rate", seen->frame_rate},
                         {"bit_rate", seen->bit_rate},
                         {"late_s", seen->late_s},
                         {"key_frame_s", seen->key_frame_s},
                         {"dropped_frames", seen->dropped_frames},
                         {"sound", seen->has_sound}});
        return told;
    }

    json viewers_json(Catalog& catalog, const VideoId& id) const {
        int now = 0;
        auto listed = json::array();
        const auto counted = services_.viewers.count(id, std::chrono::steady_clock::now());
        const auto municipalities = catalog.municipalities.all();
        for (const auto& [code, count] : counted) {
            now += count;
            const auto found = std::ranges::find(municipalities, code, &catalog::Municipality::code);
            if (found != municipalities.end())
                listed.push_back({{"code", code}, {"name", found->name}, {"count", count}});
        }
        return {{"now", now}, {"by_municipality", std::move(listed)}};
    }

    /// What the desk shouts: what the transcoder could not do, or that the disk is nearly full.
    json warning_json(const live::LiveStatus& status) const {
        if (!status.warning.empty())
            return status.warning;
        std::error_code unknown_space;
        const auto space = std::filesystem::space(services_.folder.media(), unknown_space);
        if (!unknown_space && space.available < services_.settings.uploads.reserve_bytes)
            return "ディスクの空きが残りわずかです。";
        return nullptr;
    }

    Services& services_;
};

} // namespace

void add_desk_live(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskLiveApi api(services);
    constexpr std::uint64_t largest_body = 8 * 1024;
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, largest_body,
                                       http::BodyRule::Length::optional};
    const std::string one = "/api/desk/videos/{id}/live";
    router.add({get, one, secretariat, handler(api, &DeskLiveApi::show)});
    router.add({post, one + "/key", secretariat, handler(api, &DeskLiveApi::key), optional_body});
    router.add({post, one + "/break", secretariat, handler(api, &DeskLiveApi::set_break), body});
    router.add({post, one + "/mark", secretariat, handler(api, &DeskLiveApi::mark), body});
    router.add({post, one + "/trim", secretariat, handler(api, &DeskLiveApi::trim), body});
    router.add({post, one + "/end", secretariat, handler(api, &DeskLiveApi::end), optional_body});
}

} // namespace server::api
