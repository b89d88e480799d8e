#pragma once

#include "catalog/store/watch_report.h"
#include "catalog/text/csv.h"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace server::api {

/// The report of server/README.md: columns, rows with their departments, totals, definitions.
nlohmann::json report_json(const catalog::store::WatchReport& report);

/// The same as a table for people. A row for each municipality, for each department, and for the sum.
struct ReportTable {
    catalog::text::CsvRow heads;
    std::vector<catalog::text::CsvRow> rows;  ///< each as long as `heads`; the last is the sum
    /// What is counted, and how.
    std::vector<std::pair<std::string, std::string>> definitions;
};
ReportTable report_table(const catalog::store::WatchReport& report);

/// That for spreadsheets, definitions below the sum: UTF-8 with its mark, CRLF, no formulas, all lines of one length.
std::string report_csv(const catalog::store::WatchReport& report);

} // namespace server::api
