#include "catalog/desk_table/registration_table.h"

#include "catalog/desk_table/cells.h"

#include <algorithm>
#include <array>
#include <set>

namespace catalog::desk_table {

namespace {

constexpr std::string_view code = "団体コード", municipality = "市区町村", department = "部署", series = "シリーズ";
constexpr std::array columns{code, municipality, department, series};
constexpr std::array needed{department, series};
constexpr std::size_t longest_department = 300;

catalog::Error wrong(std::string message) { return refuse(Refusal::invalid, std::move(message)); }

Result<std::string> municipality_in(const NamedCells& line, const std::vector<Municipality>& all) {
    const auto said_code = line[code];
    const auto said_name = line[municipality];
    if (said_code.empty() && said_name.empty()) {
        return wrong("団体コードか市区町村を入れてください。");
    }
    const auto found = std::ranges::find_if(all, [&](const Municipality& each) {
        return said_code.empty() ? each.name == said_name : each.code == said_code;
    });
    if (found == all.end()) {
        return wrong("「" + (said_code.empty() ? said_name : said_code) + "」の市区町村はありません。");
    }
    if (!said_name.empty() && found->name != said_name) {
        return wrong("団体コード" + said_code + "は" + found->name + "です。「" + said_name + "」と合いません。");
    }
    return found->code;
}

Result<SeriesId> series_in(const NamedCells& line, const std::vector<Series>& all) {
    const auto said = line[series];
    const auto is = [&said](const Series& each) { return each.title == said || each.id.text() == said; };
    const auto found = std::ranges::find_if(all, is);
    if (found == all.end()) {
        return wrong(said.empty() ? "シリーズを入れてください。" : "「" + said + "」というシリーズはありません。");
    }
    if (std::ranges::count_if(all, is) > 1) {
        return wrong("「" + said + "」というシリーズは2つあります。IDで指定してください。");
    }
    return found->id;
}

Result<Registration> registration_in(const NamedCells& line, const KnownRegistrations& known) {
    auto of = municipality_in(line, known.municipalities);
    if (!of) {
        return of.error();
    }
    const auto name = line[department];
    // " / " stands between a department and one of its people.
    if (name.empty() || name.size() > longest_department || name.find(" / ") != std::string::npos ||
        name.find_first_of("\r\n\t") != std::string::npos) {
        return wrong("部署は100文字までの1行で入れてください。「 / 」は使えません。");
    }
    auto what = series_in(line, known.series);
    if (!what) {
        return what.error();
    }
    return Registration{{*of, name}, *what};
}

std::string title_of(const Registration& registration, const KnownRegistrations& known) {
    const auto of = std::ranges::find(known.municipalities, registration.department.municipality, &Municipality::code);
    return (of == known.municipalities.end() ? registration.department.municipality : of->name) + " " +
           registration.department.name;
}

std::string series_title(const SeriesId& id, const KnownRegistrations& known) {
    const auto found = std::ranges::find(known.series, id, &Series::id);
    return found == known.series.end() ? id.text() : found->title;
}

} // namespace

std::string registrations_csv(const KnownRegistrations& known) {
    std::string table(text::byte_order_mark);
    table += text::csv_line({columns.begin(), columns.end()});
    for (const auto& each : known.registrations) {
        const auto of = std::ranges::find(known.municipalities, each.department.municipality, &Municipality::code);
        table += text::csv_line({each.department.municipality, of == known.municipalities.end() ? "" : of->name,
                                 each.department.name, series_title(each.series, known)});
    }
    return table;
}

Result<RegistrationReading> read_registrations(std::string_view bytes, const KnownRegistrations& known,
                                               Unnamed unnamed) {
    const auto lines = read_named_cells(bytes, columns, needed);
    if (!lines) {
        return lines.error();
    }
    const std::set<Registration> before(known.registrations.begin(), known.registrations.end());
    std::set<Registration> named;
    RegistrationReading reading;
    for (const auto& line : *lines) {
        const auto registration = registration_in(line, known);
        if (!registration) {
            reading.mistakes.push_back({line.line, registration.error().message});
        } else if (!named.insert(*registration).second || before.contains(*registration)) {
            ++reading.unchanged;
        } else {
            reading.added.push_back(*registration);
            reading.changes.push_back({line.line, TableChange::Kind::added, title_of(*registration, known),
                                       {{std::string(series), "", series_title(registration->series, known)}}});
        }
    }
    if (unnamed == Unnamed::kept) {
        return reading;
    }
    for (const auto& each : known.registrations) {
        if (!named.contains(each)) {
            reading.removed.push_back(each);
            reading.changes.push_back({0, TableChange::Kind::removed, title_of(each, known),
                                       {{std::string(series), series_title(each.series, known), ""}}});
        }
    }
    return reading;
}

} // namespace catalog::desk_table
