#pragma once

#include "catalog/store/backup/manifest.h"
#include "catalog/store/catalog.h"

#include <string>
#include <vector>

namespace catalog::store::backup {

/// A file or a folder that a backup holds. Names are those in the data folder.
struct Wanted {
    std::string name;                       ///< "media/<recording>", "materials/<file>", "pages/<file>"
    Entry::Age age = Entry::Age::finished;  ///< of what lies in it
    std::string source = {};                ///< of a recording: its file that is finished in any case
    /// What becomes of the earlier backup's files that the archive has not any more. Of what something was
    /// withdrawn from, nothing is kept that is not there.
    enum class Gone { kept, let_go } gone = Gone::kept;
    std::string moved_to = {};              ///< of an upload: where it is once it is whole
    enum class Need { must, may } need = Need::must;
};

/// What belongs to the catalog as it is in a copy of it, and to the site.
std::vector<Wanted> contents_of(Catalog& catalog);

} // namespace catalog::store::backup
