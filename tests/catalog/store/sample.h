#pragma once

#include "catalog/store/catalog.h"
#include "catalog/store/data_folder.h"
#include "catalog/store/search_tokenizer.h"
#include "tests/support/temporary_folder.h"

#include <SQLiteCpp/Database.h>

namespace catalog::store {

/// The first instant that tests use: 2021-10-25 00:00 UTC.
inline const time::UtcTime day_one = std::chrono::sys_days(std::chrono::year(2021) / 10 / 25);

/// An empty data folder with a catalog open for writing.
struct Sample {
    test::TemporaryFolder place;
    DataFolder folder{place.path()};
    Catalog catalog = made(folder);

    static Catalog made(const DataFolder& folder) {
        create(folder);
        return Catalog(folder.catalog_file(), Catalog::Access::write);
    }

    /// Changes the file behind the catalog's back, against its own rules too.
    void tamper(const std::string& sql) const {
        SQLite::Database raw(folder.catalog_file().string(), SQLite::OPEN_READWRITE);
        add_search_tokenizer(raw.getHandle());
        raw.exec("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;");
        raw.exec(sql);
    }

    /// As it was before handouts had pages.
    void forget_documents() const {
        tamper("DROP TABLE withdrawn_span; DROP TRIGGER material_with_file_is_a_document; DROP TRIGGER other_file_is_another_document;"
               "DROP TABLE page_index; DROP TABLE document_page; DROP TABLE document; ALTER TABLE chapter DROP COLUMN item; "
               "ALTER TABLE hidden_chapter DROP COLUMN item; PRAGMA user_version = 16;");
    }

    /// As it was before advisers had links, and materials versions.
    void forget_adviser_links() const {
        forget_documents();
        tamper("DROP TABLE downloadable_video; DROP TABLE found_caption_track; "
               "DROP TABLE unannounced; DROP TABLE material_version; DROP TABLE routed_question; DROP TABLE adviser_link; "
               "PRAGMA user_version = 12;");
    }

    /// As it was when there were two roles.
    void forget_desk_accounts() const {
        forget_documents();
        tamper("DROP TABLE downloadable_video; DROP TABLE found_caption_track; "
               "CREATE TABLE old_account (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
               "role TEXT NOT NULL CHECK (role IN ('viewer', 'secretariat')), "
               "municipality TEXT REFERENCES municipality (code), department TEXT, password_hash TEXT NOT NULL, "
               "failures INTEGER NOT NULL, locked_until_ms INTEGER, "
               "CHECK ((municipality IS NULL) = (department IS NULL))) STRICT;"
               "INSERT INTO old_account SELECT id, name, role, municipality, department, password_hash, failures, "
               "locked_until_ms FROM account;"
               "DROP TABLE account; ALTER TABLE old_account RENAME TO account;"
               "DROP TABLE unannounced; DROP TABLE material_version; DROP TABLE routed_question; DROP TABLE adviser_link; DROP TABLE video_cut; DROP TABLE hidden_chapter; DROP TABLE hidden_cue; "
               "DROP TABLE recovery_code; DROP TABLE second_step; DROP TABLE password_link; PRAGMA user_version = 9;");
    }

    /// As it was before it could be searched.
    void forget_search() const {
        forget_documents();
        tamper("DROP TABLE unannounced; DROP TABLE material_version; DROP TABLE routed_question; DROP TABLE adviser_link; DROP TABLE downloadable_video; DROP TABLE found_caption_track; DROP TABLE video_cut; DROP TABLE hidden_chapter; DROP TABLE hidden_cue; DROP TABLE recovery_code; DROP TABLE second_step; DROP TABLE password_link; DROP TABLE watched; DROP TABLE headcount; DROP TABLE opened_material; DROP TABLE watcher; DROP TABLE attendance; DROP TABLE question; DROP TABLE answer_batch; DROP TABLE department_access; DROP TABLE line_check; DROP TABLE session_revision; DROP TABLE text_index; DROP TABLE speech_index; DROP TABLE found_text; DROP TABLE speech_track;"
               "PRAGMA writable_schema = ON;"
               "DELETE FROM sqlite_schema WHERE type = 'trigger' AND "
               "(sql LIKE '%found_text%' OR sql LIKE '%speech_%' OR sql LIKE '%session_revision%'); PRAGMA user_version = 3;");
    }
};

inline Series sample_series(const std::string& id = "adaptation") {
    Series series;
    series.id = SeriesId(id);
    series.title = "適応策分科会";
    series.audience = Audience::registered;
    series.window = {day_one, day_one + std::chrono::hours(24)};
    series.planned_count = 3;
    series.sort = 2;
    return series;
}

inline Recording sample_recording(const std::string& id = "rec") {
    Recording recording;
    recording.id = RecordingId(id);
    recording.file_name = "講演\n\"第1回\".mp4";
    recording.source = "source.mp4";
    recording.source_bytes = 5'000'000'000ULL;
    recording.received = day_one + std::chrono::milliseconds(1);
    return recording;
}

inline Video sample_video(const std::string& id = "lec-01") {
    Video video;
    video.id = VideoId(id);
    video.title = "脱炭素社会に向けた市区町村の役割";
    return video;
}

} // namespace catalog::store
