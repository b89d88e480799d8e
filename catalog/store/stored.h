#pragma once

#include "catalog/account.h"
#include "catalog/attendance.h"
#include "catalog/document.h"
#include "catalog/id.h"
#include "catalog/live_stream.h"
#include "catalog/recording.h"
#include "catalog/session.h"
#include "catalog/time/zone.h"
#include "catalog/transcode_job.h"
#include "catalog/video.h"
#include "catalog/watched.h"
#include "catalog/withdrawn_span.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>
#include <concepts>
#include <optional>
#include <stdexcept>
#include <string>

namespace catalog::store {

/// How a value of the domain stands in a column: `bind` puts it into a statement, `read` takes it
/// back. What a column holds that no value of the domain has is a broken file, and throws.
template <class Value> struct Stored;

[[noreturn]] inline void throw_unreadable(const std::string& text) {
    throw std::runtime_error("the catalog holds a value that means nothing: " + text);
}

template <> struct Stored<std::string> {
    static void bind(SQLite::Statement& statement, int index, const std::string& value) {
        statement.bind(index, value);
    }
    static std::string read(const SQLite::Column& column) { return column.getString(); }
};

template <> struct Stored<bool> {
    static void bind(SQLite::Statement& statement, int index, bool value) {
        statement.bind(index, value ? 1 : 0);
    }
    static bool read(const SQLite::Column& column) { return column.getInt() != 0; }
};

template <std::integral Number>
    requires(!std::same_as<Number, bool>)
struct Stored<Number> {
    static void bind(SQLite::Statement& statement, int index, Number value) {
        statement.bind(index, static_cast<std::int64_t>(value));
    }
    static Number read(const SQLite::Column& column) {
        return static_cast<Number>(column.getInt64());
    }
};

/// Spans of time in their own unit; the column's name says it.
template <class Count, class Unit> struct Stored<std::chrono::duration<Count, Unit>> {
    using Duration = std::chrono::duration<Count, Unit>;
    static void bind(SQLite::Statement& statement, int index, Duration value) {
        statement.bind(index, static_cast<std::int64_t>(value.count()));
    }
    static Duration read(const SQLite::Column& column) { return Duration(column.getInt64()); }
};

/// Instants in milliseconds since 1970 (UTC).
template <> struct Stored<time::UtcTime> {
    static void bind(SQLite::Statement& statement, int index, time::UtcTime value) {
        statement.bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
    }
    static time::UtcTime read(const SQLite::Column& column) {
        return time::UtcTime(std::chrono::milliseconds(column.getInt64()));
    }
};

/// Days as text, "2021-06-29", which sorts as they do.
template <> struct Stored<time::Date> {
    static void bind(SQLite::Statement& statement, int index, time::Date value) {
        statement.bind(index, time::format_date(value));
    }
    static time::Date read(const SQLite::Column& column) {
        const auto date = time::parse_date(column.getString());
        return date ? *date : (throw_unreadable(column.getString()), time::Date());
    }
};

/// Ids as text; NULL where empty.
template <class Subject> struct Stored<Id<Subject>> {
    static void bind(SQLite::Statement& statement, int index, const Id<Subject>& value) {
        if (value.empty()) {
            statement.bind(index);
        } else {
            statement.bind(index, value.text());
        }
    }
    static Id<Subject> read(const SQLite::Column& column) {
        return column.isNull() ? Id<Subject>() : Id<Subject>(column.getString());
    }
};

/// Bits, as they are.
template <> struct Stored<WatchedSeconds> {
    static void bind(SQLite::Statement& statement, int index, const WatchedSeconds& value) {
        const auto& bits = value.stored();
        statement.bind(index, static_cast<const void*>(bits.data()), static_cast<int>(bits.size()));
    }
    static WatchedSeconds read(const SQLite::Column& column) {
        const auto* bytes = static_cast<const char*>(column.getBlob());
        const auto size = static_cast<std::size_t>(column.getBytes());
        auto seconds =
            WatchedSeconds::from_stored(size > 0 ? std::string(bytes, size) : std::string());
        return seconds ? std::move(*seconds)
                       : (throw_unreadable("seconds that were watched"), WatchedSeconds());
    }
};

/// NULL where there is nothing.
template <class Value> struct Stored<std::optional<Value>> {
    static void bind(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
        if (value) {
            Stored<Value>::bind(statement, index, *value);
        } else {
            statement.bind(index);
        }
    }
    static std::optional<Value> read(const SQLite::Column& column) {
        return column.isNull() ? std::nullopt : std::optional(Stored<Value>::read(column));
    }
};

/// Enumerations by their words.
template <class Value, auto FromText> struct StoredWord {
    static void bind(SQLite::Statement& statement, int index, Value value) {
        statement.bind(index, std::string(to_text(value)));
    }
    static Value read(const SQLite::Column& column) {
        const std::optional<Value> value = FromText(column.getString());
        return value ? *value : (throw_unreadable(column.getString()), Value());
    }
};

template <> struct Stored<Audience> : StoredWord<Audience, audience_from_text> {};
template <> struct Stored<Role> : StoredWord<Role, role_from_text> {};
template <> struct Stored<SessionStatus> : StoredWord<SessionStatus, session_status_from_text> {};
template <>
struct Stored<SessionDate::Precision>
    : StoredWord<SessionDate::Precision, date_precision_from_text> {};
template <> struct Stored<Video::Kind> : StoredWord<Video::Kind, video_kind_from_text> {};
template <>
struct Stored<Recording::State> : StoredWord<Recording::State, recording_state_from_text> {};
template <>
struct Stored<LiveStream::State> : StoredWord<LiveStream::State, live_state_from_text> {};
template <>
struct Stored<TranscodeJob::State> : StoredWord<TranscodeJob::State, job_state_from_text> {};
template <>
struct Stored<Document::State> : StoredWord<Document::State, document_state_from_text> {};
template <>
struct Stored<WithdrawnSpan::Lost> : StoredWord<WithdrawnSpan::Lost, lost_from_text> {};
template <>
struct Stored<WithdrawnSpan::State> : StoredWord<WithdrawnSpan::State, withdrawn_state_from_text> {};
template <> struct Stored<WayToAttend> : StoredWord<WayToAttend, way_to_attend_from_text> {};

} // namespace catalog::store
