#include "catalog/desk_table/session_table.h"

#include "catalog/desk_table/cells.h"
#include "catalog/desk_table/session_words.h"
#include "catalog/session_date.h"
#include "catalog/time/digits.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace catalog::desk_table {

namespace {

constexpr std::string_view id = "会合ID", series_title = "シリーズ", kind = "種類", number = "回", title = "題名",
                           status = "状態", first_day = "日付", last_day = "終わりの日", reception = "受付",
                           start = "開始", end = "終了", label = "日時の表示", venue = "会場",
                           venue_address = "会場の住所", participation = "参加方法", description = "説明",
                           cancel_reason = "中止の理由", replaced_by = "振替先の会合ID";
constexpr std::array columns{id,    series_title, kind,          number,        title,       status,
                             first_day, last_day, reception,     start,         end,         label,
                             venue, venue_address, participation, description,  cancel_reason, replaced_by};
constexpr std::array needed{title};
constexpr std::size_t longest_title = 600;

std::string day_cell(const std::optional<time::Date>& day) { return day ? time::format_date(*day) : ""; }

std::string time_cell(const std::optional<std::chrono::minutes>& time) {
    return time ? time::padded(time->count() / 60, 2) + ":" + time::padded(time->count() % 60, 2) : "";
}

/// Reads a line into a session, of which it keeps what no column names.
class LineReader {
  public:
    LineReader(const NamedCells& line, const std::vector<Series>& series, const time::Zone& zone)
        : line_(line), series_(series), zone_(zone) {}

    /// Refuses invalid: the first mistake of the line.
    Result<Session> read(Session session) {
        session.title = line_[title];
        if (session.title.empty() || session.title.size() > longest_title) {
            wrong("題名は1文字以上200文字以内で入力してください。");
        }
        read_words(session);
        read_number(session);
        read_date(session.when);
        for (const auto& [column, text] :
             {std::pair{venue, &session.venue}, {venue_address, &session.venue_address},
              {description, &session.description}, {cancel_reason, &session.cancel_reason}}) {
            *text = line_.find(column).value_or(*text);
        }
        if (const auto ids = line_.find(replaced_by)) {
            session.replaced_by.clear();
            for (const auto& each : words_in(*ids)) {
                session.replaced_by.emplace_back(each);
            }
        }
        if (mistake_) {
            return refuse(Refusal::invalid, *mistake_);
        }
        return session;
    }

  private:
    /// The first one of a line is told.
    void wrong(std::string message) {
        if (!mistake_) {
            mistake_ = std::move(message);
        }
    }

    void read_words(Session& session) {
        if (const auto said = line_.find(series_title)) {
            session.series = series_named(*said);
        }
        if (const auto said = line_.find(kind); said && !said->empty()) {
            session.kind = word_for(session_kinds, *said).value_or(*said);
        }
        if (const auto said = line_.find(status); said && !said->empty()) {
            if (const auto word = word_for(session_statuses, *said)) {
                session.status = session_status_from_text(*word).value();
            } else {
                wrong("状態は「調整中」「開催予定」「開催済み」「中止」のどれかにしてください。");
            }
        }
        if (const auto said = line_.find(participation)) {
            session.participation.clear();
            for (const auto& way : words_in(*said)) {
                if (const auto word = word_for(ways_to_take_part, way)) {
                    session.participation.push_back(*word);
                } else {
                    wrong("参加方法に「" + way + "」はありません。");
                }
            }
        }
    }

    SeriesId series_named(const std::string& said) {
        if (said.empty()) {
            return {};
        }
        const auto is = [&said](const Series& each) { return each.title == said || each.id.text() == said; };
        const auto found = std::ranges::find_if(series_, is);
        if (found == series_.end()) {
            wrong("「" + said + "」というシリーズはありません。");
            return {};
        }
        if (std::ranges::count_if(series_, is) > 1) {
            wrong("「" + said + "」というシリーズは2つあります。IDで指定してください。");
        }
        return found->id;
    }

    void read_number(Session& session) {
        const auto said = line_.find(number);
        if (!said) {
            return;
        }
        session.number.reset();
        if (said->empty()) {
            return;
        }
        int count = 0;
        const auto [rest, error] = std::from_chars(said->data(), said->data() + said->size(), count);
        if (error != std::errc() || rest != said->data() + said->size() || count < 1 || count > 999) {
            wrong("回は1から999までの数にしてください。");
        }
        session.number = count;
    }

    /// All of a date is said together, as its precision follows from what is said. What says nothing new stays.
    void read_date(SessionDate& when) {
        if (!line_.find(first_day)) {
            return;
        }
        const SaidDate said{
            .first_day = day(first_day),
            .last_day = day(last_day),
            .reception = time_of_day(reception),
            .start = time_of_day(start),
            .end = time_of_day(end),
            .label = line_.find(label).value_or(when.label),
        };
        if (said == said_date(when, zone_)) {
            return;
        }
        if (auto read = session_date(said, zone_)) {
            when = std::move(*read);
        } else {
            wrong(read.error().message);
        }
    }

