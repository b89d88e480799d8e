#pragma once

#include "catalog/store/access.h"
#include "catalog/store/account_store.h"
#include "catalog/store/adviser_link_store.h"
#include "catalog/store/audit_log.h"
#include "catalog/store/caption_store.h"
#include "catalog/store/clip_store.h"
#include "catalog/store/department_store.h"
#include "catalog/store/document_store.h"
#include "catalog/store/job_store.h"
#include "catalog/store/line_check_store.h"
#include "catalog/store/live_store.h"
#include "catalog/store/material_store.h"
#include "catalog/store/municipality_store.h"
#include "catalog/store/notice_store.h"
#include "catalog/store/place_store.h"
#include "catalog/store/question_store.h"
#include "catalog/store/recording_store.h"
#include "catalog/store/search_index.h"
#include "catalog/store/second_step_store.h"
#include "catalog/store/series_store.h"
#include "catalog/store/session_store.h"
#include "catalog/store/sign_in_store.h"
#include "catalog/store/transaction.h"
#include "catalog/store/upload_store.h"
#include "catalog/store/video_store.h"
#include "catalog/store/watch_store.h"
#include "catalog/store/withdrawal_store.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace catalog::store {

class Connection;

/// The catalog's file behind domain verbs. Holds one connection; used by one thread at a time.
/// Exactly one process, and in it one `Catalog`, may be open for writing (`WriterLock`): that one
/// does all writes and all checkpoints. Others are read-only and never checkpoint.
/// Verbs throw where the database fails; what they refuse is a `Result`.
class Catalog {
  public:
    using Access = store::Access;

    /// For writing: creates what is missing, migrates what is older. Throws std::runtime_error with
    /// an instruction for people where the file is newer than this program, damaged, or missing
    /// beside a media folder that is not empty; for reading also where it is missing or older.
    Catalog(const std::filesystem::path& file, Access access);
    Catalog(Catalog&&) noexcept;
    ~Catalog();

    /// Makes all writes inside `work` one: committed (durable) when it returns, undone when it
    /// throws or gives a refusal; all reads see one moment. A call inside another is undone on its
    /// own, and durable with the outer one. Gives what `work` gives.
    template <class Work> auto transaction(Work&& work) {
        return in_transaction(*connection_, std::forward<Work>(work));
    }

    /// What the database finds wrong with its own file and the references in it; empty where
    /// nothing is.
    std::vector<std::string> broken_rows();

    /// Writes the catalog of this moment into `file`, which is not there yet: one that is whole, and
    /// needs no log beside it. Others may read and write meanwhile. Not inside a transaction.
    void copy_to(const std::filesystem::path& file);

  private:
    std::unique_ptr<Connection> connection_;

  public:
    SeriesStore series;
    SessionStore sessions;
    VideoStore videos;
    RecordingStore recordings;
    MaterialStore materials;
    DocumentStore documents;
    NoticeStore notices;
    CaptionStore captions;
    ClipStore clips;
    WithdrawalStore withdrawals;
    MunicipalityStore municipalities;
    AccountStore accounts;
    DepartmentStore departments;
    SignInStore sign_ins;
    SecondStepStore second_steps;
    UploadStore uploads;
    JobStore jobs;
    LiveStore live;
    PlaceStore places;
    WatchStore watching;
    LineCheckStore line_checks;
    QuestionStore questions;
    AdviserLinkStore adviser_links;
    SearchIndex search_index;
    AuditLog audit;
};

} // namespace catalog::store
