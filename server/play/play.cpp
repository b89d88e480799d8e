#include "server/play/play.h"

#include "catalog/media/served_playlist.h"
#include "server/access/verified_grants.h"
#include "server/play/directives.h"
#include "server/play/download_file.h"
#include "server/play/download_reply.h"
#include "server/play/stills_replies.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace server::play {

namespace {

using access::Grant;
using catalog::Error;
using catalog::Refusal;
using catalog::Result;
using catalog::time::UtcTime;
using http::Reply;

constexpr std::string_view prefix = "/play/";
constexpr std::string_view captions_folder = "captions/";
constexpr std::string_view stills_folder = "stills/";
/// All of the recording that a video shows a part of: of a preview alone.
constexpr std::string_view whole_folder = "whole/";
constexpr std::string_view playlist_type = "application/vnd.apple.mpegurl";

using catalog::media::MediaPlaylist;
using catalog::media::PartPosition;

/// What is asked for of a presentation.
struct Resource {
    std::string_view name;   ///< "v720/index.m3u8"
    std::string_view query;  ///< "_HLS_msn=17"; of what is live alone
};

/// "/play/<grant>/<video>/<resource>"
struct Address {
    std::string_view grant;
    std::string_view video;
    std::string_view resource;
};

std::optional<Address> address_of(std::string_view path) {
    if (!path.starts_with(prefix)) {
        return std::nullopt;
    }
    path.remove_prefix(prefix.size());
    const std::size_t grant_end = path.find('/');
    const std::size_t video_end =
        grant_end == std::string_view::npos ? grant_end : path.find('/', grant_end + 1);
    if (video_end == std::string_view::npos) {
        return Address{.grant = {}, .video = {}, .resource = {}};
    }
    return Address{.grant = path.substr(0, grant_end),
                   .video = path.substr(grant_end + 1, video_end - grant_end - 1),
                   .resource = path.substr(video_end + 1)};
}

Freshness freshness(const Grant& grant, const catalog::Offering& offering, UtcTime now) {
    if (grant.kind == Grant::Kind::preview) {
        return {.may_be_kept = false};
    }
    const UtcTime end = std::min(grant.expires, offering.window.closes.value_or(grant.expires));
    return {.left = std::chrono::floor<std::chrono::seconds>(end - now)};
}

Reply playlist(const std::shared_ptr<const http::StoredText>& text, bool ended,
               const Freshness& fresh) {
    return text_reply(text, playlist_type, ended ? TextAge::ended : TextAge::growing, fresh);
}

Reply bytes(const RenditionMedia& rendition, const catalog::media::ByteRange& range,
            std::string_view name, const Freshness& fresh) {
    Reply reply;
    reply.type = rendition.name.starts_with('a') ? "audio/mp4" : "video/mp4";
    reply.etag.reserve(rendition.tag.size() + name.size() + 1);
    reply.etag.append(rendition.tag).append(name).append("\"");
    reply.cache_control = kept_for_good(fresh);
    reply.body =
        http::FileSpan{.file = rendition.file, .offset = range.offset, .size = range.size};
    return reply;
}

/// What stands before ".m4s"; empty where that does not end it.
std::string_view stem_of(std::string_view name) {
    constexpr std::string_view extension = ".m4s";
    return name.ends_with(extension) ? name.substr(0, name.size() - extension.size())
                                     : std::string_view{};
}

/// "17" is 17; nothing for what is none, or has leading zeros: one address a segment.
std::optional<std::uint64_t> number_of(std::string_view name) {
    std::uint64_t number = 0;
    const char* end = name.data() + name.size();
    const auto [stopped, error] = std::from_chars(name.data(), end, number);
    const bool is_padded = name.size() > 1 && name.front() == '0';
    return name.empty() || is_padded || error != std::errc() || stopped != end
               ? std::nullopt
               : std::optional(number);
}

/// A name without the revision at its end: "17-r1" is 17, the first.
struct Revised {
    std::string_view name;
    unsigned revision = 0;
};

/// Nothing where what looks like a revision is none.
std::optional<Revised> revised(std::string_view name) {
    constexpr std::string_view mark = "-r";
    const std::size_t at = name.rfind(mark);
    if (at == std::string_view::npos) {
        return Revised{name};
    }
    const auto revision = number_of(name.substr(at + mark.size()));
    return revision && *revision > 0 && *revision <= std::numeric_limits<unsigned>::max()
               ? std::optional(Revised{name.substr(0, at), static_cast<unsigned>(*revision)})
               : std::nullopt;
}

/// "17.m4s" is a segment, "i17.m4s" an I-frame, "17-r1.m4s" one that was made anew; null for what is none
/// or is not listed. Refuses (withdrawn) what is withheld, and what was made anew since.
Result<const catalog::media::Segment*> segment_of(const RenditionMedia& rendition, std::string_view name) {
    const auto asked = revised(stem_of(name));
    if (!asked) {
        return nullptr;
    }
    const bool is_i_frame = asked->name.starts_with('i');
    const catalog::media::MediaPlaylist& list =
        is_i_frame ? rendition.i_frames : rendition.playlist;
    const auto number = number_of(is_i_frame ? asked->name.substr(1) : asked->name);
    const auto* segment = number ? list.find(*number) : nullptr;
    if (segment == nullptr || asked->revision > segment->revision.number) {
        return nullptr;
    }
    const bool is_given = segment->revision.given == catalog::media::Revision::Given::yes;
    return is_given && asked->revision == segment->revision.number
               ? Result<const catalog::media::Segment*>(segment)
               : withdrawn();
}

/// "17.2.m4s" is a part of a live recording; nothing for what is none.
std::optional<PartPosition> part_of(std::string_view name) {
    const std::string_view stem = stem_of(name);
    const std::size_t dot = stem.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = number_of(stem.substr(0, dot));
    const auto part = number_of(stem.substr(dot + 1));
    return number && part ? std::optional(PartPosition{*number, *part}) : std::nullopt;
}

/// A whole one, or the one that is open.
const catalog::media::Segment* find_segment(const MediaPlaylist& list, std::uint64_t number) {
    const bool is_open = list.open && number == list.first_number + list.segments.size();
    return is_open ? &*list.open : list.find(number);
}

const catalog::media::Part* find_part(const MediaPlaylist& list, const PartPosition& position) {
    const auto* segment = find_segment(list, position.number);
    return segment != nullptr && position.part < segment->parts.size()
               ? &segment->parts[position.part]
               : nullptr;
}

/// "init.mp4", or "init-17.mp4" of what segment 17 begins; "init-r1.mp4" one to which parameter sets were
/// added, which serves who has an older address as well. Null where it is none.
const catalog::media::ByteRange* find_init(const MediaPlaylist& list, std::string_view name) {
    constexpr std::string_view beginning = "init-";
    constexpr std::string_view extension = ".mp4";
    const auto asked = name.ends_with(extension) ? revised(name.substr(0, name.size() - extension.size()))
                                                 : std::nullopt;
    if (!asked || asked->revision > list.init_revision) {
        return nullptr;
    }
    if (asked->name == "init") {
        return &list.init;
    }
    const bool is_further = asked->name.starts_with(beginning);
    const auto number = is_further ? number_of(asked->name.substr(beginning.size())) : std::nullopt;
    const auto* segment = number ? find_segment(list, *number) : nullptr;
    return segment != nullptr && segment->head.init ? &*segment->head.init : nullptr;
}

/// Text that a live recording has now. Never kept: the next one comes within a second.
Result<Reply> live_playlist(const RenditionMedia& rendition, std::string_view query,
                            const Freshness& fresh) {
    const auto directives = directives_of(query);
    if (!directives) {
        return directives.error();
    }
    if (const auto checked = check_ahead(*directives, rendition.playlist); !checked) {
        return checked.error();
    }
    const bool is_delta = directives->form == Directives::Form::delta;
    return playlist(is_delta ? rendition.delta : rendition.index, false, fresh);
}

Result<Reply> of_rendition(const RecordingMedia& media, const RenditionMedia& rendition,
                           const Resource& asked, const Freshness& fresh) {
    const std::string_view name = asked.name;
    const catalog::media::MediaPlaylist& list = rendition.playlist;
    const auto segment = segment_of(rendition, name);
    if (!segment) {
        return segment.error();
    }
    if (*segment != nullptr) {
        return bytes(rendition, (*segment)->bytes, name.substr(0, name.find('.')), fresh);
    }
    if (name == "index.m3u8") {
        if (media.is_live) {
            return live_playlist(rendition, asked.query, fresh);
        }
        return playlist(rendition.index, media.ended, fresh);
    }
    if (name == "iframes.m3u8" && rendition.i_frame_index) {
        return playlist(rendition.i_frame_index, media.ended, fresh);
    }
    if (const auto* init = find_init(list, name)) {
        return bytes(rendition, *init, name.substr(0, name.find('.')), fresh);
    }
    if (const auto position = part_of(name)) {
        if (const auto* part = find_part(list, *position)) {
            return bytes(rendition, part->bytes, stem_of(name), fresh);
        }
    }
    return nowhere();
}

Result<Reply> captions(const VideoEntry& video, std::string_view name, const Freshness& fresh) {
    constexpr std::string_view extension = ".vtt";
    if (!name.ends_with(extension)) {
        return nowhere();
    }
    name.remove_suffix(extension.size());
    for (const VideoEntry::Captions& known : video.captions) {
        if (known.language == name) {
            return text_reply(known.text, webvtt_type, TextAge::ended, fresh);
        }
    }
    return nowhere();
}

/// Of a presentation of its own: the recording's, or that of sound and slides.
Result<Reply> of_presentation(const RecordingMedia& media, const Resource& asked,
                              const Freshness& fresh) {
    const std::string_view name = asked.name;
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) {
        if (name == "main.m3u8") {
            return playlist(media.main, media.ended, fresh);
        }
        if (name == "audio.m3u8" && media.audio) {
            return playlist(media.audio, media.ended, fresh);
        }
        return nowhere();
    }
    const RenditionMedia* rendition = media.rendition(name.substr(0, slash));
    return rendition != nullptr ? of_rendition(media, *rendition, {name.substr(slash + 1), asked.query}, fresh)
                                : Result<Reply>(nowhere());
}

