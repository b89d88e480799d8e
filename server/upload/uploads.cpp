#include "server/upload/uploads.h"

#include "catalog/random_id.h"
#include "server/upload/upload_file.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace server::upload {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::Upload;
using catalog::UploadId;
using catalog::store::Catalog;
using nlohmann::json;

catalog::Error no_room() {
    return refuse(Refusal::no_space, "サーバーの空き容量が足りません。");
}

/// Moves a file and makes both names durable. What was moved already stays.
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (!std::filesystem::exists(from))
        return;
    std::filesystem::rename(from, to);
    sync_folder(to.parent_path());
    sync_folder(from.parent_path());
}

} // namespace

Uploads::Uploads(Parts parts) : parts_(std::move(parts)) {}

std::filesystem::path Uploads::file_of(const UploadId& id) const {
    return parts_.folder.uploads() / id.text();
}

std::filesystem::path Uploads::destination_of(const Upload& upload) const {
    if (!upload.material.empty())
        return parts_.folder.materials() / upload.id.text();
    return parts_.folder.media() / upload.id.text() / ("source" + ending_of(upload.file_name));
}

std::uint64_t Uploads::received_bytes(const UploadId& id) const {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file_of(id), missing);
    return missing ? 0 : size;
}

net::Task<Result<Upload>> Uploads::create(Wish wish) {
    auto there = [this, wish = std::move(wish)](Catalog& catalog) {
        return create_there(catalog, wish);
    };
    co_return co_await parts_.writer.run(std::move(there));
}

net::Task<std::optional<Upload>> Uploads::find(UploadId id) {
    auto look = [id = std::move(id)](Catalog& catalog) { return catalog.uploads.find(id); };
    co_return co_await parts_.readers.run(std::move(look));
}

Result<void> Uploads::check_room(Catalog& catalog, std::uint64_t length) const {
    if (length > parts_.settings.largest_bytes)
        return refuse(Refusal::too_large, "ファイルが大きすぎます。");
    // What the disk keeps for others already is not free; what it could not keep is still to come.
    std::uint64_t to_come = 0;
    for (const auto& other : catalog.uploads.all())
        if (!other.finished)
            to_come += other.length - std::min(other.length, kept_bytes(file_of(other.id)));
    if (free_bytes(parts_.folder.uploads()) < length + to_come + parts_.settings.reserve_bytes)
        return no_room();
    return {};
}

Result<Upload> Uploads::create_there(Catalog& catalog, const Wish& wish) {
    const auto& about = wish.description;
    if (const auto room = check_room(catalog, wish.length); !room)
        return room.error();
    if (!about.video.empty() && !catalog.videos.find(about.video))
        return refuse(Refusal::not_found, "この動画は見つかりません。");
    if (!about.material.empty() && !catalog.materials.find(about.material))
        return refuse(Refusal::not_found, "この資料は見つかりません。");
    const auto now = parts_.clock.now();
    Upload upload{
        .id = UploadId(catalog::random_id()),
        .length = wish.length,
        .file_name = about.file_name,
        .file_type = about.file_type,
        .video = about.video,
        .material = about.material,
        .owner = wish.account,
        .metadata = wish.metadata,
        .created = now,
        .expires = now + parts_.settings.expiry,
        .finished = false,
    };
    try {
        UploadFile::make(file_of(upload.id), upload.length);
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::no_space_on_device)
            return no_room();
        throw;
    }
    catalog.transaction([&] {
        if (upload.video.empty() && upload.material.empty())
            upload.video = draft_for(catalog, wish);
        catalog.uploads.add(upload);
    });
    return upload;
}

catalog::VideoId Uploads::draft_for(Catalog& catalog, const Wish& wish) {
    catalog::Video draft;
    draft.id = catalog::VideoId(catalog::random_id());
    draft.kind = catalog::Video::Kind::lecture;
    draft.title = title_of(wish.description.file_name);
    catalog.videos.put(draft);
    catalog.audit.append({parts_.clock.now(), wish.account, "video.create", draft.id.text(), {},
                          json{{"title", draft.title}}.dump()});
    return draft.id;
}

net::Task<> Uploads::finish(Upload upload) {
    auto there = [this, upload = std::move(upload)](Catalog& catalog) {
        finish_there(catalog, upload);
    };
    co_await parts_.writer.run(std::move(there));
    parts_.file_came();
}

