#pragma once

#include "catalog/admission.h"
#include "catalog/material.h"

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
    void set_file(const MaterialId& id, const std::string& file, const std::string& file_name,
                  std::uint64_t bytes);

  private:
    Connection& connection_;
};

} // namespace catalog::store
