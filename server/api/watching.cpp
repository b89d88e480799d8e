#include "catalog/clip.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/playing.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

#include <cmath>

namespace server::api {
namespace {

using catalog::LiveStream;
using catalog::Refusal;
using catalog::Result;
using catalog::Span;
using catalog::VideoId;
using catalog::Viewer;
using catalog::WatchedSeconds;
using catalog::store::WatchStore;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t most_spans = 200;

/// `[begin_s, end_s]`; nothing where it is no such span of a day.
std::optional<Span> span_of(const json& pair) {
    constexpr double longest_s = std::chrono::duration<double>(WatchedSeconds::longest).count();
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number())
        return std::nullopt;
    const auto begin = pair[0].get<double>();
    const auto end = pair[1].get<double>();
    // Written so that what is no number is refused too.
    if (!(begin >= 0 && begin < end && end <= longest_s))
        return std::nullopt;
    return Span{milliseconds(std::llround(begin * 1000)), milliseconds(std::llround(end * 1000))};
}

/// In seconds of the video.
Result<std::vector<Span>> spans_in(const json& body) {
    const auto invalid = refuse(Refusal::invalid, "視聴した区間を読めません。");
    const auto spans = body.find("spans");
    if (spans == body.end() || !spans->is_array() || spans->size() > most_spans)
        return invalid;
    std::vector<Span> read;
    for (const auto& pair : *spans) {
        const auto span = span_of(pair);
        if (!span)
            return invalid;
        read.push_back(*span);
    }
    return read;
}

/// The same in the time of the recording of which the video shows a part.
WatchedSeconds played(const catalog::Video& video, const std::vector<Span>& spans) {
    const catalog::Clip clip(video);
    WatchedSeconds seconds;
    for (const auto& span : spans)
        for (const auto& part : clip.recorded(span))
            seconds.add(part);
    return seconds;
}

/// Whether it is streamed at `now`, or was until so lately that the last of what viewers' pages played
/// of it may still be on its way: they report twice a minute.
WatchStore::While when_played(catalog::store::Catalog& catalog, const VideoId& id,
                              catalog::time::UtcTime now) {
    constexpr auto last_reports = std::chrono::minutes(1);
    const auto stream = catalog.live.find(id);
    const bool is_streamed =
        stream && (stream->state == LiveStream::State::live ||
                   stream->state == LiveStream::State::interrupted ||
                   (stream->ended && now < *stream->ended + last_reports));
    return is_streamed ? WatchStore::While::streamed : WatchStore::While::recorded;
}

/// What viewers' pages report. The secretariat is answered alike, and not counted.
class WatchingApi {
  public:
    explicit WatchingApi(Services& services) : services_(services) {}

    /// What was really played.
    Task<Reply> add_watched(const Request& request, const Caller& caller) const {
        const auto id = id_in<VideoId>(request);
        const auto body = http::json_body(request);
        auto spans = body ? spans_in(*body) : Result<std::vector<Span>>(body.error());
        if (!spans)
            co_return http::refusal(spans.error());
        if (const auto admitted = admit_to(services_, id, caller.viewer); !admitted)
            co_return http::refusal(admitted.error());
        if (caller.viewer.kind == Viewer::Kind::secretariat || spans->empty())
            co_return http::empty(Status::no_content);
        auto change = [id, spans = std::move(*spans), account = caller.viewer.account,
                       now = services_.clock.now()](catalog::store::Catalog& catalog) {
            // It may have been removed meanwhile.
            if (const auto video = catalog.videos.find(id))
                catalog.watching.add(
                    {account, id, played(*video, spans), now, when_played(catalog, id, now)});
        };
        co_await services_.writer.run(std::move(change));
        co_return http::empty(Status::no_content);
    }

    /// How many people look at this account's screen.
    Task<Reply> set_headcount(const Request& request, const Caller& caller) const {
        const auto id = id_in<VideoId>(request);
        const auto body = http::json_body(request);
        const auto people = body ? count_in(*body, "people") : std::nullopt;
        if (!people || *people < 1 || *people > catalog::most_people)
            co_return http::refusal(
                refuse(Refusal::invalid, "人数は1人から500人までの数で入力してください。"));
        if (const auto admitted = admit_to(services_, id, caller.viewer); !admitted)
            co_return http::refusal(admitted.error());
        if (caller.viewer.kind == Viewer::Kind::secretariat)
            co_return http::empty(Status::no_content);
        auto change = [id, people = *people, account = caller.viewer.account](
                          catalog::store::Catalog& catalog) {
            return catalog.watching.set_people(account, id, people);
        };
        const auto set = co_await services_.writer.run(std::move(change));
        co_return set ? http::empty(Status::no_content) : http::refusal(set.error());
    }

  private:
    Services& services_;
};

} // namespace

void add_watching(http::Router& router, Services& services) {
    using enum http::Method;
    const WatchingApi api(services);
    const http::BodyRule spans{http::BodyRule::Kind::json, 16 * 1024};
    const http::BodyRule number{http::BodyRule::Kind::json, 1024};
    router.add({post, "/api/videos/{id}/watched", http::Access::signed_in,
                handler(api, &WatchingApi::add_watched), spans});
    router.add({post, "/api/videos/{id}/headcount", http::Access::signed_in,
                handler(api, &WatchingApi::set_headcount), number});
}

} // namespace server::api
