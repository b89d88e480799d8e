#include "server/jobs/downloads.h"

#include "catalog/store/catalog.h"
#include "server/jobs/transcoding.h"
#include "server/play/download_file.h"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <unistd.h>

namespace server::jobs {
namespace {

namespace fs = std::filesystem;
namespace asio = net::asio;
using catalog::Refusal;
using catalog::Result;
using play::download_file_of;

constexpr std::chrono::hours kept_for{24 * 7};

std::string seconds_text(std::chrono::milliseconds time) {
    const auto rest = std::to_string(time.count() % 1000);
    return std::to_string(time.count() / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

/// "12.500-60.000,75.000-"
std::string spans_text(const catalog::Clip& clip) {
    std::string text;
    for (const auto& [begin, end] : clip.pieces()) {
        text += (text.empty() ? "" : ",") + seconds_text(begin) + "-";
        if (end != catalog::Clip::open_end)
            text += seconds_text(end);
    }
    return text;
}

std::string file_of(const Downloads::Wanted& wanted) {
    return download_file_of(wanted.recording, wanted.clip);
}

/// Whether a file, or what is to become one, is of a recording.
bool is_of(const std::string& file, const catalog::RecordingId& recording) {
    return file.starts_with(recording.text() + ".");
}

void remove_quietly(const fs::path& file) {
    std::error_code error;
    fs::remove(file, error);
    if (error)
        spdlog::error("{} stays for now: {}", file.string(), error.message());
}

} // namespace

fs::path Downloads::path_of(const Wanted& wanted) const {
    return folder_.downloads() / file_of(wanted);
}

void Downloads::start(asio::any_io_executor executor, net::TaskGroup& tasks) {
    const std::lock_guard lock(mutex_);
    bell_ = std::make_shared<asio::steady_timer>(executor,
                                                 std::chrono::steady_clock::time_point::max());
    tasks.spawn("the downloads", serve(bell_));
}

void Downloads::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
    if (child_)
        child_->kill();
    ring();
    // What waits with it has it still; the executor may be gone before we are.
    bell_.reset();
}

/// Under the lock.
void Downloads::ring() {
    if (bell_)
        asio::post(bell_->get_executor(), [bell = bell_] { bell->cancel(); });
}

Result<Downloads::State> Downloads::ask(const Wanted& wanted) {
    const auto file = file_of(wanted);
    const std::lock_guard lock(mutex_);
    std::error_code missing;
    if (const auto bytes = fs::file_size(path_of(wanted), missing); !missing)
        return State(Ready{bytes});
    if (is_at_work_on(file))
        return State(Making{});
    if (failed_.erase(file) > 0)
        return refuse(Refusal::try_later,
                      "ファイルを用意できませんでした。しばらくしてから、もう一度お試しください。");
    const auto room = fs::space(folder_.downloads()).available;
    if (room < wanted.bytes + settings_.uploads.reserve_bytes)
        return refuse(Refusal::no_space,
                      "サーバーの空き容量が足りないため、いまはファイルを用意できません。");
    waiting_.push_back(wanted);
    ring();
    return State(Making{});
}

/// Under the lock.
bool Downloads::is_at_work_on(const std::string& file) const {
    return (at_work_ && file_of(*at_work_) == file) ||
           std::ranges::find(waiting_, file, &file_of) != waiting_.end();
}

void Downloads::end(const catalog::RecordingId& recording) {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](const Wanted& wanted) { return wanted.recording == recording; });
    if (child_ && at_work_ && at_work_->recording == recording)
        child_->kill();
    for (const auto& entry : fs::directory_iterator(folder_.downloads()))
        if (is_of(entry.path().filename().string(), recording))
            remove_quietly(entry.path());
}

void Downloads::sweep(catalog::store::Catalog& catalog) {
    std::set<std::string> allowed;
    for (const auto& video : catalog.videos.all())
        if (video.may_be_downloaded && video.recording)
            allowed.insert(download_file_of(*video.recording, catalog::Clip(video)));
    const auto too_old = fs::file_time_type::clock::now() - kept_for;
    const std::lock_guard lock(mutex_);
    for (const auto& entry : fs::directory_iterator(folder_.downloads())) {
        const auto name = entry.path().filename().string();
        std::error_code gone;
        const bool is_old = entry.last_write_time(gone) < too_old;
        const bool is_being_made = at_work_ && name == file_of(*at_work_) + ".new";
        if (!is_being_made && (!allowed.contains(name) || is_old))
            remove_quietly(entry.path());
    }
}

std::optional<Downloads::Wanted> Downloads::next() {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty())
        return std::nullopt;
    at_work_ = std::move(waiting_.front());
    waiting_.pop_front();
    return at_work_;
}

net::Task<> Downloads::serve(std::shared_ptr<asio::steady_timer> bell) {
    for (;;) {
        const auto wanted = next();
        if (wanted) {
            std::string how;
            try {
                co_await make(*wanted);
            } catch (const std::exception& broken) {
                how = broken.what();
            }
            settle(*wanted, how);
            continue;
        }
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                co_return;
        }
        co_await bell->async_wait(net::outcome);
    }
}

void Downloads::settle(const Wanted& wanted, const std::string& how) {
    const std::lock_guard lock(mutex_);
    child_.reset();
    at_work_.reset();
    const auto file = path_of(wanted);
    std::error_code unknown;
    if (!fs::exists(folder_.media() / wanted.recording.text(), unknown)) {
        remove_quietly(file); // it was removed meanwhile
    } else if (!fs::exists(file, unknown) && !stopping_) {
        spdlog::error("No file could be made of {}: {}", wanted.recording.text(), how);
        failed_.insert(file_of(wanted));
    }
}

net::Task<> Downloads::make(const Wanted& wanted) {
    const auto media = folder_.media() / wanted.recording.text();
    const auto locked = lock_folder(media);
    if (!locked)
        throw std::runtime_error("another transcoder works on it");
    std::vector<std::string> words{"--download", media.string(), path_of(wanted).string()};
    if (!wanted.clip.is_whole()) {
        words.emplace_back("--span");
        words.push_back(spans_text(wanted.clip));
    }
    auto begin = [this, &locked, &words] {
        auto child = std::make_unique<Child>(program_of(settings_.transcoding), words, locked,
                                             settings_.transcoding.niceness);
        const std::lock_guard lock(mutex_);
        child_ = std::move(child);
        if (stopping_)
            child_->kill();
    };
    co_await net::offload(threads_, std::move(begin));
    asio::posix::stream_descriptor process(co_await asio::this_coro::executor,
                                           ::dup(child_->ended().number()));
    co_await process.async_wait(asio::posix::stream_descriptor::wait_read, net::outcome);
    auto reap = [this] {
        const std::lock_guard lock(mutex_);
        return child_->reap();
    };
    const auto how = co_await net::offload(threads_, std::move(reap));
    if (how != "exit code 0")
        throw std::runtime_error(how);
}

} // namespace server::jobs
