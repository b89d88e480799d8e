#include "catalog/participant_list.h"

#include "catalog/participant_list/columns.h"
#include "catalog/participant_list/municipality_names.h"
#include "catalog/search/folded_text.h"
#include "catalog/text/csv.h"
#include "catalog/text/encoding.h"

#include <set>

namespace catalog {

namespace {

using participant_list::Columns;
using participant_list::MunicipalityNames;

/// Of the largest webinar, each of whom may have come and gone.
constexpr std::size_t most_rows = 20'000;

/// Counts each participant once.
class Counting {
  public:
    explicit Counting(const std::vector<Municipality>& municipalities) : names_(municipalities) {}

    void add(const std::string& name, const std::string& address) {
        const auto known_by = search::fold(address.empty() ? name : address).letters;
        if (!seen_.insert(known_by).second) {
            return;
        }
        if (const auto code = names_.municipality_of(name, address)) {
            ++participants_.matched[*code];
        } else {
            participants_.unmatched.push_back({name, names_.proposed_for(name)});
        }
    }

    Participants participants() { return std::move(participants_); }

  private:
    MunicipalityNames names_;
    std::set<std::u32string> seen_;
    Participants participants_;
};

} // namespace

Result<Participants> read_participants(std::string_view list,
                                       const std::vector<Municipality>& municipalities) {
    const auto decoded = text::decode(list);
    if (!decoded) {
        return decoded.error();
    }
    Counting counting(municipalities);
    std::optional<Columns> columns;
    const auto rows = text::rows_of_csv(decoded->text);
    if (!rows) {
        return rows.error();
    }
    if (rows->size() > most_rows) {
        return refuse(Refusal::too_large, "一覧が" + std::to_string(most_rows) + "行を超えています。");
    }
    for (const auto& row : *rows) {
        // Each part of a webinar's list has heads of its own.
        if (const auto heads = Columns::in(row)) {
            columns = heads;
        } else if (columns && !columns->name(row).empty() && columns->took_part(row)) {
            counting.add(columns->name(row), columns->address(row));
        }
    }
    if (!columns) {
        return refuse(Refusal::invalid,
                      "「名前」の列が見つかりません。Zoomの参加者のCSVを選んでください。");
    }
    auto participants = counting.participants();
    if (participants.matched.empty() && participants.unmatched.empty()) {
        return refuse(Refusal::invalid, "参加者が1人も載っていません。");
    }
    return participants;
}

} // namespace catalog
