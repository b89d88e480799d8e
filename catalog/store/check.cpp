#include "catalog/store/check.h"

#include "catalog/clip.h"
#include "catalog/media/media_folder.h"
#include "catalog/media/withdrawn_file.h"

#include <algorithm>
#include <map>
#include <set>

namespace catalog::store {

namespace {

namespace fs = std::filesystem;
using Broken = std::vector<std::string>;

constexpr std::string_view remade_ending = ".remade";

/// Names in a folder; none where there is no such folder.
std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

std::optional<std::uint64_t> size_of(const fs::path& file) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    return missing ? std::nullopt : std::optional<std::uint64_t>(size);
}

void check_file(const std::string& who, const fs::path& file, std::uint64_t bytes, Broken& broken) {
    const auto size = size_of(file);
    if (!size) {
        broken.push_back(who + ": its file " + file.string() + " is missing");
    } else if (*size != bytes) {
        broken.push_back(who + ": its file " + file.string() + " has " + std::to_string(*size) +
                         " bytes, not " + std::to_string(bytes));
    }
}

template <class Subject>
void check_name(const std::string& who, const Id<Subject>& id, Broken& broken) {
    if (!is_valid_id(id.text())) {
        broken.push_back(who + ": this is no valid id");
    }
}

void check_window(const std::string& who, const std::optional<AvailabilityWindow>& window,
                  Broken& broken) {
    if (window && window->opens && window->closes && *window->closes <= *window->opens) {
        broken.push_back(who + ": its window closes before it opens");
    }
}

/// What the rows say, read in one moment.
struct Rows {
    std::vector<Series> series;
    std::vector<Video> videos;
    std::vector<Material> materials;
    std::vector<MaterialStore::Version> versions;
    std::vector<Document> documents;
    std::vector<Recording> recordings;
    std::vector<Upload> uploads;
    std::vector<TranscodeJob> jobs;
    std::vector<LiveStream> live;
    std::vector<WithdrawnSpan> withdrawn;
};

/// Nothing, and a sentence more, where they cannot be read.
std::optional<Rows> read_rows(Catalog& catalog, Broken& broken) {
    try {
        return catalog.transaction([&] {
            return Rows{catalog.series.all(),         catalog.videos.all(),    catalog.materials.all(),
                        catalog.materials.versions(), catalog.documents.all(), catalog.recordings.all(),
                        catalog.uploads.all(),        catalog.jobs.all(),      catalog.live.all(),
                        catalog.withdrawals.all()};
        });
    } catch (const std::runtime_error& failure) {
        broken.emplace_back(failure.what()); // here a broken catalog is an answer
        return std::nullopt;
    }
}

void check_windows(const Rows& rows, Broken& broken) {
    for (const Series& series : rows.series) {
        check_name("series " + series.id.text(), series.id, broken);
        check_window("series " + series.id.text(), series.window, broken);
    }
    for (const Video& video : rows.videos) {
        check_name("video " + video.id.text(), video.id, broken);
        check_window("video " + video.id.text(), video.window, broken);
    }
    for (const Material& material : rows.materials) {
        check_name("material " + material.id.text(), material.id, broken);
        check_window("material " + material.id.text(), material.window, broken);
    }
}

void check_spans(const Rows& rows, Broken& broken) {
    for (const Video& video : rows.videos) {
        const auto recording = std::ranges::find(
            rows.recordings, video.recording.value_or(RecordingId()), &Recording::id);
        const auto whole = recording != rows.recordings.end() ? recording->duration : std::nullopt;
        const Clip clip(video);
        const auto length = clip.length(whole);
        const bool holds_nothing = length && *length <= std::chrono::milliseconds(0);
        if ((video.span && video.span->end <= video.span->begin) || holds_nothing) {
            broken.push_back("video " + video.id.text() +
                             ": its span holds nothing of its recording");
        }
    }
}

bool is_unfinished(const TranscodeJob& job) {
    return job.state == TranscodeJob::State::waiting || job.state == TranscodeJob::State::leased;
}

void check_jobs(const Rows& rows, Broken& broken) {
    std::map<RecordingId, int> unfinished;
    for (const TranscodeJob& job : rows.jobs) {
        unfinished[job.recording] += is_unfinished(job) ? 1 : 0;
        const bool is_leased = job.state == TranscodeJob::State::leased;
        if (is_leased != !job.lease_owner.empty() || is_leased != job.lease_until.has_value()) {
            broken.push_back("job " + job.id.text() + ": its lease and its state disagree");
        }
    }
    for (const Recording& recording : rows.recordings) {
        const std::string who = "recording " + recording.id.text();
        const bool awaits_work = recording.state == Recording::State::queued ||
                                 recording.state == Recording::State::working;
        if (unfinished[recording.id] > 1) {
            broken.push_back(who + ": more than one job works on it");
        } else if (awaits_work && unfinished[recording.id] == 0) {
            broken.push_back(who + ": it waits to be transcoded, but no job will do it");
        }
    }
}

/// Only a live stream makes a recording grow without a job, and only one that it knows.
void check_live(const Rows& rows, Broken& broken) {
    std::set<RecordingId> published;
    for (const LiveStream& stream : rows.live) {
        const bool has_begun = stream.state == LiveStream::State::live ||
                               stream.state == LiveStream::State::interrupted;
        if (stream.recording) {
            published.insert(*stream.recording);
        } else if (has_begun) {
            broken.push_back("live stream " + stream.video.text() + ": it has no recording");
        }
    }
    for (const Recording& recording : rows.recordings) {
        if (recording.state == Recording::State::live && !published.contains(recording.id)) {
            broken.push_back("recording " + recording.id.text() +
                             ": it is live, but no stream is");
        }
    }
}

void check_recording(const Recording& recording, const DataFolder& folder, Broken& broken) {
    const std::string who = "recording " + recording.id.text();
    check_name(who, recording.id, broken);
    const fs::path place = folder.media() / recording.id.text();
    if (!recording.source.empty()) {
        check_file(who, place / recording.source, recording.source_bytes, broken);
    }
    if (recording.state == Recording::State::ready) {
        for (const std::string& promise : media::check_media_folder(place)) {
            broken.push_back(who + ": " + promise);
        }
    } else if (recording.state != Recording::State::failed) {
        const auto media = media::read_media_folder(place);
        if (!media && media.error().kind != Refusal::not_ready) {
            broken.push_back(who + ": " + media.error().message);
        }
    }
}

void check_recordings(Catalog& catalog, const Rows& rows, const DataFolder& folder,
                      Broken& broken) {
    for (const Recording& recording : rows.recordings) {
        Broken found;
        check_recording(recording, folder, found);
        // A server beside this one may have gone on with it, or removed it, meanwhile.
        if (!found.empty() && catalog.recordings.find(recording.id) == recording) {
            broken.insert(broken.end(), found.begin(), found.end());
        }
    }
}

/// Folders that were there before the rest was looked at, and still have no row. One that is named
/// like an upload is that upload's recording about to be, or what a server left that was killed
/// then; the next start makes its row.
void check_strangers(Catalog& catalog, const DataFolder& folder, const std::set<std::string>& names,
                     Broken& broken) {
    for (const std::string& name : names) {
        // Beside the folder of a recording, one of the same that is being made anew.
        const RecordingId remade(name.ends_with(remade_ending) ? name.substr(0, name.size() - remade_ending.size()) : "");
        if (!remade.empty() && catalog.recordings.find(remade)) {
            continue;
        }
        const auto upload = catalog.uploads.find(UploadId(name));
        const bool is_coming = upload && !upload->finished;
        if (!is_coming && !catalog.recordings.find(RecordingId(name))) {
            broken.push_back((folder.media() / name).string() + ": no recording has this folder");
        }
    }
}

void check_uploads(const Rows& rows, const DataFolder& folder, Broken& broken) {
    for (const Upload& upload : rows.uploads) {
        const auto size = size_of(folder.uploads() / upload.id.text());
        if (size && *size > upload.length) {
            broken.push_back("upload " + upload.id.text() + ": its file has " +
                             std::to_string(*size) + " bytes, more than the " +
                             std::to_string(upload.length) + " that were announced");
        }
    }
}

void check_materials(const Rows& rows, const DataFolder& folder, Broken& broken) {
    for (const Material& material : rows.materials) {
        if (!material.file.empty()) {
            check_file("material " + material.id.text(), folder.materials() / material.file,
                       material.bytes, broken);
        }
    }
    for (const MaterialStore::Version& version : rows.versions) {
        check_file("an earlier version of a material", folder.materials() / version.file.file, version.file.bytes,
                   broken);
    }
}

/// What was removed is in none of a recording's files: those were made without it.
void check_withdrawals(const Rows& rows, const DataFolder& folder, Broken& broken) {
    for (const WithdrawnSpan& withdrawn : rows.withdrawn) {
        const bool is_removed = withdrawn.state == WithdrawnSpan::State::removed;
        const fs::path place = folder.media() / withdrawn.recording.text();
        if (is_removed && !media::withdrawn_from(place).contains(withdrawn.id)) {
            broken.push_back("recording " + withdrawn.recording.text() +
                             ": its files are not those that were made without what was withdrawn");
        }
    }
}

/// Each page that a row tells of has its picture.
void check_documents(const Rows& rows, const DataFolder& folder, Broken& broken) {
    for (const Document& document : rows.documents) {
        if (document.state != Document::State::ready) {
            continue;
        }
        const std::string who = "material " + document.material.text();
        if (document.pages == 0) {
            broken.push_back(who + ": its pages are made, but it has none");
        }
        for (int number = 1; number <= document.pages; ++number) {
            const auto picture = folder.pages() / document.file / picture_name(number);
            if (!size_of(picture).value_or(0)) {
                broken.push_back(who + ": its page " + picture.string() + " is missing");
            }
        }
    }
}

} // namespace

std::vector<std::string> check(Catalog& catalog, const DataFolder& folder) {
    const std::set<std::string> names = names_in(folder.media());
    Broken broken = catalog.broken_rows();
    const auto rows = read_rows(catalog, broken);
    if (!rows) {
        return broken;
    }
    check_windows(*rows, broken);
    check_spans(*rows, broken);
    check_jobs(*rows, broken);
    check_live(*rows, broken);
    check_recordings(catalog, *rows, folder, broken);
    check_uploads(*rows, folder, broken);
    check_materials(*rows, folder, broken);
    check_documents(*rows, folder, broken);
    check_withdrawals(*rows, folder, broken);
    check_strangers(catalog, folder, names, broken);
    return broken;
}

} // namespace catalog::store
