#pragma once

#include "catalog/municipality.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// The municipalities (the 62 are there from the first migration on), departments and what those
/// are registered for.
class MunicipalityStore {
  public:
    explicit MunicipalityStore(Connection& connection) : connection_(connection) {}

    std::vector<Municipality> all();
    std::optional<Municipality> find(const std::string& code);
    std::vector<SeriesId> registered_series(const Department& department);
    std::vector<Registration> registrations();
    /// Adds it where it is not there yet. Refuses not_found: the municipality or the series.
    Result<void> add_registration(const Registration& registration);
    void remove_registration(const Registration& registration);

  private:
    Connection& connection_;
};

} // namespace catalog::store
