#include "catalog/store/document_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT material, file, state, why_not, (SELECT count(*) FROM document_page WHERE document = number), "
    "attempts, lease_owner, lease_until_ms, not_before_ms FROM document ";

const std::string page_columns =
    "SELECT width, height, text FROM document_page JOIN document ON number = document_page.document "
    "WHERE material = ? ";

const std::string held = "WHERE material = ? AND file = ? AND state = 'leased' AND lease_owner = ?";

Document read_document(Query& row) {
    return {
        .material = row.take<MaterialId>(),
        .file = row.take<std::string>(),
        .state = row.take<Document::State>(),
        .why_not = row.take<std::string>(),
        .pages = row.take<int>(),
        .attempts = row.take<int>(),
        .lease_owner = row.take<std::optional<std::string>>().value_or(""),
        .lease_until = row.take<std::optional<time::UtcTime>>(),
        .not_before = row.take<std::optional<time::UtcTime>>(),
    };
}

DocumentPage read_page(Query& row) {
    return {
        .width = row.take<int>(),
        .height = row.take<int>(),
        .text = row.take<std::string>(),
    };
}

Result<void> held_by_one(int changed) {
    if (changed == 0) {
        return refuse(Refusal::conflict, "この資料のファイルは、ほかのものに変わりました。");
    }
    return {};
}

} // namespace

std::vector<Document> DocumentStore::all() {
    return read_all(connection_.query(columns + "ORDER BY number"), read_document);
}

std::optional<Document> DocumentStore::of(const MaterialId& material) {
    return read_one(connection_.query(columns + "WHERE material = ?", material), read_document);
}

std::vector<DocumentPage> DocumentStore::pages(const MaterialId& material) {
    return read_all(connection_.query(page_columns + "ORDER BY position", material), read_page);
}

std::optional<DocumentPage> DocumentStore::page(const MaterialId& material, int number) {
    return read_one(connection_.query(page_columns + "AND position = ?", material, number), read_page);
}

std::optional<Document> DocumentStore::lease(const std::string& owner, time::UtcTime now,
                                             std::chrono::milliseconds length) {
    return in_transaction(connection_, [&]() -> std::optional<Document> {
        const auto free = read_one(
            connection_.query(columns + "WHERE (state = 'waiting' AND coalesce(not_before_ms, ?) <= ?) "
                                        "OR (state = 'leased' AND lease_until_ms <= ?) ORDER BY number LIMIT 1",
                              now, now, now),
            read_document);
        if (!free) {
            return std::nullopt;
        }
        connection_.run("UPDATE document SET state = 'leased', attempts = attempts + 1, lease_owner = ?, "
                        "lease_until_ms = ?, not_before_ms = NULL WHERE material = ?",
                        owner, now + length, free->material);
        return of(free->material);
    });
}

Result<void> DocumentStore::renew(const Document& document, const std::string& owner, time::UtcTime until) {
    return held_by_one(connection_.run("UPDATE document SET lease_until_ms = ? " + held, until,
                                       document.material, document.file, owner));
}

Result<void> DocumentStore::finish(const Document& document, const std::string& owner,
                                   const std::vector<DocumentPage>& pages) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto kept = held_by_one(connection_.run(
            "UPDATE document SET state = 'ready', lease_owner = NULL, lease_until_ms = NULL " + held,
            document.material, document.file, owner));
        if (!kept) {
            return kept;
        }
        int position = 0;
        for (const auto& page : pages) {
            connection_.run("INSERT INTO document_page (document, position, width, height, text) "
                            "SELECT number, ?, ?, ?, ? FROM document WHERE material = ?",
                            ++position, page.width, page.height, page.text, document.material);
        }
        return {};
    });
}

Result<void> DocumentStore::leave(const Document& document, const std::string& owner,
                                  const std::string& why_not) {
    return held_by_one(connection_.run("UPDATE document SET state = 'none', why_not = ?, lease_owner = NULL, "
                                       "lease_until_ms = NULL " + held,
                                       why_not, document.material, document.file, owner));
}

Result<void> DocumentStore::put_back(const Document& document, const std::string& owner,
                                     time::UtcTime not_before) {
    return held_by_one(connection_.run("UPDATE document SET state = 'waiting', lease_owner = NULL, "
                                       "lease_until_ms = NULL, not_before_ms = ? " + held,
                                       not_before, document.material, document.file, owner));
}

void DocumentStore::release_all() {
    connection_.run("UPDATE document SET state = 'waiting', lease_owner = NULL, lease_until_ms = NULL, "
                    "not_before_ms = NULL WHERE state IN ('leased', 'waiting')");
}

} // namespace catalog::store
