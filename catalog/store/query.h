#pragma once

#include "catalog/store/stored.h"

#include <SQLiteCpp/Statement.h>

#include <cassert>
#include <optional>
#include <utility>
#include <vector>

namespace catalog::store {

/// A statement that was prepared once and is kept by its connection.
struct PreparedStatement {
    SQLite::Statement statement;
    bool in_use = false;
};

/// One run of a prepared statement; gives it back, reset, when it goes.
class Query {
  public:
    template <class... Values>
    explicit Query(PreparedStatement& prepared, const Values&... values) : prepared_(&prepared) {
        assert(!prepared.in_use);
        prepared.in_use = true;
        int index = 0;
        (Stored<Values>::bind(prepared.statement, ++index, values), ...);
    }
    Query(Query&& other) noexcept
        : prepared_(std::exchange(other.prepared_, nullptr)), column_(other.column_) {}
    Query& operator=(Query&&) = delete;
    ~Query() {
        if (prepared_ != nullptr) {
            prepared_->statement.tryReset();
            prepared_->in_use = false;
        }
    }

    /// Goes to the next row; false where there is none.
    bool next() {
        column_ = 0;
        return prepared_->statement.executeStep();
    }

    /// The next column of the row, in the order in which the statement names them.
    template <class Value> Value take() {
        return Stored<Value>::read(prepared_->statement.getColumn(column_++));
    }

  private:
    PreparedStatement* prepared_;
    int column_ = 0;
};

/// Every row as `read(query)` gives it.
template <class Read> auto read_all(Query query, Read read) {
    std::vector<decltype(read(query))> values;
    while (query.next()) {
        values.push_back(read(query));
    }
    return values;
}

/// The first row as `read(query)` gives it; nothing where there is none.
template <class Read> auto read_one(Query query, Read read) {
    return query.next() ? std::optional(read(query)) : std::nullopt;
}

} // namespace catalog::store