Result<Reply> of_stills(const Stills& stills, std::string_view name, const Freshness& fresh) {
    if (auto reply = still(stills, name, fresh)) {
        return std::move(*reply);
    }
    return stills.show ? of_presentation(*stills.show, {name, {}}, fresh) : Result<Reply>(nowhere());
}

Result<Reply> of_media(const RecordingMedia& media, const Resource& asked, const Freshness& fresh) {
    const std::string_view name = asked.name;
    if (name.starts_with(stills_folder)) {
        return media.stills ? of_stills(*media.stills, name.substr(stills_folder.size()), fresh)
                            : Result<Reply>(nowhere());
    }
    return of_presentation(media, asked, fresh);
}

Result<Reply> resource(const VideoEntry& video, const Resource& asked, const Freshness& fresh) {
    const std::string_view name = asked.name;
    const bool is_preview = !fresh.may_be_kept;
    if (name.starts_with(whole_folder) && is_preview && video.whole) {
        return of_media(*video.whole, {name.substr(whole_folder.size()), asked.query}, fresh);
    }
    if (!video.media) {
        return catalog::refuse(Refusal::not_ready, "まだ準備中です。");
    }
    return name.starts_with(captions_folder)
               ? captions(video, name.substr(captions_folder.size()), fresh)
               : of_media(*video.media, asked, fresh);
}

