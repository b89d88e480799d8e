#pragma once

#include "catalog/id.h"
#include "catalog/municipality.h"
#include "catalog/time/utc_time.h"

#include <chrono>
#include <optional>
#include <string>

namespace catalog {

/// What somebody asked the advisers, and what they answered. Published answers name nobody who asked.
struct Question {
    QuestionId id;
    VideoId video;                                ///< empty: at large
    std::optional<std::chrono::milliseconds> at;  ///< the place of the video that it is about
    AccountId account;                            ///< who asked; empty: the account is gone
    std::optional<Department> department;         ///< of who asked
    time::UtcTime asked;
    std::string text;
    std::string answer;                           ///< empty: not answered yet
    std::optional<int> batch;                     ///< 第2回回答; nothing: not published

    friend bool operator==(const Question&, const Question&) = default;
};

} // namespace catalog
