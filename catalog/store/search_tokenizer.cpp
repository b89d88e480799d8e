#include "catalog/store/search_tokenizer.h"

#include "catalog/search/folded_text.h"

#include <sqlite3.h>

#include <new>
#include <stdexcept>

namespace catalog::store {

namespace {

/// What FTS5 calls for each text; it has no state.
struct Tokenizer {};

int create(void* /*context*/, const char** /*words*/, int /*count*/, Fts5Tokenizer** made) {
    *made = reinterpret_cast<Fts5Tokenizer*>(new (std::nothrow) Tokenizer);
    return *made == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

void destroy(Fts5Tokenizer* tokenizer) {
    delete reinterpret_cast<Tokenizer*>(tokenizer);
}

using TakeToken = int (*)(void* context, int flags, const char* token, int bytes, int begin, int end);

/// No exception may pass through SQLite.
int tokenize(Fts5Tokenizer* /*tokenizer*/, void* context, int flags, const char* text, int bytes,
             TakeToken take) try {
    const auto purpose = (flags & FTS5_TOKENIZE_QUERY) != 0 ? search::GramsFor::query
                                                            : search::GramsFor::index;
    const std::string_view whole(text, static_cast<std::size_t>(bytes));
    for (const auto& gram : search::grams(whole, purpose)) {
        const int result = take(context, 0, gram.text.data(), static_cast<int>(gram.text.size()),
                                static_cast<int>(gram.place.begin), static_cast<int>(gram.place.end));
        if (result != SQLITE_OK) {
            return result;
        }
    }
    return SQLITE_OK;
} catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
}

/// As FTS5 hands it out: through a pointer that is bound to a statement.
fts5_api* api_of(sqlite3* database) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

} // namespace

void add_search_tokenizer(sqlite3* database) {
    fts5_api* api = api_of(database);
    fts5_tokenizer tokenizer{create, destroy, tokenize};
    if (api == nullptr ||
        api->xCreateTokenizer(api, "kiroku", nullptr, &tokenizer, nullptr) != SQLITE_OK) {
        throw std::runtime_error("this SQLite cannot search: it was built without FTS5");
    }
}

} // namespace catalog::store
