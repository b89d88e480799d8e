#include "catalog/store/migrations.h"

#include "catalog/store/clip_form.h"
#include "catalog/store/connection.h"
#include "catalog/store/department_form.h"
#include "catalog/store/first_form.h"
#include "catalog/store/line_check_form.h"
#include "catalog/store/live_form.h"
#include "catalog/store/place_form.h"
#include "catalog/store/question_form.h"
#include "catalog/store/revision_form.h"
#include "catalog/store/search_form.h"
#include "catalog/store/watch_form.h"

#include <array>
#include <cassert>

namespace catalog::store {

namespace {

using Step = void (*)(Connection&);

/// In order; a released step is never edited.
constexpr std::array<Step, 10> steps{make_first_form,       add_live_streams, add_watch_places,
                                     add_search,            add_session_revisions, add_line_checks,
                                     add_department_access, add_questions,    add_watching,
                                     add_clips};

} // namespace

int newest_form() {
    return static_cast<int>(steps.size());
}

void migrate(Connection& connection, int form) {
    assert(form >= 0 && form <= newest_form());
    for (int next = form; next < newest_form(); ++next) {
        Transaction transaction(connection);
        steps.at(static_cast<std::size_t>(next))(connection);
        connection.run_script("PRAGMA user_version = " + std::to_string(next + 1));
        transaction.commit();
    }
}

} // namespace catalog::store
