#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <optional>
#include <string>

namespace catalog {

using AdviserLinkId = Id<struct AdviserLink>;

/// A private link by which an adviser without an account answers the questions that were routed to them.
struct AdviserLink {
    AdviserLinkId id;
    std::string adviser;                 ///< the adviser's name, as the secretariat wrote it
    time::UtcTime made;
    time::UtcTime expires;               ///< from then on it opens nothing
    std::optional<time::UtcTime> revoked;

    friend bool operator==(const AdviserLink&, const AdviserLink&) = default;
};

/// A question that an adviser was asked to answer.
struct RoutedQuestion {
    AdviserLinkId link;
    QuestionId question;
    std::string answer;                     ///< the adviser's; empty: none yet. The secretariat takes it over, or not
    std::optional<time::UtcTime> answered;

    friend bool operator==(const RoutedQuestion&, const RoutedQuestion&) = default;
};

} // namespace catalog
