#include "transcoder/withdraw/withdraw.h"

#include "transcoder/contained.h"
#include "transcoder/folder/output_folder.h"
#include "transcoder/withdraw/remaking.h"

#include "catalog/media/media_folder.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace transcoder::withdraw {

namespace {

using catalog::WithdrawnSpan;
using std::chrono::milliseconds;

Rejection no_job() {
    return {Kind::internal, "取消しの指示を読めません。", "The line is no job of withdrawing."};
}

Rejection not_finished() {
    return {Kind::internal, "このフォルダーの変換は、まだ終わっていません。",
            "The folder is not finished: nothing can be withdrawn from it yet."};
}

} // namespace

Outcome<Job> read_job(std::string_view line) {
    try {
        const auto text = nlohmann::json::parse(line);
        Job job;
        job.folder = text.at("folder").get<std::string>();
        job.threads = text.value("threads", job.threads);
        for (const auto& each : text.at("spans")) {
            WithdrawnSpan span;
            span.span = {milliseconds(each.at("begin_ms").get<std::int64_t>()),
                         milliseconds(each.at("end_ms").get<std::int64_t>())};
            const auto lost = catalog::lost_from_text(each.at("lost").get<std::string>());
            if (!lost || span.span.begin < milliseconds(0) || span.span.end <= span.span.begin)
                return no_job();
            span.lost = *lost;
            job.spans.push_back(std::move(span));
        }
        return job.spans.empty() ? Outcome<Job>(no_job()) : std::move(job);
    } catch (const nlohmann::json::exception&) {
        return no_job();
    }
}

Outcome<Finished> run(const Job& asked, Events& events) {
    try {
        // What is unfinished would be made empty by whoever takes it for another purpose.
        const auto media = catalog::media::read_media_folder(asked.folder);
        if (!media || !folder::is_finished(asked.folder))
            return not_finished();
        const auto all = media->names();
        const std::vector<std::string> names(all.begin(), all.end());
        const auto taken = folder::OutputFolder::take(asked.folder, {}, "", names, folder::Caller::server);
        if (!taken)
            return taken.error();
        auto job = asked;
        job.folder = taken->path();
        const auto remake = [&job, &events] { return remade(job, events); };
        auto finished = end_apart(*taken, events, remake);
        if (finished)
            finished->renditions = names;
        return finished;
    } catch (const std::system_error& error) {
        return rejection_of(error);
    }
}

} // namespace transcoder::withdraw
