#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"
#include "catalog/material.h"
#include "catalog/series.h"
#include "catalog/video.h"

#include <optional>
#include <string_view>

namespace catalog {

/// What decides about a video or a material once inheritance is resolved.
struct Offering {
    bool published = false;
    Audience audience = Audience::registered;
    AvailabilityWindow window;
    SeriesId series;  ///< whose registrations count where the audience is `registered`

    friend bool operator==(const Offering&, const Offering&) = default;
};

/// `series` is the video's (or its session's), null where it belongs to none: then what it does not
/// set itself is the strictest: audience `registered` (nobody but the secretariat), window open.
Offering offering_of(const Video& video, const Series* series);

/// Whether what a material lies with is there for viewers. A session is from the start; a video has drafts.
enum class Owner { published, draft };
Owner owner(const Video& video);

/// `series` as above. A draft keeps its materials to itself, whatever they say and whoever knows their addresses.
Offering offering_of(const Material& material, const Series* series, Owner owner);

/// Whose setting a part of an offering is.
enum class SetBy { itself, series, nobody };
std::string_view to_text(SetBy who);  ///< "itself", "series", "nobody"

/// Whose settings `offering_of` took.
struct OfferingSources {
    SetBy audience = SetBy::nobody;
    SetBy window = SetBy::nobody;
    friend bool operator==(const OfferingSources&, const OfferingSources&) = default;
};
OfferingSources sources_of(const Video& video, const Series* series);
OfferingSources sources_of(const Material& material, const Series* series);

/// The one decision. Every answer about a video or a material asks it: page, API, playlist, init
/// section, segment, caption, material. Refusals, in this order:
/// not_found (not published), not_yet_open (`at`: opens), closed (`at`: closed),
/// sign_in_required, not_registered. The window comes before the audience, so that who is not
/// signed in is told first what no sign-in would change. The secretariat passes every audience and
/// no window: it looks at what is not open through its preview.
Result<void> admit(const Offering& offering, const Viewer& viewer, UtcTime now);

/// The window's part of the decision alone, for bytes behind a grant: the audience was decided
/// when the grant was given.
Result<void> admit_by_window(const Offering& offering, UtcTime now);

} // namespace catalog
