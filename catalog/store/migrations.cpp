#include "catalog/store/migrations.h"

#include "catalog/store/account_form.h"
#include "catalog/store/adviser_link_form.h"
#include "catalog/store/clip_form.h"
#include "catalog/store/connection.h"
#include "catalog/store/department_form.h"
#include "catalog/store/desk_work_form.h"
#include "catalog/store/document_form.h"
#include "catalog/store/first_form.h"
#include "catalog/store/found_form.h"
#include "catalog/store/line_check_form.h"
#include "catalog/store/live_form.h"
#include "catalog/store/place_form.h"
#include "catalog/store/question_form.h"
#include "catalog/store/revision_form.h"
#include "catalog/store/search_form.h"
#include "catalog/store/second_step_form.h"
#include "catalog/store/watch_form.h"
#include "catalog/store/withdrawal_form.h"

#include <array>
#include <cassert>
#include <stdexcept>

namespace catalog::store {

namespace {

using Step = void (*)(Connection&);

/// In order; a released step is never edited.
constexpr std::array<Step, 19> steps{make_first_form,       add_live_streams, add_watch_places,
                                     add_search,            add_session_revisions, add_line_checks,
                                     add_department_access, add_questions,    add_watching,
                                     add_desk_accounts,     add_second_steps, add_clips,
                                     add_adviser_links,     add_desk_work,    add_found_captions,
                                     add_downloads,         add_documents,    add_items_to_chapters,
                                     add_withdrawals};

void prove_references(Connection& connection) {
    const auto broken = read_one(connection.query("SELECT \"table\" FROM pragma_foreign_key_check"),
                                 [](Query& row) { return row.take<std::string>(); });
    if (broken) {
        throw std::runtime_error("the catalog cannot be brought to its newest form: a row of " + *broken +
                                 " refers to nothing");
    }
}

} // namespace

int newest_form() {
    return static_cast<int>(steps.size());
}

void migrate(Connection& connection, int form) {
    assert(form >= 0 && form <= newest_form());
    // A table that others refer to can only be made anew while references are not looked after; they are
    // proved before each step is kept. SQLite takes the switch outside transactions alone.
    connection.run_script("PRAGMA foreign_keys = OFF");
    for (int next = form; next < newest_form(); ++next) {
        Transaction transaction(connection);
        steps.at(static_cast<std::size_t>(next))(connection);
        prove_references(connection);
        connection.run_script("PRAGMA user_version = " + std::to_string(next + 1));
        transaction.commit();
    }
    connection.run_script("PRAGMA foreign_keys = ON");
}

} // namespace catalog::store
