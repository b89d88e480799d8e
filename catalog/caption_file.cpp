#include "catalog/caption_file.h"

#include "catalog/caption_file/cue_order.h"
#include "catalog/caption_file/other_files.h"
#include "catalog/text/encoding.h"

#include <utility>

namespace catalog {

namespace {

using caption_file::Line;
using caption_file::Notes;

Error no_captions(std::string_view kind) {
    return refuse(Refusal::invalid, "これは" + std::string(kind) +
                                        "で、字幕のファイル(SRTまたはWebVTT)ではありません。");
}

} // namespace

Result<CaptionFile> read_caption_file(std::string_view bytes) {
    if (bytes.size() > largest_caption_file) {
        return refuse(Refusal::invalid, "字幕のファイルは20 MBまでです。");
    }
    if (const auto kind = caption_file::other_kind_of_file(bytes)) {
        return no_captions(*kind);
    }
    const auto decoded = text::decode(bytes);
    if (!decoded) {
        return decoded.error();
    }
    const std::vector<Line> lines = caption_file::lines_of(decoded->text);
    if (lines.empty()) {
        return refuse(Refusal::invalid, "ファイルが空です。");
    }
    if (lines.size() > caption_file::most_lines) {
        return refuse(Refusal::invalid, std::to_string(lines.back().number) +
                                            "行目までで行が多すぎるので、入れられません。");
    }
    Notes notes;
    auto read = caption_file::CueReader(lines, notes).read();
    if (!read) {
        return read.error();
    }
    auto cues = caption_file::in_order(std::move(*read), notes);
    return CaptionFile{std::move(cues), notes.in_words(), decoded->encoding};
}

} // namespace catalog
