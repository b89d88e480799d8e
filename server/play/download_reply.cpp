#include "server/play/download_reply.h"

#include "server/http/file_name.h"
#include "server/http/open_file.h"
#include "server/play/download_file.h"
#include "server/play/replies.h"

namespace server::play {

using catalog::Refusal;
using catalog::Result;
using http::Reply;

Result<Reply> download_reply(const VideoEntry& video, const std::filesystem::path& downloads) {
    if (video.download_name.empty() || !video.recording) {
        return nowhere();
    }
    if (video.whole && video.whole->is_withheld_in_part) {
        return withdrawn();
    }
    const auto folder = http::OpenFile::find_folder(downloads);
    auto file = folder ? http::OpenFile::find_in(*folder, download_file_of(*video.recording, video.clip))
                       : nullptr;
    if (!file) {
        return catalog::refuse(Refusal::not_found,
                               "ファイルはまだ用意されていません。動画のページからダウンロードしてください。");
    }
    Reply reply;
    reply.type = "video/mp4";
    reply.etag = '"' + file->version() + '"';
    reply.add("Content-Disposition", http::attachment(video.download_name));
    reply.add("Content-Security-Policy", "sandbox");
    const auto size = file->size();
    reply.body = http::FileSpan{.file = std::move(file), .offset = 0, .size = size};
    return reply;
}

} // namespace server::play
