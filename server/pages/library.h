#pragma once

#include "catalog/admission.h"
#include "catalog/store/catalog.h"
#include "server/pages/templates.h"
#include "server/pages/visit.h"
#include "server/play/play_table.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace server::pages {

/// What the catalog holds, read at most once for a page, and how each thing is told to who looks.
class Library {
  public:
    Library(catalog::store::Catalog& catalog, const play::PlayTable& table, const Visit& visit);

    const Visit& visit() const { return visit_; }
    const Words& words() const { return words_; }
    catalog::store::Catalog& catalog() const { return catalog_; }
    const std::vector<catalog::Series>& series() const { return series_; }
    const std::vector<catalog::Session>& sessions() const;
    const std::vector<catalog::Video>& videos() const;

    /// Null where there is none, or the id is empty.
    const catalog::Series* series_of(const catalog::Video& video) const;
    const catalog::Series* find(const catalog::SeriesId& id) const;
    const catalog::Session* find(const catalog::SessionId& id) const;
    const catalog::Video* find(const catalog::VideoId& id) const;
    catalog::Offering offering(const catalog::Video& video) const;

    /// The message of why who looks cannot have it though its window is open; empty where nothing is
    /// in the way.
    std::string_view obstacle(const catalog::Video& video) const;
    /// Whether it is open, and would play for who looks if they signed in.
    bool needs_sign_in(const catalog::Video& video) const;
    /// Whether there is something to play.
    bool is_ready(const catalog::Video& video) const;
    /// Whether there is, and more to come.
    bool is_growing(const catalog::Video& video) const;
    /// How long it is, or is planned to be; empty where nobody knows.
    std::string duration(const catalog::Video& video) const;

    /// href, title, number, speaker, field, duration, until, changes, changed_words, note.
    Data told(const catalog::Video& video) const;
    /// href and title.
    Data link_to(const catalog::Session& session) const;
    /// href, title, pages_href, pages_label, format, until, changes, changed_words, note: without href where it cannot be had,
    /// without pages_href where it has no pages. Of a draft, whoever reads the desk has it from there.
    Data told(const catalog::Material& material) const;
    List told(const std::vector<catalog::Material>& materials) const;
    /// The page of a session, video or material, by its id. Nothing where it is unknown or not public.
    std::optional<Data> link_to(const std::string& id) const;

  private:
    /// changes: when its window opens or closes next; changed_words: what is told of it from then on.
    void put_change(const catalog::AvailabilityWindow& window, Data& data) const;
    const catalog::Series* series_of(const catalog::Material& material) const;

    catalog::store::Catalog& catalog_;
    const play::PlayTable& table_;
    const Visit& visit_;
    Words words_;
    std::vector<catalog::Series> series_;
    // Read when they are first asked for: not every page is about all of them.
    mutable std::optional<std::vector<catalog::Session>> sessions_;
    mutable std::optional<std::vector<catalog::Video>> videos_;
};

std::string address_of(const catalog::Video& video);
std::string address_of(const catalog::Session& session);

} // namespace server::pages
