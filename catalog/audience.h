#pragma once

#include "catalog/id.h"
#include "catalog/municipality.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// Whom a video or a material is for.
enum class Audience {
    everybody,   ///< no sign-in
    staff,       ///< signed-in staff of any of the municipalities ("all62" in imported facts)
    registered,  ///< departments registered for the video's series
};

std::string_view to_text(Audience audience);  ///< "everybody", "staff", "registered"
std::optional<Audience> audience_from_text(std::string_view text);

/// Who asks. What a sign-in gives, resolved anew for each request.
struct Viewer {
    enum class Kind {
        anonymous,
        staff,
        adviser,      ///< sees what staff see
        organiser,    ///< reads what the secretariat sees, and changes nothing
        secretariat,
    };
    Kind kind = Kind::anonymous;
    AccountId account;                       ///< empty where anonymous
    std::string name;                        ///< empty where anonymous
    std::optional<Department> department;    ///< of staff
    std::vector<SeriesId> registered_series; ///< what that department is registered for

    /// Whether the desk, and with it what is not published, may be seen.
    bool reads_desk() const { return kind == Kind::secretariat || kind == Kind::organiser; }

    friend bool operator==(const Viewer&, const Viewer&) = default;
};

} // namespace catalog
