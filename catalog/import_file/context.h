#pragma once

#include "catalog/import.h"
#include "catalog/import_file/field.h"

#include <map>
#include <set>
#include <string>

namespace catalog::import_file {

/// What all parts of a file are read with: its zone, and which ids are there to be referred to.
struct Context {
    Field file;                          ///< the whole
    time::Zone zone;
    std::map<std::string, Audience> series;     ///< whom each is for
    std::map<std::string, Session> sessions;    ///< as read
    std::map<std::string, Audience> audiences;  ///< of sessions that are for others than their series
    std::set<std::string> videos;
    std::vector<Field> listed_materials;        ///< ids by which videos name their materials
    std::set<std::string> materials;

    bool knows_media(const std::string& id) const {
        return sessions.contains(id) || videos.contains(id);
    }
};

/// An id of its own; notes a mistake where it is none, or one that stood before.
std::string read_own_id(const Field& field, std::set<std::string>& seen);

/// Nothing where it is not said.
std::optional<Audience> read_audience(const Field& field);

/// Whom a video or a material of `session` is for: what it says itself, or else its session where
/// that is for others than the series. Nothing where the series decides.
std::optional<Audience> read_audience(const Field& field, const SessionId& session,
                                      const Context& context);

/// Which one of its kind it is (第N回), from 1 on; nothing where it is not said.
std::optional<int> read_number(const Field& field);

/// The series that is referred to; empty where none is. A file that lists no series at all refers
/// to those that the catalog has.
SeriesId read_series_reference(const Field& field, const Context& context);

// Each reads one list of the file. In this order: a later one refers to the earlier ones.
std::vector<Series> read_series(Context& context);
std::vector<Session> read_sessions(Context& context);
std::vector<Video> read_videos(Context& context);
std::vector<Material> read_materials(Context& context);
std::vector<Notice> read_notices(const Context& context);
std::vector<CaptionTrack> read_captions(const Context& context);

} // namespace catalog::import_file
