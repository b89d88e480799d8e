#pragma once

#include "catalog/document.h"
#include "catalog/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Pages of handouts, and the queue of those that are to be made. Each handout with a file has a document.
class DocumentStore {
  public:
    explicit DocumentStore(Connection& connection) : connection_(connection) {}

    std::vector<Document> all();
    std::optional<Document> of(const MaterialId& material);
    /// In their order; none where it is not ready.
    std::vector<DocumentPage> pages(const MaterialId& material);
    /// From 1 on.
    std::optional<DocumentPage> page(const MaterialId& material, int number);

    /// The oldest that waits and whose back-off is over, or whose lease has run out; leased to `owner`
    /// until then, its attempt counted.
    std::optional<Document> lease(const std::string& owner, time::UtcTime now,
                                  std::chrono::milliseconds length);
    // Each refuses conflict where the lease is no longer `owner`s: the handout is gone, or has another
    // file by now.
    Result<void> renew(const Document& document, const std::string& owner, time::UtcTime until);
    Result<void> finish(const Document& document, const std::string& owner, const std::vector<DocumentPage>& pages);
    Result<void> leave(const Document& document, const std::string& owner, const std::string& why_not);
    Result<void> put_back(const Document& document, const std::string& owner, time::UtcTime not_before);
    /// Leases and back-offs end: at start, where no other process can hold one.
    void release_all();

  private:
    Connection& connection_;
};

} // namespace catalog::store
