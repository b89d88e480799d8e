#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// A page of a handout, as it lies on disk and as it reads.
struct DocumentPage {
    int width = 0;     ///< of its picture, in pixels
    int height = 0;
    std::string text;  ///< empty where there is none

    friend bool operator==(const DocumentPage&, const DocumentPage&) = default;
};

/// What becomes of a handout's file: pages that are read one after another, and the work of making
/// them, leased by whoever does it. Of another file of the same handout it is made anew.
struct Document {
    enum class State {
        waiting,
        leased,
        ready,
        none,  ///< it has no pages; `why_not` says why
    };
    MaterialId material;
    std::string file;         ///< of which it is made; its pages lie under that name
    State state = State::waiting;
    std::string why_not;      ///< a sentence for people; empty but where there are none
    int pages = 0;            ///< 0 but where it is ready
    int attempts = 0;         ///< starts so far
    std::string lease_owner;  ///< empty but where leased
    std::optional<time::UtcTime> lease_until;
    std::optional<time::UtcTime> not_before;  ///< back-off after a crash

    friend bool operator==(const Document&, const Document&) = default;
};

std::string_view to_text(Document::State state);
std::optional<Document::State> document_state_from_text(std::string_view text);

/// The name of a page's picture in the document's folder: page-0001.jpg.
std::string picture_name(int number);

constexpr int most_document_pages = 500;

} // namespace catalog
