#pragma once

#include "catalog/result.h"

#include <type_traits>
#include <utility>

namespace catalog::store {

class Connection;

/// Writes that are made together or not at all; reads that see one moment. What was not committed
/// when it goes is undone. One inside another is undone on its own, and durable with the outer one.
class Transaction {
  public:
    explicit Transaction(Connection& connection);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

  private:
    Connection& connection_;
    int level_;
    bool open_ = true;
};

template <class T> constexpr bool is_result = false;
template <class T> constexpr bool is_result<Result<T>> = true;

/// Runs `work` inside a transaction and gives what it gives; undone where it throws or refuses.
template <class Work> auto in_transaction(Connection& connection, Work&& work) {
    Transaction transaction(connection);
    using Outcome = std::invoke_result_t<Work>;
    if constexpr (std::is_void_v<Outcome>) {
        std::forward<Work>(work)();
        transaction.commit();
    } else {
        Outcome outcome = std::forward<Work>(work)();
        if constexpr (is_result<Outcome>) {
            if (!outcome) {
                return outcome;
            }
        }
        transaction.commit();
        return outcome;
    }
}

} // namespace catalog::store