void Uploads::finish_there(Catalog& catalog, const Upload& upload) {
    if (!upload.material.empty())
        become_material(catalog, upload);
    else
        become_recording(catalog, upload);
}

void Uploads::become_recording(Catalog& catalog, const Upload& upload) {
    // The recording has the upload's id, so that doing this again does the same.
    catalog::Recording recording;
    recording.id = catalog::RecordingId(upload.id.text());
    recording.file_name = upload.file_name;
    const auto destination = destination_of(upload);
    recording.source = destination.filename().string();
    recording.source_bytes = upload.length;
    recording.received = parts_.clock.now();
    std::filesystem::create_directory(destination.parent_path());
    move_durably(file_of(upload.id), destination);
    sync_folder(parts_.folder.media());
    auto video = catalog.videos.find(upload.video);
    catalog.transaction([&] {
        if (!video) {
            // It was removed meanwhile; the file is not.
            video.emplace();
            video->id = catalog::VideoId(catalog::random_id());
            video->kind = catalog::Video::Kind::lecture;
            video->title = title_of(upload.file_name);
            catalog.videos.put(*video);
        }
        catalog.recordings.add(recording);
        catalog.videos.set_recording(video->id, recording.id);
        // They came with what it showed until now.
        catalog.captions.remove_found(video->id);
        catalog.jobs.add(recording.id, recording.received);
        catalog.uploads.finish(upload.id);
        const json before{{"recording", video->recording ? json(video->recording->text()) : json()}};
        const json after{{"recording", recording.id.text()}, {"file_name", recording.file_name}};
        catalog.audit.append({recording.received, upload.owner, "video.recording",
                              video->id.text(), before.dump(), after.dump()});
    });
    if (auto playable = play::playable_video(catalog, video->id))
        parts_.play_table.put(std::move(*playable));
}

void Uploads::become_material(Catalog& catalog, const Upload& upload) {
    const auto before = catalog.materials.find(upload.material);
    const auto destination = destination_of(upload);
    const auto file = destination.filename().string();
    move_durably(file_of(upload.id), destination);
    const auto noted = [](const std::string& name) {
        return name.empty() ? std::string() : json{{"file_name", name}}.dump();
    };
    catalog.transaction([&] {
        const auto now = parts_.clock.now();
        // What it had before is kept as a version.
        catalog.materials.set_file(upload.material, {file, upload.file_name, upload.length}, now);
        catalog.uploads.finish(upload.id);
        catalog.audit.append({now, upload.owner, "material.file", upload.material.text(),
                              noted(before ? before->file_name : ""), noted(upload.file_name)});
    });
    // Pages are of the file that it has.
    if (before && !before->file.empty() && before->file != file)
        std::filesystem::remove_all(parts_.folder.pages() / before->file);
}

net::Task<> Uploads::remove(Upload upload) {
    auto there = [this, upload = std::move(upload)](Catalog& catalog) {
        catalog.uploads.remove(upload.id);
        std::filesystem::remove(file_of(upload.id));
    };
    co_await parts_.writer.run(std::move(there));
}

void Uploads::recover(Catalog& catalog) {
    for (const auto& upload : catalog.uploads.all()) {
        if (upload.finished)
            continue;
        const bool is_here = std::filesystem::exists(file_of(upload.id));
        if (is_here && received_bytes(upload.id) < upload.length)
            continue;
        if (is_here || std::filesystem::exists(destination_of(upload))) {
            finish_there(catalog, upload);
        } else {
            spdlog::error("The file of upload {} is gone; it is forgotten.", upload.id.text());
            catalog.uploads.remove(upload.id);
        }
    }
    // Files whose rows were never written, or are gone already.
    for (const auto& entry : std::filesystem::directory_iterator(parts_.folder.uploads()))
        if (!catalog.uploads.find(UploadId(entry.path().filename().string())))
            std::filesystem::remove(entry.path());
}

net::Task<> Uploads::remove_expired() {
    auto look = [now = parts_.clock.now()](Catalog& catalog) {
        return catalog.uploads.expired(now);
    };
    const auto expired = co_await parts_.readers.run(std::move(look));
    for (const auto& upload : expired) {
        const auto lock = co_await locks_.take(upload.id);
        const auto still = co_await find(upload.id);
        if (lock && still && !still->finished)
            co_await remove(*still);
    }
}

} // namespace server::upload
