#include "catalog/desk_table/programme_table.h"

#include "catalog/desk_table/cells.h"
#include "catalog/desk_table/session_words.h"
#include "catalog/random_id.h"
#include "catalog/text/csv.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace catalog::desk_table {

namespace {

constexpr std::string_view session_id = "会合ID", session_title = "会合", order = "順", item_id = "項目ID", kind = "種類",
                           title = "題名", speaker = "登壇者", note = "備考", sub_items = "内訳";
constexpr std::array columns{session_id, session_title, order, item_id, kind, title, speaker, note, sub_items};
constexpr std::array needed{title};
constexpr std::size_t longest_line = 600;
constexpr std::size_t most_items = 100;
constexpr int greatest_order = 999;

/// A line of the cell each: what a line says may hold whatever stands between words elsewhere.
std::string in_lines(const std::vector<std::string>& lines) {
    std::string cell;
    for (const auto& line : lines) {
        cell += (cell.empty() ? "" : "\n") + line;
    }
    return cell;
}

/// What is said of an item, by its columns; its place is told apart.
text::CsvRow cells_of(const ProgrammeItem& item) {
    const auto& label = item.kind_label;
    return {label.empty() ? said(item_kinds, item.kind) : label, item.title, item.speaker, item.note, in_lines(item.sub_items)};
}
constexpr std::array told_columns{kind, title, speaker, note, sub_items};

/// An item as a line has it.
struct ReadItem {
    std::size_t line;
    int order;  ///< its own, or that of the line above it
    ProgrammeItem item;
};

/// The lines of one session, in the order in which they name it first.
struct ReadProgramme {
    const Session* session;
    std::vector<ReadItem> items;
};

/// Reads lines one after the other into programmes.
class LineReader {
  public:
    LineReader(const std::vector<Session>& known, std::vector<TableMistake>& mistakes) : known_(known), mistakes_(mistakes) {}

    void read(const NamedCells& line) {
        const auto* session = session_of(line);
        if (session == nullptr) {
            return;
        }
        auto& programme = programme_of(*session);
        auto item = item_of(line, *session);
        const auto place = order_of(line, programme);
        if (!item || !place) {
            return;
        }
        programme.items.push_back({line.line, *place, std::move(*item)});
    }

    std::vector<ReadProgramme> programmes() && { return std::move(programmes_); }

  private:
    void wrong(const NamedCells& line, std::string message) { mistakes_.push_back({line.line, std::move(message)}); }

    const Session* session_of(const NamedCells& line) {
        if (const auto named = line[session_id]; !named.empty()) {
            const auto found = std::ranges::find(known_, SessionId(named), &Session::id);
            if (found == known_.end()) {
                wrong(line, "「" + named + "」という会合はありません。");
                return nullptr;
            }
            return &*found;
        }
        const auto called = line[session_title];
        const auto found = std::ranges::find(known_, called, &Session::title);
        if (called.empty() || found == known_.end()) {
            wrong(line, called.empty() ? "会合IDか会合の題名を入力してください。" : "「" + called + "」という会合はありません。");
            return nullptr;
        }
        if (std::ranges::count(known_, called, &Session::title) > 1) {
            wrong(line, "「" + called + "」という会合は2つ以上あります。会合IDで指定してください。");
            return nullptr;
        }
        return &*found;
    }

    ReadProgramme& programme_of(const Session& session) {
        const auto is = [&session](const ReadProgramme& each) { return each.session == &session; };
        const auto found = std::ranges::find_if(programmes_, is);
        return found == programmes_.end() ? programmes_.emplace_back(ReadProgramme{&session, {}}) : *found;
    }

    std::optional<ProgrammeItem> item_of(const NamedCells& line, const Session& session) {
        ProgrammeItem item;
        if (const auto named = line[item_id]; !named.empty()) {
            const auto found = std::ranges::find(session.items, ProgrammeItemId(named), &ProgrammeItem::id);
            if (found == session.items.end()) {
                wrong(line, "この会合に「" + named + "」という項目はありません。新しい項目は、項目IDを空欄にしてください。");
                return std::nullopt;
            }
            if (!seen_.insert(session.id.text() + " " + named).second) {
                wrong(line, "「" + named + "」の項目が2度書かれています。");
                return std::nullopt;
            }
            item = *found;
        } else {
            item.id = ProgrammeItemId(random_id());
        }
        if (const auto called = line.find(kind)) {
            item.kind_label = *called;
            item.kind = word_for(item_kinds, *called).value_or(called->empty() ? "" : item.kind);
        }
        item.title = line[title];
        for (const auto& [column, text] : {std::pair{speaker, &item.speaker}, {note, &item.note}}) {
            *text = line.find(column).value_or(*text);
        }
        if (const auto lines = line.find(sub_items)) {
            item.sub_items = lines_in(*lines);
        }
        const bool too_long = std::ranges::any_of(cells_of(item), [](const auto& cell) { return cell.size() > longest_line; });
        if (item.title.empty() || too_long) {
            wrong(line, item.title.empty() ? "題名を入力してください。" : "1つの欄は200文字までにしてください。");
            return std::nullopt;
        }
        return item;
    }

    std::optional<int> order_of(const NamedCells& line, const ReadProgramme& programme) {
        const auto told = line[order];
        if (told.empty()) {
            return programme.items.empty() ? 0 : programme.items.back().order;
        }
        int place = 0;
        const auto [rest, error] = std::from_chars(told.data(), told.data() + told.size(), place);
        if (error != std::errc() || rest != told.data() + told.size() || place < 1 || place > greatest_order) {
            wrong(line, "順は1から999までの数にしてください。");
            return std::nullopt;
        }
        return place;
    }

