#include "catalog/clip.h"

#include <algorithm>

namespace catalog {

namespace {

using Time = Clip::Time;

constexpr std::size_t most_cuts = 50;
constexpr Time least = std::chrono::seconds(1);

/// In their order, those that meet or overlap as one.
std::vector<Span> joined(std::vector<Span> spans) {
    std::ranges::sort(spans, {}, &Span::begin);
    std::vector<Span> all;
    for (const Span& span : spans) {
        if (!all.empty() && span.begin <= all.back().end) {
            all.back().end = std::max(all.back().end, span.end);
        } else {
            all.push_back(span);
        }
    }
    return all;
}

} // namespace

Clip::Clip(const std::optional<Span>& span, std::vector<Span> cuts) {
    Span left = span.value_or(Span{Time(0), open_end});
    for (const Span& cut : joined(std::move(cuts))) {
        if (cut.begin > left.begin) {
            pieces_.push_back({left.begin, std::min(cut.begin, left.end)});
        }
        left.begin = std::max(left.begin, cut.end);
        if (left.begin >= left.end) {
            return;
        }
    }
    pieces_.push_back(left);
}

bool Clip::is_whole() const {
    return pieces_.size() == 1 && pieces_.front() == Span{Time(0), open_end};
}

std::optional<Time> Clip::shown(Time recorded) const {
    Time before(0);
    for (const Span& piece : pieces_) {
        if (recorded < piece.begin) {
            return std::nullopt;
        }
        if (recorded < piece.end) {
            return before + (recorded - piece.begin);
        }
        before += piece.end - piece.begin;
    }
    return std::nullopt;
}

Time Clip::nearest(Time recorded) const {
    Time before(0);
    for (const Span& piece : pieces_) {
        if (recorded < piece.end) {
            return before + std::max(recorded - piece.begin, Time(0));
        }
        before += piece.end - piece.begin;
    }
    return before;
}

Time Clip::recorded(Time shown) const {
    for (const Span& piece : pieces_) {
        if (piece.end == open_end || shown < piece.end - piece.begin) {
            return piece.begin + shown;
        }
        shown -= piece.end - piece.begin;
    }
    return pieces_.empty() ? Time(0) : pieces_.back().end;
}

std::vector<Span> Clip::recorded(const Span& shown) const {
    std::vector<Span> parts;
    Time before(0);
    for (const Span& piece : pieces_) {
        const bool is_open = piece.end == open_end;
        const Time from = std::max(shown.begin - before, Time(0));
        const Time to = is_open ? shown.end - before
                                : std::min(shown.end - before, piece.end - piece.begin);
        if (from < to) {
            parts.push_back({piece.begin + from, piece.begin + to});
        }
        if (is_open) {
            break;
        }
        before += piece.end - piece.begin;
    }
    return parts;
}

std::optional<Time> Clip::length(const std::optional<Time>& whole) const {
    Time length(0);
    for (const Span& piece : pieces_) {
        if (piece.end == open_end && !whole) {
            return std::nullopt;
        }
        length += std::max(std::min(piece.end, whole.value_or(piece.end)) - piece.begin, Time(0));
    }
    return length;
}

Result<ClipWish> checked(ClipWish wish, Time whole) {
    const Span span = wish.span.value_or(Span{Time(0), whole});
    if (span.begin < Time(0) || span.end <= span.begin) {
        return refuse(Refusal::invalid, "終わりは、始まりより後にしてください。");
    }
    if (span.begin >= whole) {
        return refuse(Refusal::invalid, "始まりが、録画の終わりより後になっています。");
    }
    if (wish.cuts.size() > most_cuts) {
        return refuse(Refusal::invalid, "省く部分は50か所までです。");
    }
    for (const Span& cut : wish.cuts) {
        if (cut.begin < Time(0) || cut.end <= cut.begin) {
            return refuse(Refusal::invalid, "省く部分の終わりは、その始まりより後にしてください。");
        }
        if (cut.end <= span.begin || cut.begin >= std::min(span.end, whole)) {
            return refuse(Refusal::invalid, "省く部分が、表示する範囲の外にあります。");
        }
    }
    wish.cuts = joined(std::move(wish.cuts));
    const bool is_all = span.begin == Time(0) && span.end >= whole;
    wish.span = is_all ? std::nullopt : std::optional(Span{span.begin, std::min(span.end, whole)});
    if (Clip(wish.span, wish.cuts).length(whole).value_or(least) < least) {
        return refuse(Refusal::invalid, "表示する部分が残りません。1秒以上を残してください。");
    }
    return wish;
}

} // namespace catalog
