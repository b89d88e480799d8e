#pragma once

#include "catalog/adviser_link.h"
#include "catalog/question.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Private links of advisers, and what was routed to each. A link's token is kept as its hash.
class AdviserLinkStore {
  public:
    explicit AdviserLinkStore(Connection& connection) : connection_(connection) {}

    /// The newest first.
    std::vector<AdviserLink> all();
    /// What was routed, by link; of each in the order in which it was asked.
    std::vector<RoutedQuestion> routed();
    std::vector<RoutedQuestion> routed_to(const AdviserLinkId& link);
    std::optional<AdviserLink> find(const AdviserLinkId& id);
    /// The link that a token opens; nothing where it has expired or was revoked.
    std::optional<AdviserLink> opened_by(const std::string& token_hash, time::UtcTime now);

    /// Refuses invalid: no name, one over 100 characters, no question; conflict: one that is published;
    /// not_found: one that is none.
    Result<void> add(const AdviserLink& link, const std::string& token_hash,
                     const std::vector<QuestionId>& questions);
    /// From now on it opens nothing; what was answered stays. Refuses not_found.
    Result<void> revoke(const AdviserLinkId& id, time::UtcTime now);
    /// Keeps an adviser's answer beside the question. Refuses not_found: it was not routed to that link; conflict: it is
    /// published; invalid: empty, or over `longest_answer` characters; try_later: more than `most_an_hour` were saved.
    Result<void> answer(const RoutedQuestion& answered, time::UtcTime now);
    static constexpr int longest_answer = 10'000;
    static constexpr int most_an_hour = 120;

  private:
    Connection& connection_;
};

} // namespace catalog::store