    const std::vector<Session>& known_;
    std::vector<TableMistake>& mistakes_;
    std::vector<ReadProgramme> programmes_;
    std::set<std::string> seen_;
};

bool names(const std::vector<ReadItem>& items, const ProgrammeItemId& id) {
    return std::ranges::any_of(items, [&id](const ReadItem& each) { return each.item.id == id; });
}

/// The whole programme: what was read in its order, and what was not named behind what it followed.
std::vector<ProgrammeItem> whole(const ReadProgramme& read, Unnamed unnamed) {
    std::vector<ProgrammeItem> items;
    for (const auto& each : read.items) {
        items.push_back(each.item);
    }
    if (unnamed == Unnamed::removed) {
        return items;
    }
    const ProgrammeItem* before = nullptr;
    for (const auto& old : read.session->items) {
        if (!names(read.items, old.id)) {
            auto place = items.begin();
            if (before != nullptr) {
                place = std::next(std::ranges::find(items, before->id, &ProgrammeItem::id));
            }
            items.insert(place, old);
        }
        before = &old;
    }
    return items;
}

/// By the id, from 1; only of items that are there before and after, whose order among each other is another.
std::map<ProgrammeItemId, std::pair<std::string, std::string>> moves(const std::vector<ProgrammeItem>& before,
                                                                     const std::vector<ProgrammeItem>& after) {
    const auto common = [](const std::vector<ProgrammeItem>& of, const std::vector<ProgrammeItem>& other) {
        std::vector<ProgrammeItemId> ids;
        for (const auto& item : of) {
            if (std::ranges::find(other, item.id, &ProgrammeItem::id) != other.end()) {
                ids.push_back(item.id);
            }
        }
        return ids;
    };
    const auto was = common(before, after);
    const auto is = common(after, before);
    std::map<ProgrammeItemId, std::pair<std::string, std::string>> moved;
    const auto place = [](const std::vector<ProgrammeItem>& items, const ProgrammeItemId& id) {
        return std::to_string(std::ranges::find(items, id, &ProgrammeItem::id) - items.begin() + 1);
    };
    for (std::size_t at = 0; at < was.size(); ++at) {
        if (was[at] != is[at]) {
            moved[was[at]] = {place(before, was[at]), place(after, was[at])};
        }
    }
    return moved;
}

std::vector<CellChange> differences(const ProgrammeItem* before, const ProgrammeItem* after) {
    const auto was = before ? cells_of(*before) : text::CsvRow(told_columns.size());
    const auto is = after ? cells_of(*after) : text::CsvRow(told_columns.size());
    std::vector<CellChange> cells;
    for (std::size_t at = 0; at < was.size(); ++at) {
        if (was[at] != is[at]) {
            cells.push_back({std::string(told_columns.at(at)), was[at], is[at]});
        }
    }
    return cells;
}

} // namespace

std::string programmes_csv(const std::vector<Session>& sessions) {
    std::string table(text::byte_order_mark);
    table += text::csv_line(text::CsvRow(columns.begin(), columns.end()));
    for (const auto& session : sessions) {
        int place = 0;
        for (const auto& item : session.items) {
            text::CsvRow row{session.id.text(), session.title, std::to_string(++place), item.id.text()};
            std::ranges::move(cells_of(item), std::back_inserter(row));
            table += text::csv_line(row);
        }
    }
    return table;
}

Result<ProgrammeReading> read_programmes(std::string_view bytes, const std::vector<Session>& known, Unnamed unnamed) {
    const auto lines = read_named_cells(bytes, columns, needed);
    if (!lines) {
        return lines.error();
    }
    ProgrammeReading reading;
    LineReader reader(known, reading.mistakes);
    for (const auto& line : *lines) {
        reader.read(line);
    }
    for (auto& programme : std::move(reader).programmes()) {
        std::ranges::stable_sort(programme.items, {}, &ReadItem::order);
        const auto& before = programme.session->items;
        auto after = *programme.session;
        after.items = whole(programme, unnamed);
        if (after.items.size() > most_items) {
            reading.mistakes.push_back({programme.items.back().line, "プログラムは100項目までにしてください。"});
        }
        const auto moved = moves(before, after.items);
        const auto told = [&](const ProgrammeItem& item) { return after.title + " " + item.title; };
        for (const auto& each : programme.items) {
            const auto was = std::ranges::find(before, each.item.id, &ProgrammeItem::id);
            const bool is_new = was == before.end();
            auto cells = differences(is_new ? nullptr : &*was, &each.item);
            if (const auto places = moved.find(each.item.id); places != moved.end()) {
                cells.insert(cells.begin(), {std::string(order), places->second.first, places->second.second});
            }
            if (cells.empty()) {
                ++reading.unchanged;
                continue;
            }
            reading.changes.push_back({each.line, is_new ? TableChange::Kind::added : TableChange::Kind::changed,
                                       told(each.item), std::move(cells)});
        }
        for (const auto& old : before) {
            if (std::ranges::find(after.items, old.id, &ProgrammeItem::id) == after.items.end()) {
                reading.changes.push_back({0, TableChange::Kind::removed, told(old), differences(&old, nullptr)});
            }
        }
        if (after.items != before) {
            reading.changed.push_back(std::move(after));
        }
    }
    std::ranges::stable_sort(reading.mistakes, {}, &TableMistake::line);
    return reading;
}

} // namespace catalog::desk_table
