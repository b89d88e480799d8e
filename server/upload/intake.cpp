#include "server/upload/intake.h"

#include <fstream>

namespace server::upload {
namespace {

std::filesystem::path unchecked_path(const std::filesystem::path& file) {
    return file.string() + ".unchecked";
}

} // namespace

Intake::Intake(std::filesystem::path file, std::optional<Checksum> checksum)
    : path_(std::move(file)), file_(path_), checksum_(std::move(checksum)) {
    gathered_.reserve(written_at_once);
    if (!checksum_)
        return;
    std::filesystem::remove(unchecked_path(path_));
    UploadFile::make(unchecked_path(path_), 0);
    unchecked_.emplace(unchecked_path(path_));
}

void Intake::gather(std::span<const std::byte> bytes) {
    gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
}

void Intake::write() {
    auto& target = unchecked_ ? *unchecked_ : file_;
    if (checksum_)
        checksum_->add(gathered_);
    target.append(gathered_);
    since_sync_ += gathered_.size();
    gathered_.clear();
    if (!unchecked_ && since_sync_ >= synced_at_once) {
        target.sync();
        since_sync_ = 0;
    }
}

bool Intake::finish(Body body) {
    if (checksum_)
        return finish_checked(body);
    write();
    file_.sync();
    return true;
}

bool Intake::finish_checked(Body body) {
    write();
    const bool is_right = body == Body::whole && checksum_->matches();
    if (is_right) {
        std::ifstream stream(unchecked_path(path_), std::ios::binary);
        std::vector<char> piece(written_at_once);
        while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
               stream.gcount() > 0)
            file_.append(std::as_bytes(
                std::span(piece).first(static_cast<std::size_t>(stream.gcount()))));
        file_.sync();
    }
    unchecked_.reset();
    std::filesystem::remove(unchecked_path(path_));
    return is_right || body == Body::cut_off;
}

} // namespace server::upload
