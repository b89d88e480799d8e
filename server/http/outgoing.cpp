#include "server/http/outgoing.h"

#include "server/http/conditions.h"

#include <array>
#include <charconv>
#include <ctime>

namespace server::http {

namespace {

/// Below this a compressed text saves no packet.
constexpr std::size_t least_worth_compressing = 600;

void append_number(std::string& text, std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    text.append(digits.data(), written.ptr);
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

bool is_compressible(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("application/vnd.apple.mpegurl") ||
           type.starts_with("image/svg+xml") || type.starts_with("application/manifest+json") ||
           type.starts_with("application/xml") || type.starts_with("application/atom+xml");
}

/// The form of a body that this asker gets.
struct Chosen {
    std::string_view memory = {};
    std::string_view etag = {};
    std::uint64_t size = 0;
    bool is_compressed = false;
    bool varies = false;
};

Chosen choose_stored(const StoredText& text, bool wants_gzip) {
    const bool compressed = wants_gzip && !text.gzipped.empty();
    const std::string_view memory = compressed ? text.gzipped : text.plain;
    return {.memory = memory,
            .etag = compressed ? text.gzipped_etag : text.etag,
            .size = memory.size(),
            .is_compressed = compressed,
            .varies = !text.gzipped.empty()};
}

/// Compresses a body that is a string, in place, where that is worth it.
Chosen choose_text(Reply& reply, std::string& text, bool wants_gzip) {
    const bool varies = reply.compression == Compression::where_accepted &&
                        text.size() >= least_worth_compressing && is_compressible(reply.type);
    const bool compressed = varies && wants_gzip;
    if (compressed) {
        text = gzip(text);
        if (reply.etag.size() > 1) {
            reply.etag.insert(reply.etag.size() - 1, "-gz");
        }
    }
    return {.memory = text,
            .etag = reply.etag,
            .size = text.size(),
            .is_compressed = compressed,
            .varies = varies};
}

Chosen choose(Reply& reply, Body& body, bool wants_gzip) {
    if (const auto* stored = std::get_if<std::shared_ptr<const StoredText>>(&body)) {
        return choose_stored(**stored, wants_gzip);
    }
    if (auto* text = std::get_if<std::string>(&body)) {
        return choose_text(reply, *text, wants_gzip);
    }
    Chosen chosen;
    chosen.etag = reply.etag;
    if (const auto* span = std::get_if<FileSpan>(&body)) {
        chosen.size = span->size;
    }
    return chosen;
}

bool has_it(const Head& asked, std::string_view etag) {
    const auto known = asked.field("If-None-Match");
    return known && names_tag(*known, etag);
}

/// A part is given only of the version that the asker has the rest of.
RangeWish wish_of(const Head& asked, std::string_view etag, std::uint64_t size) {
    const auto range = asked.field("Range");
    if (!range || asked.method != Method::get) {
        return {};
    }
    const auto if_range = asked.field("If-Range");
    if (if_range && (*if_range != etag || etag.empty())) {
        return {};
    }
    return read_range(*range, size);
}

bool has_length(Status status) {
    return status != Status::no_content && status != Status::not_modified;
}

} // namespace

std::string security_fields(std::string_view frame_ancestors, bool behind_tls) {
    std::string fields = "X-Content-Type-Options: nosniff\r\n"
                         "Referrer-Policy: same-origin\r\n"
                         "Cross-Origin-Opener-Policy: same-origin\r\n"
                         "Cross-Origin-Resource-Policy: same-origin\r\n"
                         "Content-Security-Policy: default-src 'none'; script-src 'self'; "
                         "style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
                         "connect-src 'self'; font-src 'self'; base-uri 'none'; "
                         "form-action 'self'; frame-ancestors ";
    fields.append(frame_ancestors).append("\r\n");
    if (behind_tls) {
        fields += "Strict-Transport-Security: max-age=31536000\r\n";
    }
    return fields;
}

std::string fields_of_every_answer(std::chrono::system_clock::time_point now,
                                   std::string_view security) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> date{};
    // No locale is ever set, so that the names of days and months are the English ones.
    const std::size_t size =
        std::strftime(date.data(), date.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    return std::string(date.data(), size).append(security);
}

void prepare(Reply reply, const Head& asked, std::string_view every_answer, Afterwards afterwards,
             Outgoing& out) {
    out.owner = std::move(reply.body);
    const bool wants_gzip = accepts_gzip(asked.field("Accept-Encoding").value_or(""));
    Chosen chosen = choose(reply, out.owner, wants_gzip);
    const auto* file = std::get_if<FileSpan>(&out.owner);
    const bool asks = asked.method == Method::get || asked.method == Method::head;

    Range part{.offset = 0, .size = chosen.size};
    RangeWish wish;
    if (reply.status == Status::ok && asks && has_it(asked, chosen.etag)) {
        reply.status = Status::not_modified;
        part.size = 0;
    } else if (reply.status == Status::ok && file != nullptr) {
        wish = wish_of(asked, chosen.etag, chosen.size);
        if (wish.kind == RangeWish::Kind::satisfiable) {
            reply.status = Status::partial_content;
            part = wish.range;
        } else if (wish.kind == RangeWish::Kind::unsatisfiable) {
            reply.status = Status::range_not_satisfiable;
            part.size = 0;
        }
    }

    std::string& head = out.head;
    head.clear();
    head.append("HTTP/1.1 ").append(to_text(reply.status)).append("\r\n").append(every_answer);
    if (!reply.type.empty() && reply.status != Status::not_modified) {
        append_field(head, "Content-Type", reply.type);
    }
    if (has_length(reply.status)) {
        head.append("Content-Length: ");
        append_number(head, part.size);
        head.append("\r\n");
    }
    append_field(head, "Cache-Control",
                 reply.cache_control.empty() ? std::string_view("no-store") : reply.cache_control);
    if (!chosen.etag.empty()) {
        append_field(head, "ETag", chosen.etag);
    }
    if (chosen.is_compressed && reply.status != Status::not_modified) {
        append_field(head, "Content-Encoding", "gzip");
    }
    if (chosen.varies) {
        append_field(head, "Vary", "Accept-Encoding");
    }
    if (file != nullptr) {
        append_field(head, "Accept-Ranges", "bytes");
    }
    if (wish.kind != RangeWish::Kind::none) {
        head.append("Content-Range: bytes ");
        if (wish.kind == RangeWish::Kind::satisfiable) {
            append_number(head, part.offset);
            head.push_back('-');
            append_number(head, part.offset + part.size - 1);
        } else {
            head.push_back('*');
        }
        head.push_back('/');
        append_number(head, chosen.size);
        head.append("\r\n");
    }
    head.append(reply.fields);
    out.closes = afterwards == Afterwards::close || !asked.keeps_alive;
    if (out.closes) {
        append_field(head, "Connection", "close");
    }
    head.append("\r\n");

    const bool sends_body = asked.method != Method::head && part.size > 0;
    out.head_sent = 0;
    out.memory = sends_body && file == nullptr ? chosen.memory : std::string_view();
    out.offset = file != nullptr ? file->offset + part.offset : 0;
    out.remaining = sends_body && file != nullptr ? part.size : 0;
}

} // namespace server::http
