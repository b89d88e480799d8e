#pragma once

#include "server/upload/checksum.h"
#include "server/upload/upload_file.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace server::upload {

/// Takes the bytes of one request to an upload's file. With a checksum they wait in a file beside
/// it until all are there and right, so that the upload never holds what nobody vouched for.
/// All but `gather` block.
class Intake {
  public:
    Intake(std::filesystem::path file, std::optional<Checksum> checksum);

    /// What has come and may be acknowledged.
    std::uint64_t durable() const { return file_.size(); }

    /// Copies bytes to memory. `is_full` says that they should be written before more are gathered.
    void gather(std::span<const std::byte> bytes);
    bool is_full() const { return gathered_.size() >= written_at_once; }
    void write();

    enum class Body { whole, cut_off };
    /// Writes what is left and makes it durable. False where a checksum does not match: then the
    /// upload is as it was before.
    bool finish(Body body);

  private:
    bool finish_checked(Body body);
    static constexpr std::size_t written_at_once = 1 << 20;
    static constexpr std::uint64_t synced_at_once = 64 << 20;

    std::filesystem::path path_;
    UploadFile file_;
    std::optional<Checksum> checksum_;
    std::optional<UploadFile> unchecked_;
    std::vector<std::byte> gathered_;
    std::uint64_t since_sync_ = 0;
};

} // namespace server::upload
