#pragma once

#include "catalog/time/zone.h"
#include "server/handover/file_names.h"
#include "server/handover/folder.h"
#include "server/pages/share.h"
#include "server/pages/words.h"
#include "server/settings.h"

#include <string>

namespace server::handover {

/// The pages of a handover. Addresses are relative and times absolute: nobody knows where, and in
/// which year, they are read.
class Pages {
  public:
    /// What is given outlives it; `folder` holds the media already.
    Pages(const Contents& contents, const FileNames& names, const Folder& folder,
          const pages::Share& share, const Settings::Site& site, catalog::time::UtcTime now);

    std::string index() const;
    std::string page_of(const catalog::Session& session) const;
    std::string page_of(const catalog::Video& video) const;
    std::string page_of(const catalog::store::WatchReport& report) const;

  private:
    using Data = pages::Data;
    using List = pages::List;

    /// What stands around each page's own.
    Data frame(const std::string& title, int depth) const;
    std::string rendered(const std::string& name, const Data& page) const;
    Data entry(const catalog::Session& session, int depth) const;
    Data entry(const catalog::Video& video, int depth) const;
    Data entry(const catalog::Material& material, int depth) const;
    /// Sessions or videos under the titles of their series.
    template <class Things> List groups(const Things& things) const;
    List notices() const;
    List reports() const;
    std::string title_of(const catalog::store::WatchReport& report) const;
    List links_of(const catalog::Notice& notice) const;
    template <class Id> List materials_of(const Id& owner, int depth) const;
    /// What plays, or why nothing does.
    void put_player(const catalog::Video& video, Data& page) const;
    std::string window_words(const catalog::AvailabilityWindow& window) const;
    std::string duration_of(const catalog::Video& video) const;

    const Contents& contents_;
    const FileNames& names_;
    const Folder& folder_;
    const pages::Share& share_;
    const Settings::Site& site_;
    const pages::Messages& messages_;
    catalog::time::Zone zone_;
    pages::Words words_;
    catalog::time::UtcTime now_;
};

} // namespace server::handover
