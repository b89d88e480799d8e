#include "server/jobs/remade_folder.h"

#include "catalog/media/withdrawn_file.h"
#include "catalog/store/catalog.h"
#include "server/descriptor.h"

#include <spdlog/spdlog.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <map>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace server::jobs {
namespace {

namespace fs = std::filesystem;
using catalog::RecordingId;
using catalog::WithdrawnSpan;
using catalog::store::Catalog;

constexpr std::string_view remade_ending = ".remade";
constexpr std::string_view replaced_ending = ".replaced";

fs::path beside(const fs::path& folder, std::string_view ending) {
    auto path = folder;
    path += ending;
    return path;
}

void sync(const fs::path& path, int how) {
    const Descriptor opened(::open(path.c_str(), how | O_RDONLY | O_CLOEXEC));
    if (!opened || ::fsync(opened.number()) != 0)
        throw std::system_error(errno, std::generic_category(), "sync " + path.string());
}

void sync_folder(const fs::path& path) { sync(path, O_DIRECTORY); }

/// "source.mp4"
bool is_upload(const fs::path& name) { return name.stem() == "source" && !name.has_parent_path(); }

void take_along(const fs::path& from, const fs::path& to) {
    std::error_code no_links;
    fs::create_hard_link(from, to, no_links);
    if (!no_links)
        return;
    fs::copy_file(from, to);
    sync(to, 0);
}

void write(const fs::path& file, const std::string& text) {
    {
        std::ofstream stream;
        stream.exceptions(std::ios::badbit | std::ios::failbit);
        stream.open(file, std::ios::binary | std::ios::trunc);
        stream << text;
    }
    sync(file, 0);
}

/// The id of the recording that a folder beside others is of; empty where it is none such.
RecordingId recording_of(const fs::path& folder, std::string_view ending) {
    const auto name = folder.filename().string();
    return name.ends_with(ending) ? RecordingId(name.substr(0, name.size() - ending.size())) : RecordingId();
}

std::vector<fs::path> folders_in(const fs::path& media) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(media))
        folders.push_back(entry.path());
    return folders;
}

/// Where two renames were needed and only the first was made, no folder has the recording's name.
void give_name_back(const fs::path& media, const fs::path& left) {
    for (const auto ending : {remade_ending, replaced_ending}) {
        const auto recording = recording_of(left, ending);
        const auto served = media / recording.text();
        const bool is_whole = ending == replaced_ending || fs::exists(left / catalog::media::withdrawn_file);
        if (!recording.empty() && !fs::exists(served) && is_whole && fs::exists(beside(served, replaced_ending)))
            fs::rename(left, served);
    }
}

} // namespace

RemadeFolder::RemadeFolder(const catalog::store::DataFolder& folder, const RecordingId& recording)
    : served_(folder.media() / recording.text()), remade_(beside(served_, remade_ending)),
      replaced_(beside(served_, replaced_ending)) {}

void RemadeFolder::begin() const {
    remove();
    fs::create_directory(remade_);
    for (const auto& entry : fs::recursive_directory_iterator(served_)) {
        const auto name = entry.path().lexically_relative(served_);
        if (entry.is_directory())
            fs::create_directory(remade_ / name);
        else if (!is_upload(name) && name != catalog::media::withdrawn_file)
            take_along(entry.path(), remade_ / name);
    }
}

void RemadeFolder::take_place(std::span<const WithdrawnSpan> withdrawn) const {
    write(remade_ / catalog::media::withdrawn_file, catalog::media::to_withdrawn_file(withdrawn));
    for (const auto& entry : fs::recursive_directory_iterator(remade_))
        if (entry.is_directory())
            sync_folder(entry.path());
    sync_folder(remade_);
    if (::renameat2(AT_FDCWD, remade_.c_str(), AT_FDCWD, served_.c_str(), RENAME_EXCHANGE) == 0) {
        sync_folder(served_.parent_path());
        fs::remove_all(remade_);
        return;
    }
    if (errno != EINVAL && errno != ENOSYS)
        throw std::system_error(errno, std::generic_category(), "exchange " + served_.string());
    // This file system exchanges no names: `recover_remade_folders` finishes it where it is cut off here.
    fs::rename(served_, replaced_);
    fs::rename(remade_, served_);
    sync_folder(served_.parent_path());
    fs::remove_all(replaced_);
}

void RemadeFolder::remove() const {
    fs::remove_all(remade_);
    if (fs::exists(served_))
        fs::remove_all(replaced_);
}

void recover_remade_folders(Catalog& catalog, const catalog::store::DataFolder& folder) {
    for (const auto& left : folders_in(folder.media()))
        give_name_back(folder.media(), left);
    for (const auto& left : folders_in(folder.media()))
        for (const auto ending : {remade_ending, replaced_ending})
            if (const auto recording = recording_of(left, ending); !recording.empty())
                fs::remove_all(left);
    std::vector<catalog::WithdrawnSpanId> done;
    for (const auto& each : catalog.withdrawals.all())
        if (each.state == WithdrawnSpan::State::withheld &&
            catalog::media::withdrawn_from(folder.media() / each.recording.text()).contains(each.id))
            done.push_back(each.id);
    if (!done.empty())
        catalog.withdrawals.set_removed(done);
}

} // namespace server::jobs
