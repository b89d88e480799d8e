#pragma once

#include "catalog/caption.h"
#include "catalog/material.h"
#include "catalog/notice.h"
#include "catalog/series.h"
#include "catalog/session.h"
#include "catalog/time/zone.h"
#include "catalog/video.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// What an import file (schema demo-catalog/1) holds, as domain values.
struct ImportedCatalog {
    std::vector<Series> series;
    std::vector<Session> sessions;
    std::vector<Video> videos;  ///< lectures, recordings and live entries, under their ids
    std::vector<Material> materials;
    std::vector<Notice> notices;
    std::vector<CaptionTrack> captions;
};

/// A mistake and where it stands: "lectures[2].window.untilDateInclusive", "\"2021-02-30\" is no day".
struct ImportMistake {
    std::string place;
    std::string message;
    friend bool operator==(const ImportMistake&, const ImportMistake&) = default;
};

/// Either a catalog without mistakes, or all mistakes at once.
struct ImportReading {
    ImportedCatalog catalog;
    std::vector<ImportMistake> mistakes;
};

/// Never throws on what the text holds.
ImportReading read_import(std::string_view json, const time::Zone& default_zone);

} // namespace catalog
