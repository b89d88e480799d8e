#pragma once

#include "catalog/store/catalog.h"
#include "catalog/store/data_folder.h"
#include "server/net/offload.h"

#include <boost/asio/post.hpp>

#include <future>
#include <memory>
#include <mutex>
#include <vector>

namespace server {

/// The one thread that writes, with the one connection that does (catalog/store/catalog.h). Holds
/// the writer's lock as long as it lives.
class CatalogThread {
  public:
    /// Throws catalog::store::CatalogInUse where another process writes, and what `Catalog` throws.
    explicit CatalogThread(const catalog::store::DataFolder& folder)
        : lock_(folder),
          catalog_(folder.catalog_file(), catalog::store::Catalog::Access::write) {}
    CatalogThread(const CatalogThread&) = delete;
    CatalogThread& operator=(const CatalogThread&) = delete;
    ~CatalogThread() { join(); }
    /// Waits until all that was asked of it is done.
    void join() { thread_.join(); }

    /// Runs `work(Catalog&)` there and brings its value, or its exception, home. What it wrote is
    /// durable then. One after the other, in the order of the calls.
    template <class Work> auto run(Work work) {
        auto there = [this, work = std::move(work)]() mutable { return work(catalog_); };
        return net::offload(thread_, std::move(there));
    }

    /// As `run`, for who may block: at start.
    template <class Work> auto run_now(Work work) {
        std::packaged_task<std::invoke_result_t<Work&, catalog::store::Catalog&>()> task(
            [this, work = std::move(work)]() mutable { return work(catalog_); });
        auto result = task.get_future();
        net::asio::post(thread_, [&task] { task(); });
        return result.get();
    }

  private:
    catalog::store::WriterLock lock_;
    catalog::store::Catalog catalog_;
    net::Pool thread_{1};
};

/// Threads that read, each with a connection of its own. They see what was durable when their
/// work began.
class CatalogReaders {
  public:
    /// The catalog's file is there: a CatalogThread was made before.
    CatalogReaders(const catalog::store::DataFolder& folder, unsigned threads) : threads_(threads) {
        for (unsigned each = 0; each < threads; ++each)
            idle_.push_back(std::make_unique<catalog::store::Catalog>(
                folder.catalog_file(), catalog::store::Catalog::Access::read));
    }
    CatalogReaders(const CatalogReaders&) = delete;
    CatalogReaders& operator=(const CatalogReaders&) = delete;
    ~CatalogReaders() { join(); }
    /// Waits until all that was asked of them is done.
    void join() { threads_.join(); }

    /// Runs `work(Catalog&)` on one of them and brings its value, or its exception, home.
    template <class Work> auto run(Work work) {
        auto there = [this, work = std::move(work)]() mutable {
            Borrowed catalog(*this);
            return work(*catalog);
        };
        return net::offload(threads_, std::move(there));
    }

  private:
    /// As many as there are threads, so one is always idle.
    class Borrowed {
      public:
        explicit Borrowed(CatalogReaders& readers) : readers_(readers) {
            const std::lock_guard lock(readers_.mutex_);
            catalog_ = std::move(readers_.idle_.back());
            readers_.idle_.pop_back();
        }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        ~Borrowed() {
            const std::lock_guard lock(readers_.mutex_);
            readers_.idle_.push_back(std::move(catalog_));
        }
        catalog::store::Catalog& operator*() { return *catalog_; }

      private:
        CatalogReaders& readers_;
        std::unique_ptr<catalog::store::Catalog> catalog_;
    };

    std::mutex mutex_;
    std::vector<std::unique_ptr<catalog::store::Catalog>> idle_;
    net::Pool threads_;
};

} // namespace server
