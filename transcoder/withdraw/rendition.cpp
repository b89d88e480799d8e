#include "transcoder/withdraw/rendition.h"

#include "transcoder/folder/boxes.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/text_file.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

namespace transcoder::withdraw {

namespace {

using catalog::media::ByteRange;
using catalog::media::MediaPlaylist;
using catalog::media::Segment;

MediaPlaylist read_index(const std::filesystem::path& path) {
    const auto text = folder::read_text(path);
    auto index = catalog::media::parse_file_text(text.value_or(""));
    if (!index || index->age != MediaPlaylist::Age::ended)
        folder::cannot_be_read_back();
    return std::move(*index);
}

/// All that an index names, in the order in which it lies in the file.
std::vector<ByteRange*> pieces_of(MediaPlaylist& index) {
    std::vector<ByteRange*> pieces{&index.init};
    for (Segment& segment : index.segments) {
        if (segment.head.init)
            pieces.push_back(&*segment.head.init);
        pieces.push_back(&segment.bytes);
    }
    std::ranges::sort(pieces, {}, [](const ByteRange* piece) { return piece->offset; });
    return pieces;
}

} // namespace

Rendition::Rendition(const std::filesystem::path& folder, std::string name)
    : folder_(folder), name_(std::move(name)), index_(read_index(folder_ / (name_ + ".m3u8"))),
      file_(av::SourceFile::open(folder_ / index_.file)) {}

std::string Rendition::bytes(const ByteRange& range) const {
    std::string bytes(range.size, '\0');
    const auto room = std::as_writable_bytes(std::span(bytes));
    for (std::size_t done = 0; done < bytes.size();) {
        const auto got = file_.read(range.offset + done, room.subspan(done));
        if (got == 0)
            folder::cannot_be_read_back();
        done += got;
    }
    return bytes;
}

ByteRange Rendition::init_of(std::size_t at) const {
    ByteRange init = index_.init;
    for (std::size_t before = 0; before <= at; ++before)
        init = index_.segments.at(before).head.init.value_or(init);
    return init;
}

std::string Rendition::playable(std::size_t first, std::size_t last) const {
    auto all = bytes(init_of(first));
    for (std::size_t at = first; at < last; ++at)
        all += bytes(index_.segments.at(at).bytes);
    return all;
}

std::chrono::microseconds Rendition::begin_of(std::size_t at) const {
    std::chrono::microseconds begin{0};
    for (std::size_t before = 0; before < at; ++before)
        begin += index_.segments.at(before).duration;
    return begin;
}

std::size_t Rendition::segment_at(std::chrono::microseconds instant) const {
    std::chrono::microseconds end{0};
    for (std::size_t at = 0; at < index_.segments.size(); ++at) {
        end += index_.segments[at].duration;
        if (instant < end)
            return at;
    }
    return index_.segments.size() - 1;
}

void Rendition::exchange(const Exchanged& exchanged) {
    constexpr std::uint64_t at_once = 4 << 20;
    const auto path = folder_ / index_.file;
    auto fresh = path;
    fresh += ".new";
    auto index = index_;
    {
        folder::AppendFile file(fresh, 0);
        ByteRange before{};
        ByteRange before_now{};
        for (ByteRange* piece : pieces_of(index)) {
            // An init section may be named more than once.
            if (before.size > 0 && *piece == before) {
                *piece = before_now;
                continue;
            }
            before = *piece;
            const auto offset = file.size();
            if (const auto other = exchanged.find(piece->offset); other != exchanged.end())
                file.append(other->second);
            else
                for (std::uint64_t done = 0; done < piece->size; done += at_once)
                    file.append(bytes({piece->offset + done, std::min(at_once, piece->size - done)}));
            *piece = {offset, file.size() - offset};
            before_now = *piece;
        }
        file.sync();
    }
    std::filesystem::rename(fresh, path);
    folder::sync_folder(folder_);
    folder::replace_file(folder_ / (name_ + ".m3u8"), catalog::media::to_file_text(index));
    index_ = std::move(index);
    file_ = av::SourceFile::open(path);
}

std::vector<FragmentFacts> fragments_in(std::string_view segment) {
    std::vector<FragmentFacts> all;
    for (folder::Fields boxes(segment); !boxes.empty();) {
        const auto header = folder::take_header(boxes);
        const auto body = boxes.take(header.size - folder::box_header);
        if (header.type != "moof")
            continue;
        FragmentFacts facts;
        folder::Fields number(folder::body_at(body, "mfhd"));
        number.u32();
        facts.number = static_cast<int>(number.u32()) - 1;
        folder::Fields time(folder::body_at(body, "traf/tfdt"));
        facts.decoded = static_cast<std::int64_t>(time.u32() >> 24U == 1 ? time.u64() : time.u32());
        folder::Fields run(folder::body_at(body, "traf/trun"));
        run.u32();
        facts.samples = run.u32();
        all.push_back(facts);
    }
    if (all.empty())
        folder::cannot_be_read_back();
    return all;
}

} // namespace transcoder::withdraw
