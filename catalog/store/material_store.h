#pragma once

#include "catalog/admission.h"
#include "catalog/material.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Handouts.
class MaterialStore {
  public:
    explicit MaterialStore(Connection& connection) : connection_(connection) {}

    std::vector<Material> all();
    std::optional<Material> find(const MaterialId& id);
    std::vector<Material> of_session(const SessionId& session);
    std::vector<Material> of_video(const VideoId& video);
    /// What decides about it, inheritance resolved.
    std::optional<Offering> offering(const MaterialId& id);
    /// Adds it, or replaces what has its id.
    void put(const Material& material);

    struct File {
        std::string file;       ///< name under `materials/`
        std::string file_name;  ///< what a download is called
        std::uint64_t bytes = 0;
        friend bool operator==(const File&, const File&) = default;
    };
    /// A file that a material had before, until `replaced`.
    struct Version {
        int number = 0;
        File file;
        time::UtcTime replaced;
        friend bool operator==(const Version&, const Version&) = default;
    };
    /// The newest first.
    std::vector<Version> versions(const MaterialId& id);
    /// Of all materials.
    std::vector<Version> versions();
    /// The one that it had is a version from then on. The same file again changes nothing.
    void set_file(const MaterialId& id, const File& file, time::UtcTime now);
    /// The version's file is the material's again, and what it had a version. Refuses not_found.
    Result<void> put_back(const MaterialId& id, int number, time::UtcTime now);
    /// Gives the names under `materials/` that are nobody's then. Refuses not_found.
    Result<std::vector<std::string>> remove(const MaterialId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
