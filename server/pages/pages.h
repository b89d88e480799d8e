#pragma once

#include "catalog/time/clock.h"
#include "server/api/opened_materials.h"
#include "server/catalog_thread.h"
#include "server/http/router.h"
#include "server/pages/library.h"

#include <filesystem>

namespace server::pages {

/// The pages for people and what they are made of. Made before the server starts; may be used by
/// any thread. Pages are read and rendered on the catalog's readers, never on a context's thread.
class Pages {
  public:
    /// `share`: the folder that the player's build made (`Share::folder_of_program`). All others
    /// outlive it. Throws std::runtime_error where something in it is missing, or the settings name
    /// no zone.
    Pages(const std::filesystem::path& share, const Settings::Site& site, CatalogReaders& readers,
          const play::PlayTable& table, const catalog::time::Clock& clock);

    /// The routes of pages and assets; they refer to this.
    /// `opened` is told who reads which handout.
    void add_routes(http::Router& router, const api::KeepOpened& opened) const;

    /// A refusal that the router makes, as a page where a person asked, else as JSON. Who has to sign in, or
    /// to set a second step, is led to where that is done.
    http::Reply refusal(const http::Request& request, const http::Caller& caller,
                        const catalog::Error& error) const;

  private:
    using Page = std::function<http::Reply(const Library&, const http::Request&)>;
    /// A route whose page is made from the catalog.
    http::Route from_catalog(std::string pattern, Page page) const;
    /// One that organisers do not read.
    http::Route of_secretariat(std::string pattern, Page page) const;
    http::Task<http::Reply> render(const http::Request& request, const http::Caller& caller,
                                   const Page& page) const;
    /// The site as the secretariat looks at it as somebody else: /desk/see-as/page.
    http::Route of_others() const;
    http::Task<http::Reply> render_as(const http::Request& request, const http::Caller& caller) const;
    /// The route of a handout's pages.
    http::Route of_handouts(api::KeepOpened opened) const;
    http::Task<http::Reply> read_handout(const http::Request& request, const http::Caller& caller,
                                         const api::KeepOpened& opened) const;
    Visit visit(const http::Request& request, const catalog::Viewer& viewer) const;

    Share share_;
    const Settings::Site& site_;
    catalog::time::Zone zone_;
    CatalogReaders& readers_;
    const play::PlayTable& table_;
    const catalog::time::Clock& clock_;
};

} // namespace server::pages