    std::optional<time::Date> day(std::string_view column) {
        const auto said = line_[column];
        const auto date = date_in(said);
        if (!said.empty() && !date) {
            wrong(std::string(column) + "「" + said + "」を読めません。2021/10/29のように書いてください。");
        }
        return date;
    }

    std::optional<std::chrono::minutes> time_of_day(std::string_view column) {
        const auto said = line_[column];
        const auto time = time_of_day_in(said);
        if (!said.empty() && !time) {
            wrong(std::string(column) + "「" + said + "」を読めません。13:30のように書いてください。");
        }
        return time;
    }

    const NamedCells& line_;
    const std::vector<Series>& series_;
    const time::Zone& zone_;
    std::optional<std::string> mistake_;
};

std::vector<CellChange> differences(const text::CsvRow& before, const text::CsvRow& after) {
    std::vector<CellChange> cells;
    // The id is no change that anybody made.
    for (std::size_t at = 1; at < after.size(); ++at) {
        const auto& was = before.empty() ? std::string() : before[at];
        if (was != after[at]) {
            cells.push_back({std::string(columns.at(at)), was, after[at]});
        }
    }
    return cells;
}

Session fresh_session() {
    Session session;
    session.kind = "meeting";
    return session;
}

/// Replacements may be further down, so they are looked for when all is read.
void check_replacements(const std::vector<Session>& known, SessionReading& reading) {
    for (std::size_t at = 0; at < reading.changed.size(); ++at) {
        const auto& session = reading.changed[at];
        for (const auto& other : session.replaced_by) {
            const bool is_known = std::ranges::find(known, other, &Session::id) != known.end();
            if (!is_known || other == session.id) {
                reading.mistakes.push_back({reading.changes[at].line, "振替先「" + other.text() + "」という会合はありません。"});
            }
        }
    }
}

} // namespace

const std::vector<std::string>& session_columns() {
    static const std::vector<std::string> names(columns.begin(), columns.end());
    return names;
}

text::CsvRow session_cells(const Session& session, const std::vector<Series>& series, const time::Zone& zone) {
    const auto of = std::ranges::find(series, session.series, &Series::id);
    std::vector<std::string> ways;
    for (const auto& way : session.participation) {
        ways.push_back(said(ways_to_take_part, way));
    }
    std::vector<std::string> replacements;
    for (const auto& other : session.replaced_by) {
        replacements.push_back(other.text());
    }
    const auto when = said_date(session.when, zone);
    return {session.id.text(),
            of == series.end() ? "" : of->title,
            said(session_kinds, session.kind),
            session.number ? std::to_string(*session.number) : "",
            session.title,
            said(session_statuses, to_text(session.status)),
            day_cell(when.first_day),
            day_cell(when.last_day),
            time_cell(when.reception),
            time_cell(when.start),
            time_cell(when.end),
            when.label,
            session.venue,
            session.venue_address,
            joined(ways),
            session.description,
            session.cancel_reason,
            joined(replacements)};
}

std::string sessions_csv(const std::vector<Session>& sessions, const std::vector<Series>& series,
                         const time::Zone& zone) {
    std::string table(text::byte_order_mark);
    table += text::csv_line(session_columns());
    for (const auto& session : sessions) {
        table += text::csv_line(session_cells(session, series, zone));
    }
    return table;
}

Result<SessionReading> read_sessions(std::string_view bytes, const std::vector<Session>& known,
                                     const std::vector<Series>& series, const time::Zone& zone) {
    const auto lines = read_named_cells(bytes, columns, needed);
    if (!lines) {
        return lines.error();
    }
    SessionReading reading;
    std::set<std::string> seen;
    for (const auto& line : *lines) {
        const auto named = line[id];
        const bool is_new = named.empty();
        const auto found = std::ranges::find(known, SessionId(named), &Session::id);
        if (!is_new && found == known.end()) {
            reading.mistakes.push_back(
                {line.line, "「" + named + "」という会合はありません。新しい会合は、会合IDを空欄にしてください。"});
            continue;
        }
        if (!is_new && !seen.insert(named).second) {
            reading.mistakes.push_back({line.line, "「" + named + "」の会合が2度書かれています。"});
            continue;
        }
        const auto before = is_new ? fresh_session() : *found;
        auto after = LineReader(line, series, zone).read(before);
        if (!after) {
            reading.mistakes.push_back({line.line, after.error().message});
            continue;
        }
        auto cells = differences(is_new ? text::CsvRow() : session_cells(before, series, zone),
                                 session_cells(*after, series, zone));
        if (cells.empty()) {
            ++reading.unchanged;
            continue;
        }
        reading.changes.push_back({line.line, is_new ? TableChange::Kind::added : TableChange::Kind::changed,
                                   after->title, std::move(cells)});
        reading.changed.push_back(std::move(*after));
    }
    check_replacements(known, reading);
    return reading;
}

} // namespace catalog::desk_table
