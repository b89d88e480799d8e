#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

#include <thread>

namespace catalog::store {

using namespace std::chrono_literals;

namespace {

/// A catalog with recordings to make jobs for.
struct Queue : Sample {
    explicit Queue(int recordings = 1) {
        for (int i = 0; i < recordings; ++i) {
            catalog.recordings.add(sample_recording("rec" + std::to_string(i)));
        }
    }
    JobStore& jobs = catalog.jobs;
    RecordingId rec(int i) const { return RecordingId("rec" + std::to_string(i)); }
};

Upload sample_upload(const std::string& id) {
    Upload upload;
    upload.id = UploadId(id);
    upload.length = 6'000'000'000ULL;
    upload.file_name = "会議.mp4";
    upload.file_type = "video/mp4";
    upload.metadata = "filename 5Lya6K2wLm1wNA==";
    upload.created = day_one;
    upload.expires = day_one + 24h;
    return upload;
}

} // namespace

TEST_CASE("a recording has one unfinished job at most", "[store]") {
    Queue queue;
    const TranscodeJob job = queue.jobs.add(queue.rec(0), day_one);
    CHECK(is_valid_id(job.id.text()));
    CHECK(queue.jobs.add(queue.rec(0), day_one + 1h) == job);
    const auto leased = queue.jobs.lease("a", day_one, 1min);
    CHECK(queue.jobs.add(queue.rec(0), day_one + 1h) == leased);
    queue.jobs.fail(job.id);
    const TranscodeJob next = queue.jobs.add(queue.rec(0), day_one + 2h);
    CHECK(next.id != job.id);
    CHECK(queue.jobs.all().size() == 2);
}

TEST_CASE("a job is leased to one owner until the lease runs out", "[store]") {
    Queue queue;
    const TranscodeJob job = queue.jobs.add(queue.rec(0), day_one);
    const auto first = queue.jobs.lease("a", day_one, 1min);
    REQUIRE(first.has_value());
    CHECK(first->id == job.id);
    CHECK(first->state == TranscodeJob::State::leased);
    CHECK(first->attempts == 1);
    CHECK(first->lease_owner == "a");
    CHECK(first->lease_until == day_one + 1min);

    CHECK_FALSE(queue.jobs.lease("b", day_one + 1min - 1ms, 1min).has_value());
    CHECK(queue.jobs.renew(job.id, "a", day_one + 2min).has_value());
    CHECK_FALSE(queue.jobs.lease("b", day_one + 1min, 1min).has_value());
    const auto second = queue.jobs.lease("b", day_one + 2min, 1min);
    REQUIRE(second.has_value());
    CHECK(second->attempts == 2);
    CHECK(queue.jobs.renew(job.id, "a", day_one + 9min).error().kind == Refusal::conflict);
    queue.jobs.finish(job.id);
    CHECK(queue.jobs.renew(job.id, "b", day_one + 9min).error().kind == Refusal::conflict);
    CHECK_FALSE(queue.jobs.lease("c", day_one + 9min, 1min).has_value());
    CHECK(queue.jobs.find(job.id)->state == TranscodeJob::State::done);
}

TEST_CASE("jobs are leased oldest first, and after their back-off", "[store]") {
    Queue queue(3);
    queue.jobs.add(queue.rec(0), day_one + 1s);
    const auto oldest = queue.jobs.add(queue.rec(1), day_one);
    queue.jobs.add(queue.rec(2), day_one + 1s);
    CHECK(queue.jobs.lease("a", day_one + 2s, 1h)->recording == queue.rec(1));
    queue.jobs.put_back(oldest.id, day_one + 10s);
    CHECK(queue.jobs.find(oldest.id)->state == TranscodeJob::State::waiting);
    CHECK(queue.jobs.lease("a", day_one + 9s, 1h)->recording == queue.rec(0));
    CHECK(queue.jobs.lease("a", day_one + 10s, 1h)->recording == queue.rec(1));
    CHECK(queue.jobs.lease("a", day_one + 10s, 1h)->recording == queue.rec(2));
    CHECK_FALSE(queue.jobs.lease("a", day_one + 10s, 1h).has_value());
}

TEST_CASE("leases left by a process that is gone are ended at start", "[store]") {
    Queue queue;
    const auto job = queue.jobs.add(queue.rec(0), day_one);
    REQUIRE(queue.jobs.lease("before", day_one, 1h).has_value());
    queue.jobs.release_all();
    const auto again = queue.jobs.lease("after", day_one + 1s, 1h);
    REQUIRE(again.has_value());
    CHECK(again->id == job.id);
    CHECK(again->attempts == 2);
}

TEST_CASE("many who ask at once never lease the same job", "[store]") {
    constexpr int jobs = 40;
    constexpr int owners = 4;
    Queue queue(jobs);
    for (int i = 0; i < jobs; ++i) {
        queue.jobs.add(queue.rec(i), day_one);
    }
    std::vector<std::vector<std::string>> leased(owners);
    {
        std::vector<std::jthread> threads;
        for (int owner = 0; owner < owners; ++owner) {
            auto& mine = leased[static_cast<std::size_t>(owner)];
            threads.emplace_back([&queue, &mine, owner] {
                Catalog own(queue.folder.catalog_file(), Catalog::Access::write);
                while (const auto job = own.jobs.lease(std::to_string(owner), day_one, 1h)) {
                    mine.push_back(job->id.text());
                }
            });
        }
    }
    std::vector<std::string> all;
    for (const auto& mine : leased) {
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::ranges::sort(all);
    CHECK(all.size() == jobs);
    CHECK(std::ranges::adjacent_find(all) == all.end());
}

TEST_CASE("uploads reserve their length until they are finished", "[store]") {
    Sample sample;
    UploadStore& uploads = sample.catalog.uploads;
    CHECK(uploads.reserved_bytes() == 0);
    sample.catalog.videos.put(sample_video());
    Upload upload = sample_upload("u1");
    upload.video = sample_video().id;
    uploads.add(upload);
    Upload later = sample_upload("u2");
    later.expires += 1h;
    uploads.add(later);
    CHECK(uploads.find(upload.id) == upload);
    CHECK(uploads.reserved_bytes() == 12'000'000'000ULL);
    CHECK(uploads.expired(day_one + 24h - 1ms).empty());
    CHECK(uploads.expired(day_one + 24h) == std::vector{upload});

    uploads.finish(upload.id);
    CHECK(uploads.find(upload.id)->finished);
    CHECK(uploads.reserved_bytes() == 6'000'000'000ULL);
    CHECK(uploads.expired(day_one + 48h) == std::vector{later});
    uploads.remove(later.id);
    CHECK(uploads.all().size() == 1);
    CHECK(uploads.reserved_bytes() == 0);
}

TEST_CASE("an upload whose video is removed stays without one", "[store]") {
    Sample sample;
    sample.catalog.videos.put(sample_video());
    Upload upload = sample_upload("u1");
    upload.video = sample_video().id;
    sample.catalog.uploads.add(upload);
    REQUIRE(sample.catalog.videos.remove(sample_video().id).has_value());
    CHECK(sample.catalog.uploads.find(upload.id)->video.empty());
}

TEST_CASE("the audit log is only appended to", "[store]") {
    Sample sample;
    const AuditLog::Entry first{day_one, AccountId("office"), "video.update", "lec-01",
                                "{}",    "{\"a\":1}"};
    const AuditLog::Entry second{day_one + 1s, AccountId(), "video.remove", "lec-01", "{}", ""};
    sample.catalog.audit.append(first);
    sample.catalog.audit.append(second);
    CHECK(sample.catalog.audit.of_subject("lec-01") == std::vector{first, second});
    CHECK(sample.catalog.audit.of_subject("lec-02").empty());
    CHECK_THROWS(sample.tamper("DELETE FROM audit"));
    CHECK_THROWS(sample.tamper("UPDATE audit SET after = ''"));
}

} // namespace catalog::store