/// How long is to be waited for it; nothing where it is there, or will never be.
std::optional<std::chrono::milliseconds> wait_for(const RecordingMedia& media,
                                                  const Resource& asked) {
    const std::size_t slash = std::min(asked.name.find('/'), asked.name.size());
    const auto* rendition = media.rendition(asked.name.substr(0, slash));
    if (rendition == nullptr || slash == asked.name.size()) {
        return std::nullopt;
    }
    const MediaPlaylist& list = rendition->playlist;
    const std::string_view name = asked.name.substr(slash + 1);
    if (name != "index.m3u8") {
        const auto part = part_of(name);
        const bool is_hinted = part && *part == catalog::media::next_part(list);
        return is_hinted ? std::optional<std::chrono::milliseconds>(
                               3 * std::chrono::seconds(list.target_duration))
                         : std::nullopt;
    }
    const auto directives = directives_of(asked.query);
    return directives && check_ahead(*directives, list) ? wait_of(*directives, list) : std::nullopt;
}

/// May the bytes be had now, whatever the grant says?
Result<void> admit_now(const VideoEntry& video, UtcTime now) {
    if (!video.offering.published) {
        return nowhere();
    }
    return catalog::admit_by_window(video.offering, now);
}

} // namespace

Play::Play(const PlayTable& table, const access::GrantKeys& keys,
           const access::LiveSessions& sessions, const catalog::time::Clock& clock,
           std::chrono::milliseconds grant_life, std::filesystem::path downloads)
    : table_(table), keys_(keys), sessions_(sessions), clock_(clock), grant_life_(grant_life),
      downloads_(std::move(downloads)) {}

