#include "catalog/media/multivariant_playlist.h"

#include "catalog/media/line_reader.h"

#include <map>
#include <tuple>

namespace catalog::media {

namespace {

enum class Form { file, served };

constexpr std::string_view file_ending = ".m3u8";
constexpr std::string_view served_ending = "/index.m3u8";
constexpr std::string_view i_frames_file_ending = "-iframes.m3u8";
constexpr std::string_view i_frames_served_ending = "/iframes.m3u8";

std::string address(const std::string& rendition, Form form) {
    return rendition + std::string(form == Form::file ? file_ending : served_ending);
}

/// A quoted string. What such a string cannot hold (RFC 8216bis 4.2: line breaks, double quotes;
/// other control characters help nobody) is replaced.
std::string quoted_string(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"') {
            result += '\'';
        } else {
            result += byte < 0x20 || byte == 0x7F ? ' ' : c;
        }
    }
    return result += '"';
}

std::string media_line(const AudioRendition& audio, bool is_default, Form form) {
    return "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=" + quoted_string(audio.name) +
           ",LANGUAGE=" + quoted_string(audio.language.empty() ? "und" : audio.language) +
           ",DEFAULT=" + (is_default ? "YES" : "NO") + ",AUTOSELECT=YES,CHANNELS=\"" +
           std::to_string(audio.channels) + "\",URI=\"" + address(audio.rendition, form) + "\"\n";
}

std::string variant_lines(const Variant& variant, bool with_audio, Form form) {
    std::string line = "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(variant.bandwidth.peak) +
                       ",AVERAGE-BANDWIDTH=" + std::to_string(variant.bandwidth.average) +
                       ",CODECS=" + quoted_string(variant.codecs);
    if (const auto& picture = variant.picture) {
        line += ",RESOLUTION=" + std::to_string(picture->width) + 'x' +
                std::to_string(picture->height) + ",FRAME-RATE=" + picture->frame_rate +
                ",VIDEO-RANGE=SDR";
    }
    if (with_audio) {
        line += ",AUDIO=\"audio\"";
    }
    line += ",CLOSED-CAPTIONS=NONE\n";
    return line + address(variant.rendition, form) + '\n';
}

std::string i_frames_line(const IFrameStream& stream, Form form) {
    const auto ending = form == Form::file ? i_frames_file_ending : i_frames_served_ending;
    return "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + std::to_string(stream.bandwidth.peak) +
           ",AVERAGE-BANDWIDTH=" + std::to_string(stream.bandwidth.average) +
           ",CODECS=" + quoted_string(stream.codecs) +
           ",RESOLUTION=" + std::to_string(stream.width) + 'x' + std::to_string(stream.height) +
           ",URI=\"" + stream.rendition + std::string(ending) + "\"\n";
}

std::string to_text(const MultivariantPlaylist& playlist, Form form) {
    // Version 1: nothing in here needs more (RFC 8216bis 8).
    std::string text = "#EXTM3U\n#EXT-X-VERSION:1\n#EXT-X-INDEPENDENT-SEGMENTS\n";
    bool has_default = false;
    for (const AudioRendition& audio : playlist.audio) {
        // At most one of a group is the default (RFC 8216bis 4.4.6.1).
        const bool is_default = !has_default && audio.choice == AudioRendition::Choice::standard;
        has_default = has_default || is_default;
        text += media_line(audio, is_default, form);
    }
    for (const Variant& variant : playlist.variants) {
        text += variant_lines(variant, !playlist.audio.empty(), form);
    }
    if (playlist.i_frames) {
        text += i_frames_line(*playlist.i_frames, form);
    }
    return text;
}

using Attributes = std::map<std::string, std::string, std::less<>>;

