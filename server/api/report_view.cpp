#include "server/api/report_view.h"

#include "catalog/text/csv.h"
#include "server/api/json_values.h"

namespace server::api {
namespace {

using catalog::text::CsvRow;
using catalog::store::Figures;
using catalog::store::ReportColumn;
using catalog::store::ReportRow;
using catalog::store::WatchReport;
using nlohmann::json;

/// As player/messages has them for the page.
const json& definitions() {
    static const json texts{
        {"venue", "会場に来た人数。事務局が入力した数です。"},
        {"zoom", 
         "Zoomで参加した人数。参加者の一覧を読み込み、名前かメールアドレスから市区町村がわかる人と、事務局が市区町村を選んだ人を数えます。"},
        {"live",
         "ライブ配信の間に1秒以上視聴した人数。画面ごとに、申告された人数(申告がなければ1人)で数えます。"},
        {"watched_people",
         "録画を再生し、ライブで見たところと合わせて長さの80%以上を実際に見たアカウントを、申告された人数(申告がなければ1人)で数えます。"},
        {"openers", "資料を1つ以上開いたアカウントの数。人数の申告は掛けません。"},
        {"viewers", "ライブか録画を1秒以上再生したアカウントの数。人数の申告は掛けません。"},
        {"live_seconds",
         "ライブ配信の間に再生した秒数の合計。配信の終了から1分以内に届いた分も含みます。"},
        {"seconds",
         "録画を実際に再生した秒数の合計。同じ秒は、何度見ても、倍速でも、2つの画面でも、1アカウントにつき1回だけ数えます。飛ばしたところは数えません。"},
        {"absent", "どの方法でも誰も参加しなかった市区町村の数です。"},
        {"total", "行の合計は延べ数です。2本の動画を見た人は2人と数えます。"},
        {"counted",
         "事務局、主催者、アドバイザーのアカウントと、サインインせずに見た人は数えません。部署を外しても、それまでの数は残ります。加え直した部署は別のアカウントとして数えます。"},
    };
    return texts;
}

/// By the words that the table's heads use.
std::vector<std::pair<std::string, std::string>> named_definitions() {
    std::vector<std::pair<std::string, std::string>> named;
    for (const auto& [what, name] :
         {std::pair{"会場", "venue"}, {"Zoom", "zoom"}, {"ライブ", "live"},
          {"録画を80%以上視聴", "watched_people"}, {"資料を開いたアカウント", "openers"},
          {"再生したアカウント", "viewers"}, {"ライブで再生した秒数", "live_seconds"},
          {"録画を再生した秒数", "seconds"}, {"合計", "total"}, {"数える人", "counted"}})
        named.emplace_back(what, definitions().at(name));
    return named;
}

json figures_json(const Figures& figures) {
    return {{"venue", figures.venue},
            {"zoom", figures.zoom},
            {"live", figures.live ? json(*figures.live) : json()},
            {"watched_people", figures.watched_people},
            {"viewers", figures.viewers},
            {"seconds", figures.seconds},
            {"live_seconds", figures.live ? json(figures.live_seconds) : json()},
            {"openers", figures.openers}};
}

json cells_json(const std::vector<Figures>& cells) {
    auto listed = json::array();
    for (const auto& cell : cells)
        listed.push_back(figures_json(cell));
    return listed;
}

json column_json(const ReportColumn& column) {
    json told{{"kind", column.kind ? json(to_text(*column.kind)) : json("session")},
              {"id", column.id},
              {"title", column.title}};
    if (column.kind)
        told.update({{"session", id_or_null(column.session)},
                     {"length_s", column.length ? json(column.length->count()) : json()}});
    else
        told["when"] = column.when;
    return told;
}

json rows_json(const std::vector<ReportRow>& rows) {
    auto listed = json::array();
    for (const auto& row : rows) {
        json told{{"cells", cells_json(row.cells)}, {"total", figures_json(row.total)}};
        if (!row.department.empty()) {
            told["name"] = row.department;
            listed.back()["departments"].push_back(std::move(told));
            continue;
        }
        told["municipality"] = {{"code", row.municipality.code}, {"name", row.municipality.name}};
        told["departments"] = json::array();
        listed.push_back(std::move(told));
    }
    return listed;
}

void add_heads(const ReportColumn& column, CsvRow& heads) {
    const auto add = [&](const char* what) { heads.push_back(column.title + " " + what); };
    if (!column.kind) {
        add("会場(人)");
        add("Zoom(人)");
        add("資料を開いたアカウント");
        return;
    }
    const bool is_live = column.kind == catalog::Video::Kind::live;
    if (is_live)
        add("ライブ(人)");
    add("録画を80%以上視聴(人)");
    add("資料を開いたアカウント");
    add("再生したアカウント");
    if (is_live)
        add("ライブで再生した秒数");
    add("録画を再生した秒数");
}

void add_figures(const ReportColumn& column, const Figures& figures, CsvRow& cells) {
    const auto add = [&cells](auto number) { cells.push_back(std::to_string(number)); };
    if (!column.kind) {
        add(figures.venue);
        add(figures.zoom);
        add(figures.openers);
        return;
    }
    const bool is_live = column.kind == catalog::Video::Kind::live;
    if (is_live)
        add(figures.live.value_or(0));
    add(figures.watched_people);
    add(figures.openers);
    add(figures.viewers);
    if (is_live)
        add(figures.live_seconds);
    add(figures.seconds);
}

CsvRow figures_row(CsvRow cells, const WatchReport& report, const std::vector<Figures>& figures) {
    for (std::size_t at = 0; at < figures.size(); ++at)
        add_figures(report.columns[at], figures[at], cells);
    return cells;
}

} // namespace

json report_json(const WatchReport& report) {
    auto columns = json::array();
    for (const auto& column : report.columns)
        columns.push_back(column_json(column));
    return {{"year", report.year},
            {"years", report.years},
            {"columns", std::move(columns)},
            {"rows", rows_json(report.rows)},
            {"totals", cells_json(report.totals)},
            {"total", figures_json(report.total)},
            {"absent", report.absent},
            {"absent_from_all", report.absent_from_all},
            {"definitions", definitions()}};
}

ReportTable report_table(const WatchReport& report) {
    ReportTable table{{"団体コード", "市区町村", "部署"}, {}, named_definitions()};
    for (const auto& column : report.columns)
        add_heads(column, table.heads);
    for (const auto& row : report.rows) {
        const auto department = row.department.empty() ? "(全体)" : row.department;
        table.rows.push_back(
            figures_row({row.municipality.code, row.municipality.name, department}, report, row.cells));
    }
    table.rows.push_back(figures_row({"", "合計", ""}, report, report.totals));
    return table;
}

std::string report_csv(const WatchReport& report) {
    const auto table = report_table(report);
    std::string text(catalog::text::byte_order_mark);
    text += catalog::text::csv_line(table.heads);
    for (const auto& row : table.rows)
        text += catalog::text::csv_line(row);
    const auto told = [&](CsvRow cells) {
        cells.resize(table.heads.size());
        text += catalog::text::csv_line(cells);
    };
    told({});
    told({"数え方"});
    for (const auto& [what, how] : table.definitions)
        told({what, how});
    return text;
}

} // namespace server::api
