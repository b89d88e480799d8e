#include "catalog/store/revision_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_session_revisions(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE session_revision (
    session    TEXT    NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    sequence   INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL   -- by the machine's clock
) STRICT, WITHOUT ROWID;

CREATE TRIGGER session_is_new AFTER INSERT ON session BEGIN
    INSERT INTO session_revision (session, sequence, changed_ms)
        VALUES (new.id, 0, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));
END;
CREATE TRIGGER session_is_changed AFTER UPDATE ON session
    WHEN (old.title, old.description, old.status, old.precision, old.first_day, old.last_day, old.start_ms, old.end_ms,
          old.venue, old.venue_address, old.cancel_reason)
    IS NOT (new.title, new.description, new.status, new.precision, new.first_day, new.last_day, new.start_ms, new.end_ms,
            new.venue, new.venue_address, new.cancel_reason) BEGIN
    UPDATE session_revision
        SET sequence = sequence + 1,
            changed_ms = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
        WHERE session = new.id;
END;

INSERT INTO session_revision (session, sequence, changed_ms)
    SELECT id, 0, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) FROM session;
)sql");
}

} // namespace catalog::store
