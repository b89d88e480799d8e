#include "server/jobs/page_runner.h"

#include "catalog/random_id.h"
#include "server/jobs/made_pages.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace server::jobs {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::Document;
using catalog::Result;
using catalog::store::Catalog;

constexpr auto pause_after_failure = 5s;
constexpr const char* stopped_midway = "ページを作る途中で、くり返し止まりました。ダウンロードしてご覧ください。";

} // namespace

PageRunner::PageRunner(const Parts& parts) : parts_(parts), owner_(catalog::random_id()) {}

void PageRunner::start(asio::any_io_executor executor, net::TaskGroup& tasks) {
    if (parts_.settings.jobs == 0)
        return;
    const std::lock_guard lock(mutex_);
    bell_ = std::make_shared<Bell>(executor);
    tasks.spawn("pages of handouts", serve(bell_));
}

void PageRunner::wake() {
    const std::lock_guard lock(mutex_);
    if (bell_)
        bell_->ring();
}

void PageRunner::stop() {
    stopping_ = true;
    {
        const std::lock_guard lock(mutex_);
        if (at_work_)
            at_work_->kill();
    }
    wake();
}

std::filesystem::path PageRunner::folder_of(const Document& document) const {
    return parts_.folder.pages() / document.file;
}

net::Task<> PageRunner::serve(std::shared_ptr<Bell> bell) {
    while (!stopping_) {
        const auto pause = co_await take_turn();
        if (!stopping_ && pause > 0s)
            co_await bell->wait(pause);
    }
}

net::Task<std::chrono::milliseconds> PageRunner::take_turn() {
    try {
        auto found = co_await next();
        if (!found.work)
            co_return found.some_wait ? 500ms : 60s;
        co_await make(std::move(*found.work));
        co_return 0ms;
    } catch (const std::exception& broken) {
        // A full disk, say: the lease runs out, and somebody tries again.
        spdlog::error("The pages of a handout were left: {}", broken.what());
    }
    co_return pause_after_failure;
}

net::Task<PageRunner::Found> PageRunner::next() {
    auto look = [this](Catalog& catalog) {
        Found found;
        found.work = catalog.documents.lease(owner_, parts_.clock.now(), parts_.settings.lease);
        if (!found.work)
            for (const auto& each : catalog.documents.all())
                found.some_wait |= each.state == Document::State::waiting;
        return found;
    };
    co_return co_await parts_.writer.run(std::move(look));
}

net::Task<> PageRunner::make(Document document) {
    const auto& settings = parts_.settings;
    const auto folder = folder_of(document);
    std::filesystem::create_directories(folder);
    const nlohmann::json task{{"input", (parts_.folder.materials() / document.file).string()},
                              {"folder", folder.string()}};
    Transcoding transcoding({.program = program_of(settings),
                             .folder = folder,
                             .option = "--pages",
                             .task = task.dump(),
                             .niceness = settings.niceness,
                             .stall = settings.stall,
                             .beat = settings.lease / 4},
                            threads_);
    {
        const std::lock_guard lock(mutex_);
        at_work_ = &transcoding;
    }
    auto outcome = co_await run(document, transcoding);
    {
        const std::lock_guard lock(mutex_);
        at_work_ = nullptr;
    }
    co_await settle(document, std::move(outcome));
}

net::Task<Transcoding::Outcome> PageRunner::run(const Document& document, Transcoding& transcoding) {
    Transcoding::Listener listener{
        .heard = [this, &document](const Event&) { return renew(document); },
        .beat = [this, &document] { return renew(document); },
    };
    try {
        co_return co_await transcoding.run(std::move(listener));
    } catch (const std::exception& broken) {
        co_return Transcoding::Died{broken.what()};
    }
}

net::Task<> PageRunner::renew(const Document& document) {
    auto renewal = [this, &document](Catalog& catalog) {
        return catalog.documents.renew(document, owner_, parts_.clock.now() + parts_.settings.lease);
    };
    const auto renewed = co_await parts_.writer.run(std::move(renewal));
    if (!renewed)
        throw std::runtime_error(renewed.error().message);
}

net::Task<> PageRunner::settle(const Document& document, Transcoding::Outcome outcome) {
    if (stopping_)
        co_return; // the next start begins it anew
    auto read = [folder = folder_of(document)] { return made_pages(folder); };
    Result<std::vector<catalog::DocumentPage>> pages = refuse(catalog::Refusal::invalid, "");
    if (std::holds_alternative<Paged>(outcome))
        pages = co_await net::offload(threads_, std::move(read));
    auto write = [this, &document, &outcome, &pages](Catalog& catalog) -> Result<void> {
        if (const auto* failed = std::get_if<Failed>(&outcome)) {
            if (failed->again() == Failed::Again::may_pass)
                return try_again(catalog, document, failed->message);
            return catalog.documents.leave(document, owner_, failed->message);
        }
        if (const auto* died = std::get_if<Transcoding::Died>(&outcome)) {
            spdlog::warn("The pages of {} ended early: {}", document.material.text(), died->how);
            return try_again(catalog, document, stopped_midway);
        }
        if (!pages) {
            spdlog::warn("The pages of {} are none: {}", document.material.text(), pages.error().message);
            return try_again(catalog, document, stopped_midway);
        }
        return catalog.documents.finish(document, owner_, *pages);
    };
    const auto settled = co_await parts_.writer.run(std::move(write));
    if (settled && std::holds_alternative<Paged>(outcome) && pages)
        co_return;
    // Another file has come meanwhile, or there is nothing in it that anybody wants.
    auto clear = [folder = folder_of(document)] { std::filesystem::remove_all(folder); };
    co_await net::offload(threads_, std::move(clear));
}

Result<void> PageRunner::try_again(Catalog& catalog, const Document& document, const std::string& why) {
    if (document.attempts >= parts_.settings.attempts)
        return catalog.documents.leave(document, owner_, why);
    const auto pause = parts_.settings.back_off * (1 << (document.attempts - 1));
    return catalog.documents.put_back(document, owner_, parts_.clock.now() + pause);
}

} // namespace server::jobs