/// A request for an address of a video.
struct Play::Asked {
    Address address;
    std::string_view query;
    std::shared_ptr<const VideoEntry> video;  ///< null where there is none
};

std::optional<Play::Asked> Play::asked(const http::Head& head) const {
    const bool only_looks = head.method == http::Method::get || head.method == http::Method::head;
    const auto address = only_looks ? address_of(head.raw_path()) : std::nullopt;
    if (!address) {
        return std::nullopt;
    }
    const std::size_t path = head.raw_path().size();
    return Asked{*address, head.target.substr(std::min(head.target.size(), path + 1)),
                 table_.find(address->video)};
}

Result<Freshness> Play::admit(const Asked& asked) const {
    if (!asked.video) {
        return nowhere();
    }
    const VideoEntry& video = *asked.video;
    const UtcTime now = clock_.now();
    thread_local access::VerifiedGrants verified;
    const auto grant = verified.read(keys_, asked.address.grant, asked.address.video);
    const bool is_preview = grant && grant->kind == Grant::Kind::preview;
    if (!is_preview) {
        if (const auto admitted = admit_now(video, now); !admitted) {
            return admitted.error();
        }
    }
    if (!grant) {
        return nowhere();
    }
    if (is_preview && !sessions_.contains(grant->session)) {
        return catalog::refuse(Refusal::forbidden,
                               "事務局のアカウントでサインインしてください。");
    }
    if (now >= grant->expires) {
        return catalog::refuse(Refusal::grant_expired,
                               "再生の許可が切れました。もう一度開いてください。");
    }
    return freshness(*grant, video.offering, now);
}

std::optional<Reply> Play::answer(const http::Head& head) const {
    const auto asked = this->asked(head);
    if (!asked) {
        return std::nullopt;
    }
    const auto fresh = admit(*asked);
    if (!fresh) {
        return http::refusal(fresh.error());
    }
    auto reply = asked->address.resource == download_address
                     ? download_reply(*asked->video, downloads_)
                     : resource(*asked->video, {asked->address.resource, asked->query}, *fresh);
    return reply ? std::move(*reply) : http::refusal(reply.error());
}

std::optional<std::chrono::milliseconds> Play::wait(const http::Head& head) const {
    const auto asked = this->asked(head);
    const bool may_wait = asked && asked->video && asked->video->media && asked->video->media->is_live;
    if (!may_wait || !admit(*asked)) {
        return std::nullopt;
    }
    return wait_for(*asked->video->media, {asked->address.resource, asked->query});
}

Grant Play::grant_for(const catalog::VideoId& video, const catalog::AvailabilityWindow& window,
                      const access::SessionTag& session) const {
    Grant grant;
    grant.video = video;
    grant.session = session;
    const UtcTime full = clock_.now() + grant_life_;
    grant.expires = std::min(full, window.closes.value_or(full));
    return grant;
}

Grant Play::preview_for(const catalog::VideoId& video, const access::SessionTag& session) const {
    Grant grant;
    grant.video = video;
    grant.session = session;
    grant.expires = clock_.now() + grant_life_;
    grant.kind = Grant::Kind::preview;
    return grant;
}

} // namespace server::play
