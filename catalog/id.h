#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace catalog {

/// A name that cannot be taken for another kind's. Names stand in addresses, so they are made of
/// ASCII letters, digits, '-' and '_' only (`is_valid_id`), at most 64 of them, and start with a
/// letter or a digit.
template <class Subject> class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }

    friend auto operator<=>(const Id&, const Id&) = default;

  private:
    std::string text_;
};

bool is_valid_id(std::string_view text);

using SeriesId = Id<struct Series>;
using SessionId = Id<struct Session>;
using ProgrammeItemId = Id<struct ProgrammeItem>;
using VideoId = Id<struct Video>;
using RecordingId = Id<struct Recording>;
using MaterialId = Id<struct Material>;
using NoticeId = Id<struct Notice>;
using UploadId = Id<struct Upload>;
using QuestionId = Id<struct Question>;
using JobId = Id<struct TranscodeJob>;
using AccountId = Id<struct Account>;
using WithdrawnSpanId = Id<struct WithdrawnSpan>;

} // namespace catalog

template <class Subject> struct std::hash<catalog::Id<Subject>> {
    std::size_t operator()(const catalog::Id<Subject>& id) const noexcept {
        return std::hash<std::string>{}(id.text());
    }
};
