#pragma once

#include "catalog/store/watch_report.h"

#include <nlohmann/json.hpp>

#include <string>

namespace server::api {

/// The report of server/README.md: columns, rows with their departments, totals, definitions.
nlohmann::json report_json(const catalog::store::WatchReport& report);

/// The same as a table for spreadsheets: UTF-8 with its mark, CRLF, no formulas. A line for each
/// municipality, for each department, and for the sum.
std::string report_csv(const catalog::store::WatchReport& report);

} // namespace server::api
