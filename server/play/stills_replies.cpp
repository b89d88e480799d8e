#include "server/play/stills_replies.h"

namespace server::play {

namespace {

std::string_view type_of(std::string_view picture) {
    return picture.ends_with(".webp") ? "image/webp" : "image/jpeg";
}

/// `name` is that of the folder's list, not the asker's.
std::optional<http::Reply> picture(const http::OpenFile& folder, const std::string& name,
                                   const Freshness& fresh) {
    auto file = http::OpenFile::find_in(folder, without_revision(name));
    if (!file) {
        return std::nullopt;
    }
    http::Reply reply;
    reply.type = type_of(name);
    reply.etag = '"' + file->version() + '"';
    reply.cache_control = kept_for_good(fresh);
    const auto size = file->size();
    reply.body = http::FileSpan{.file = std::move(file), .offset = 0, .size = size};
    return reply;
}

} // namespace

std::optional<http::Reply> still(const Stills& stills, std::string_view name,
                                 const Freshness& fresh) {
    if (name == "thumbnails.vtt" && stills.thumbnails_text) {
        return text_reply(stills.thumbnails_text, webvtt_type, TextAge::ended, fresh);
    }
    if (name == "slides.json" && stills.slides_text) {
        return text_reply(stills.slides_text, "application/json", TextAge::ended, fresh);
    }
    if (stills.withdrawn.contains(name)) {
        return http::refusal(withdrawn());
    }
    const auto known = stills.pictures.find(name);
    return known == stills.pictures.end() ? std::nullopt
                                          : picture(*stills.folder, *known, fresh);
}

} // namespace server::play
