#include "catalog/store/municipality_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/series_store.h"

namespace catalog::store {

namespace {

const std::string columns = "SELECT code, name, kana, romaji, kind, area, sort FROM municipality ";

Municipality read_municipality(Query& row) {
    return {
        .code = row.take<std::string>(),
        .name = row.take<std::string>(),
        .kana = row.take<std::string>(),
        .romaji = row.take<std::string>(),
        .kind = row.take<std::string>(),
        .area = row.take<std::string>(),
        .sort = row.take<int>(),
    };
}

Registration read_registration(Query& row) {
    return {
        .department = {row.take<std::string>(), row.take<std::string>()},
        .series = row.take<SeriesId>(),
    };
}

} // namespace

std::vector<Municipality> MunicipalityStore::all() {
    return read_all(connection_.query(columns + "ORDER BY sort"), read_municipality);
}

std::optional<Municipality> MunicipalityStore::find(const std::string& code) {
    return read_one(connection_.query(columns + "WHERE code = ?", code), read_municipality);
}

std::vector<SeriesId> MunicipalityStore::registered_series(const Department& department) {
    return read_all(connection_.query("SELECT series FROM registration "
                                      "WHERE municipality = ? AND department = ? ORDER BY series",
                                      department.municipality, department.name),
                    [](Query& row) { return row.take<SeriesId>(); });
}

std::vector<Registration> MunicipalityStore::registrations() {
    return read_all(connection_.query("SELECT municipality, department, series FROM registration "
                                      "ORDER BY municipality, department, series"),
                    read_registration);
}

Result<void> MunicipalityStore::add_registration(const Registration& registration) {
    const Department& department = registration.department;
    if (!find(department.municipality)) {
        return refuse(Refusal::not_found,
                      "団体コード " + department.municipality + " の市区町村はありません。");
    }
    if (!SeriesStore(connection_).find(registration.series)) {
        return refuse(Refusal::not_found,
                      registration.series.text() + " というシリーズはありません。");
    }
    connection_.run("INSERT INTO registration (municipality, department, series) VALUES (?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    department.municipality, department.name, registration.series);
    return {};
}

void MunicipalityStore::remove_registration(const Registration& registration) {
    connection_.run("DELETE FROM registration WHERE municipality = ? AND department = ? AND series = ?",
                    registration.department.municipality, registration.department.name, registration.series);
}

} // namespace catalog::store
