#pragma once

#include "catalog/id.h"
#include "catalog/store/data_folder.h"
#include "catalog/withdrawn_span.h"

#include <filesystem>
#include <span>

namespace catalog::store {
class Catalog;
}

namespace server::jobs {

/// A recording's folder that is made anew beside the one that is served, `media/<id>.remade`, and takes its
/// place at once: whoever reads `media/<id>` finds the one or the other, whole. Until then nothing in the
/// one that is served is touched. Throws where the disk does not take it.
class RemadeFolder {
  public:
    RemadeFolder(const catalog::store::DataFolder& folder, const catalog::RecordingId& recording);

    const std::filesystem::path& path() const { return remade_; }

    /// The same files as the served one has, but for what was uploaded, under second names (copied where the
    /// file system has no such): whoever changes one puts a new one in its place. What an earlier try left
    /// goes first.
    void begin() const;
    /// Takes the place of the served one, which goes. `withdrawn`: what was withdrawn from it in all.
    void take_place(std::span<const catalog::WithdrawnSpan> withdrawn) const;
    /// Nobody wants it any more.
    void remove() const;

  private:
    std::filesystem::path served_;
    std::filesystem::path remade_;
    std::filesystem::path replaced_;  ///< the served one, on its way out
};

/// At start: finishes what a crash left between two steps, removes what was left of tries, and notes in the
/// catalog what was done already.
void recover_remade_folders(catalog::store::Catalog& catalog, const catalog::store::DataFolder& folder);

} // namespace server::jobs