/// An attribute list, quotes taken off; nothing where it is none.
std::optional<Attributes> parse_attributes(std::string_view text) {
    Attributes attributes;
    while (!text.empty()) {
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string name(text.substr(0, equals));
        text.remove_prefix(equals + 1);
        const bool is_quoted = text.starts_with('"');
        text.remove_prefix(is_quoted ? 1 : 0);
        const auto end = text.find(is_quoted ? '"' : ',');
        if (is_quoted && end == std::string_view::npos) {
            return std::nullopt;
        }
        attributes.emplace(name, text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (is_quoted && text.starts_with(',')) {
            text.remove_prefix(1);
        }
    }
    return attributes;
}

std::string text_of(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

template <class Number> Number number_of(const Attributes& attributes, std::string_view name) {
    return parse_number<Number>(text_of(attributes, name)).value_or(Number{});
}

std::string rendition_named_by(std::string_view address, std::string_view ending = file_ending) {
    return std::string(address.ends_with(ending) ? address.substr(0, address.size() - ending.size())
                                                 : std::string_view{});
}

Bandwidth read_bandwidth(const Attributes& attributes) {
    return {number_of<std::uint64_t>(attributes, "BANDWIDTH"),
            number_of<std::uint64_t>(attributes, "AVERAGE-BANDWIDTH")};
}

/// "640x360"; zero where it is none.
std::pair<int, int> read_size(std::string_view resolution) {
    const auto times = std::min(resolution.find('x'), resolution.size() - 1);
    return {parse_number<int>(resolution.substr(0, times)).value_or(0),
            parse_number<int>(resolution.substr(times + 1)).value_or(0)};
}

AudioRendition read_audio(const Attributes& attributes) {
    AudioRendition audio;
    audio.rendition = rendition_named_by(text_of(attributes, "URI"));
    audio.language = text_of(attributes, "LANGUAGE");
    audio.name = text_of(attributes, "NAME");
    audio.channels = number_of<int>(attributes, "CHANNELS");
    audio.choice = text_of(attributes, "DEFAULT") == "YES" ? AudioRendition::Choice::standard
                                                           : AudioRendition::Choice::alternative;
    return audio;
}

Variant read_variant(const Attributes& attributes, std::string_view address) {
    Variant variant;
    variant.rendition = rendition_named_by(address);
    variant.bandwidth = read_bandwidth(attributes);
    variant.codecs = text_of(attributes, "CODECS");
    if (const std::string resolution = text_of(attributes, "RESOLUTION"); !resolution.empty()) {
        const auto [width, height] = read_size(resolution);
        variant.picture = Variant::Picture{
            .width = width,
            .height = height,
            .frame_rate = text_of(attributes, "FRAME-RATE"),
        };
    }
    return variant;
}

IFrameStream read_i_frames(const Attributes& attributes) {
    IFrameStream stream;
    stream.rendition = rendition_named_by(text_of(attributes, "URI"), i_frames_file_ending);
    stream.bandwidth = read_bandwidth(attributes);
    stream.codecs = text_of(attributes, "CODECS");
    if (const std::string resolution = text_of(attributes, "RESOLUTION"); !resolution.empty()) {
        std::tie(stream.width, stream.height) = read_size(resolution);
    }
    return stream;
}

/// What is read from any text; `parse_multivariant_file_text` compares it with what was written.
MultivariantPlaylist read(LineReader lines) {
    MultivariantPlaylist playlist;
    while (const auto line = lines.next()) {
        const auto colon = line->find(':');
        const auto attributes = colon == std::string_view::npos
                                    ? std::nullopt
                                    : parse_attributes(line->substr(colon + 1));
        if (!attributes) {
            continue;
        }
        const auto tag = line->substr(0, colon);
        if (tag == "#EXT-X-MEDIA") {
            playlist.audio.push_back(read_audio(*attributes));
        } else if (tag == "#EXT-X-STREAM-INF") {
            playlist.variants.push_back(read_variant(*attributes, lines.next().value_or("")));
        } else if (tag == "#EXT-X-I-FRAME-STREAM-INF") {
            playlist.i_frames = read_i_frames(*attributes);
        }
    }
    return playlist;
}

} // namespace

std::string to_file_text(const MultivariantPlaylist& playlist) {
    return to_text(playlist, Form::file);
}

std::string to_served_text(const MultivariantPlaylist& playlist) {
    return to_text(playlist, Form::served);
}

Result<MultivariantPlaylist> parse_multivariant_file_text(std::string_view text) {
    auto playlist = read(LineReader(text));
    if (playlist.variants.empty() || to_file_text(playlist) != text) {
        return refuse(Refusal::invalid, "this is no list of renditions");
    }
    return playlist;
}

} // namespace catalog::media
