#pragma once

#include "server/handover/contents.h"

#include <map>
#include <string>
#include <string_view>

namespace server::handover {

/// Where things lie in a handover, as names in its folder.
class FileNames {
  public:
    explicit FileNames(const Contents& contents);

    static std::string page_of(const catalog::Session& session);
    static std::string page_of(const catalog::Video& video);
    static std::string page_of(const catalog::store::WatchReport& report);
    /// The same for spreadsheets.
    static std::string table_of(const catalog::store::WatchReport& report);
    /// The playlist that plays it: its recording's, or of a span one of its own.
    static std::string playlist_of(const catalog::Video& video);
    static std::string folder_of(const catalog::Recording& recording);
    static std::string file_of(const catalog::CaptionTrack& track);
    /// Readable: as its sender called it. Empty where it has no file.
    std::string file_of(const catalog::Material& material) const;

  private:
    std::map<catalog::MaterialId, std::string> materials_;
};

/// An address in a page at `depth` folders below the handover's.
std::string address(std::string_view name, int depth);

} // namespace server::handover
