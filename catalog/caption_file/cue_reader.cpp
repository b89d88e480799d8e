#include "catalog/caption_file/cue_reader.h"

#include "catalog/caption_file.h"
#include "catalog/caption_file/cue_text.h"

#include <utility>

namespace catalog::caption_file {

namespace {

using Kind = CueTimes::Kind;

Error refuse_line(std::size_t line, const char* what) {
    return refuse(Refusal::invalid, std::to_string(line) + what);
}

bool is_head(std::string_view line) {
    constexpr std::string_view name = "WEBVTT";
    return line == name || line.starts_with("WEBVTT ") || line.starts_with("WEBVTT\t");
}

bool begins_comment(std::string_view line) {
    return line == "NOTE" || line.starts_with("NOTE ") || line.starts_with("NOTE\t") ||
           line == "STYLE" || line == "REGION";
}

/// The number that a line is; nothing where it is another line, or far from any count of cues.
std::optional<int> number_of(std::string_view text) {
    constexpr std::size_t longest = 8;
    if (!is_digits(text) || text.size() > longest) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

Result<std::vector<ReadCue>> CueReader::read() {
    skip_head();
    while (at_ < lines_.size()) {
        if (takes_comment()) {
            continue;
        }
        if (is_heading()) {
            number_ = number_of(line().text);
            is_behind_heading_ = true;
        } else if (const auto times = read_cue_times(line().text); are_meant(times)) {
            if (const auto begun = begin_cue(times); !begun) {
                return begun.error();
            }
        } else {
            add_text();
        }
        ++at_;
    }
    end_cue();
    if (begun_ == 0 && !is_webvtt_) {
        return refuse_line(lines_.front().number,
                           "行目から、字幕のファイル(SRTまたはWebVTT)の形になっていません。");
    }
    if (cues_.empty()) {
        return refuse(Refusal::invalid, "ファイルに、入れられる字幕が1つもありません。");
    }
    return std::move(cues_);
}

/// "WEBVTT", and what stands right below it.
void CueReader::skip_head() {
    is_webvtt_ = is_head(lines_.front().text);
    if (!is_webvtt_) {
        return;
    }
    ++at_;
    while (at_ < lines_.size() && !line().begins_block && !is_heading() &&
           read_cue_times(line().text).kind == Kind::none) {
        ++at_;
    }
}

/// Whether a comment began here; goes behind it.
bool CueReader::takes_comment() {
    if (!is_webvtt_ || !line().begins_block || !begins_comment(line().text)) {
        return false;
    }
    notes_.add(Notes::Kind::comments, line().number);
    do {
        ++at_;
    } while (at_ < lines_.size() && !line().begins_block);
    return true;
}

bool CueReader::is_next_number() const {
    const auto number = number_of(line().text);
    return number && number_ && *number == *number_ + 1;
}

/// Whether it is the number, or the identifier, of the cue whose times come next.
bool CueReader::is_heading() const {
    if (at_ + 1 == lines_.size() || read_cue_times(line().text).kind != Kind::none) {
        return false;
    }
    const Line& next = lines_[at_ + 1];
    const auto kind = read_cue_times(next.text).kind;
    if (kind == Kind::none) {
        return false;
    }
    if (is_digits(line().text)) {
        // Without a blank line before it, it may be the text of the cue that ends here.
        return line().begins_block || begun_ == 0 || (!next.begins_block && is_next_number());
    }
    return is_webvtt_ && line().begins_block && !next.begins_block && kind != Kind::arrow;
}

/// Whether a line of times is one here, and not text that speaks of times.
bool CueReader::are_meant(const CueTimes& times) const {
    const bool are_expected = is_behind_heading_ || line().begins_block;
    switch (times.kind) {
    case Kind::none:
        return false;
    case Kind::whole:
        return true;
    case Kind::coarse:
        return are_expected;
    case Kind::negative:
    case Kind::broken:
        return are_expected || times.is_certain;
    case Kind::arrow:
        return is_behind_heading_;
    }
    return false;
}

Result<void> CueReader::begin_cue(const CueTimes& times) {
    const std::size_t number = line().number;
    if (times.kind == Kind::negative) {
        return refuse_line(number, "行目の時刻が、0より前になっています。");
    }
    if (times.kind == Kind::broken || times.kind == Kind::arrow) {
        return refuse_line(number,
                           "行目の時刻を読み取れません(正しい例 00:01:23,450 --> 00:01:27,000)。");
    }
    if (times.end < times.start) {
        return refuse_line(number, "行目の字幕は、終わりの時刻が始まりの時刻より前です。");
    }
    if (begun_ == most_cues) {
        return refuse_line(number, "行目で字幕が10万件を超えるので、入れられません。");
    }
    end_cue();
    ++begun_;
    open_ = Open{{times.start, times.end, {}}, number};
    is_behind_heading_ = false;
    if (is_settings(times.rest)) {
        if (!times.rest.empty()) {
            notes_.add(Notes::Kind::settings, number);
        }
    } else {
        open_->cue.text = times.rest;
    }
    return {};
}

void CueReader::add_text() {
    is_behind_heading_ = false;
    const bool is_lost_number = at_ + 1 == lines_.size() && line().begins_block && is_next_number();
    if (!open_ || is_lost_number) {
        notes_.add(Notes::Kind::text_without_times, line().number);
        return;
    }
    std::string& text = open_->cue.text;
    if (!text.empty()) {
        if (line().begins_block) {
            notes_.add(Notes::Kind::blank_lines, line().number);
        }
        text += '\n';
    }
    text += line().text;
}

void CueReader::end_cue() {
    if (!open_) {
        return;
    }
    auto [cue, number] = std::move(*open_);
    open_.reset();
    CueText plain = plain_text(cue.text);
    if (plain.text.empty()) {
        notes_.add(Notes::Kind::no_text, number);
        return;
    }
    if (cue.start == cue.end) {
        notes_.add(Notes::Kind::no_length, number);
        return;
    }
    if (plain.had_markup) {
        notes_.add(Notes::Kind::markup, number);
    }
    cue.text = std::move(plain.text);
    cues_.push_back({std::move(cue), number});
}

} // namespace catalog::caption_file
