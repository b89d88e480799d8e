#include "catalog/caption_changes.h"
#include "catalog/caption_file.h"
#include "server/api/caption_json.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/http/json_body.h"
#include "server/play/play_table.h"

namespace server::api {
namespace {

using catalog::CaptionTrack;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

catalog::Error no_video() {
    return refuse(Refusal::not_found, "この動画は見つかりません。");
}

catalog::Error no_track() {
    return refuse(Refusal::not_found, "この言語の字幕はありません。");
}

std::string language_in(const Request& request) {
    return std::string(request.parameter("language"));
}

/// What is told of a track, and kept in the audit log.
json summary(const CaptionTrack& track) {
    return {{"language", track.language}, {"label", track.label}, {"cues", track.cues.size()}};
}

/// What was seen of its cues in an editor.
std::string version_of(const CaptionTrack& track) { return version_of_fields(track_json(track)); }

/// A track of `video`, and what else is told of how it came to be.
struct Read {
    CaptionTrack track;
    json more = json::object();
    std::string seen = {}; ///< the version that it was made from
};

/// The file of a request. Refuses what `read_caption_file` does.
Result<Read> read_file(const std::string& bytes, CaptionTrack track, const std::string& label) {
    auto named = label_in(label, catalog::default_label(track.language));
    if (!named)
        return named.error();
    auto file = catalog::read_caption_file(bytes);
    if (!file)
        return file.error();
    track.label = std::move(*named);
    track.cues = std::move(file->cues);
    return Read{std::move(track), {{"encoding", file->encoding}, {"notes", file->notes}}};
}

/// The cues of an editor; an empty label stands for the one that there is.
Result<Read> read_cues(const std::string& body, CaptionTrack track) {
    const auto fields = http::json_object(body);
    if (!fields)
        return fields.error();
    const auto found = fields->find("label");
    if (found != fields->end() && !found->is_string())
        return refuse(Refusal::invalid, "字幕の名前を読み取れませんでした。");
    auto label = label_in(found == fields->end() ? "" : found->get<std::string>(), "");
    if (!label)
        return label.error();
    auto cues = cues_in(*fields);
    if (!cues)
        return cues.error();
    track.label = std::move(*label);
    track.cues = std::move(*cues);
    return Read{.track = std::move(track), .seen = text_in(*fields, "version")};
}

/// The secretariat's work on captions.
class DeskCaptionApi {
  public:
    explicit DeskCaptionApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request& request, const Caller&) const {
        auto look = [id = id_in<VideoId>(request)](Catalog& catalog) -> Result<json> {
            if (!catalog.videos.find(id))
                return no_video();
            auto tracks = json::array();
            for (const auto& [language, label, cues, is_found] : catalog.captions.summaries_of(id))
                tracks.push_back({{"language", language},
                                  {"label", label},
                                  {"cues", cues},
                                  {"found", is_found}});
            return given({{"captions", std::move(tracks)}});
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)));
    }

    Task<Reply> show(const Request& request, const Caller&) const {
        // Many cues are much text: it is written there too.
        auto look = [id = id_in<VideoId>(request), language = language_in(request)](Catalog& catalog) {
            const auto track = catalog.captions.find(id, language);
            if (!track)
                return http::refusal(no_track());
            auto told = track_json(*track);
            told["version"] = version_of(*track);
            return http::json(Status::ok, told);
        };
        co_return co_await services_.readers.run(std::move(look));
    }

    Task<Reply> upload(const Request& request, const Caller& caller) const {
        auto read = [bytes = request.body(), track = track_of(request),
                     label = request.query("label").value_or("")](Catalog&) {
            return read_file(bytes, track, label);
        };
        auto taken = co_await services_.readers.run(std::move(read));
        Who who{caller.viewer.account, "captions.upload"};
        co_return co_await put(std::move(taken), std::move(who));
    }

    Task<Reply> edit(const Request& request, const Caller& caller) const {
        auto read = [body = request.body(), track = track_of(request)](Catalog&) {
            return read_cues(body, track);
        };
        auto taken = co_await services_.readers.run(std::move(read));
        Who who{caller.viewer.account, "captions.edit"};
        co_return co_await put(std::move(taken), std::move(who));
    }

    Task<Reply> replace(const Request& request, const Caller& caller) const {
        const auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        const auto from = word_in(*fields, "from");
        const auto to = word_in(*fields, "to");
        if (!from || !to)
            co_return http::refusal(
                refuse(Refusal::invalid, "置き換える言葉は、200字までで入力してください。"));
        auto change = [this, track = track_of(request), from = *from, to = *to,
                       seen = text_in(*fields, "version"),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto before = catalog.captions.find(track.video, track.language);
            if (!before)
                return no_track();
            if (const auto same = made_from(seen, version_of(*before), "字幕", Unseen::allowed); !same)
                return same.error();
            auto replaced = catalog::replaced(before->cues, from, to);
            if (!replaced)
                return replaced.error();
            auto after = *before;
            after.cues = std::move(replaced->cues);
            if (replaced->count > 0)
                write(catalog, after, {account, "captions.replace"},
                      {{"from", from}, {"to", to}, {"replaced", replaced->count}});
            return given({{"replaced", replaced->count}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        auto change = [this, track = track_of(request),
                       account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            const auto before = catalog.captions.find(track.video, track.language);
            if (!before)
                return no_track();
            catalog.transaction([&] {
                if (const auto gone = catalog.captions.remove(track.video, track.language); !gone)
                    throw std::runtime_error(gone.error().message);
                catalog.audit.append({services_.clock.now(),
                                      account,
                                      "captions.remove",
                                      track.video.text(),
                                      summary(*before).dump(),
                                      {}});
            });
            show_in_play(catalog, track.video);
            return {};
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

  private:
    struct Who {
        catalog::AccountId account;
        std::string action;
    };

    static CaptionTrack track_of(const Request& request) {
        return {.video = id_in<VideoId>(request), .language = language_in(request), .label = {}, .cues = {}};
    }

    /// A word to look for or to put in its place; nothing where it is none, or too long for one.
    static std::optional<std::string> word_in(const json& fields, const char* name) {
        constexpr std::size_t longest = 600;
        const auto found = fields.find(name);
        if (found == fields.end() || !found->is_string())
            return std::nullopt;
        auto word = found->get<std::string>();
        return word.size() <= longest ? std::optional(std::move(word)) : std::nullopt;
    }

    Task<Reply> put(Result<Read> read, Who who) const {
        if (!read)
            co_return http::refusal(read.error());
        auto change = [this, read = std::move(*read),
                       who = std::move(who)](Catalog& catalog) mutable -> Result<json> {
            auto& track = read.track;
            if (!catalog.videos.find(track.video))
                return no_video();
            if (!read.seen.empty()) {
                const auto before = catalog.captions.find(track.video, track.language);
                const auto now = before ? version_of(*before) : std::string();
                if (const auto same = made_from(read.seen, now, "字幕", Unseen::allowed); !same)
                    return same.error();
            }
            if (!catalog::is_language(track.language))
                return refuse(Refusal::invalid,
                              "字幕の言語は、ja や en のように指定してください。");
            if (track.label.empty())
                track.label = label_before(catalog, track);
            write(catalog, track, who, json::object());
            auto told = summary(track);
            told.update(read.more);
            return given(std::move(told));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    static std::string label_before(Catalog& catalog, const CaptionTrack& track) {
        for (const auto& known : catalog.captions.tracks_of(track.video))
            if (known.language == track.language)
                return known.label;
        return catalog::default_label(track.language);
    }

    /// Writes the captions, the audit log, and the play table: the next request sees them.
    void write(Catalog& catalog, const CaptionTrack& track, const Who& who, const json& how) const {
        std::string before;
        for (const auto& known : catalog.captions.summaries_of(track.video))
            if (known.language == track.language)
                before = json{{"language", known.language},
                              {"label", known.label},
                              {"cues", known.cues}}
                             .dump();
        auto after = summary(track);
        after.update(how);
        catalog.transaction([&] {
            catalog.captions.put(track);
            catalog.audit.append({services_.clock.now(), who.account, who.action,
                                  track.video.text(), before, after.dump()});
        });
        show_in_play(catalog, track.video);
    }

    void show_in_play(Catalog& catalog, const VideoId& video) const {
        if (auto playable = play::playable_video(catalog, video))
            services_.play_table.put(std::move(*playable));
    }

    Services& services_;
};

} // namespace

void add_desk_captions(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskCaptionApi api(services);
    const http::BodyRule file{http::BodyRule::Kind::any, catalog::largest_caption_file};
    // As JSON a file's text and times take more room.
    const http::BodyRule cues{http::BodyRule::Kind::json, 2 * catalog::largest_caption_file};
    const http::BodyRule words{http::BodyRule::Kind::json, 16 * 1024};
    const std::string all = "/api/desk/videos/{id}/captions";
    const std::string one = all + "/{language}";
    router.add({get, all, secretariat, handler(api, &DeskCaptionApi::list)});
    router.add({get, one, secretariat, handler(api, &DeskCaptionApi::show)});
    router.add({http::Method::put, one, secretariat, handler(api, &DeskCaptionApi::upload), file});
    router.add({http::Method::remove, one, secretariat, handler(api, &DeskCaptionApi::remove)});
    router.add({post, one + "/cues", secretariat, handler(api, &DeskCaptionApi::edit), cues});
    router.add(
        {post, one + "/replace", secretariat, handler(api, &DeskCaptionApi::replace), words});
}

} // namespace server::api
