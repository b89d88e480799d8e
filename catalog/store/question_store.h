#pragma once

#include "catalog/question.h"
#include "catalog/result.h"

#include <map>
#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// Questions to the advisers, their answers, and the batches in which those are published.
class QuestionStore {
  public:
    explicit QuestionStore(Connection& connection) : connection_(connection) {}

    /// The newest first.
    std::vector<Question> all();
    std::optional<Question> find(const QuestionId& id);
    /// Those of one account, the newest first.
    std::vector<Question> of_account(const AccountId& account);
    /// Published ones about a video, by their places.
    std::vector<Question> published_of(const VideoId& video);
    /// Published ones, the newest batch first, in the order in which they were asked.
    std::vector<Question> published();
    /// When each batch was published.
    std::map<int, time::UtcTime> batches();

    /// Refuses invalid: no text, or more than 2,000 characters; try_later: more than `most_a_day` of an
    /// account within a day.
    Result<void> ask(const Question& question);
    static constexpr int most_a_day = 30;
    /// Refuses not_found; invalid: a text that is empty, or an answer that is published and would be.
    Result<void> edit(const QuestionId& id, const std::string& text, const std::string& answer);
    /// All of them as a new batch; gives its number. Refuses not_found; conflict: one without an answer, one
    /// that is published; invalid: none.
    Result<int> publish(const std::vector<QuestionId>& ids, time::UtcTime now);
    /// Refuses not_found.
    Result<void> remove(const QuestionId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
