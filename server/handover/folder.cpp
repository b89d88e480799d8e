#include "server/handover/folder.h"

#include <fstream>
#include <stdexcept>

namespace server::handover {
namespace {

namespace backup = catalog::store::backup;

/// Whoever is given the folder reads it: with a web server of their own, as another user.
constexpr unsigned readable = 0644;

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    backup::dress(file, {text.size(), 0, readable});
}

} // namespace

std::filesystem::path Folder::place_for(const std::string& name) const {
    auto place = root_ / name;
    std::filesystem::create_directories(place.parent_path());
    return place;
}

void Folder::put(const std::string& name, const std::string& text) {
    write(place_for(name), text);
    sums_[name] = {text.size(), backup::sum_of_text(text)};
}

void Folder::copy(const std::string& name, const std::filesystem::path& from) {
    const auto place = place_for(name);
    const auto copied = backup::take_copy(from, place);
    if (!copied)
        throw std::runtime_error(from.string() +
                                 " is missing: it was removed meanwhile (then begin again), or the "
                                 "archive is damaged (kiroku check tells).");
    auto state = copied->state;
    state.mode = readable;
    backup::dress(place, state);
    sums_[name] = copied->sum;
}

void Folder::finish() {
    backup::sync_file_system(root_);
    std::string lines;
    for (const auto& [name, sum] : sums_) {
        if (backup::sum_of(root_ / name) != sum)
            throw std::runtime_error((root_ / name).string() +
                                     " is not what was written to it: that disk cannot be trusted.");
        lines += sum.sha256 + "  " + name + "\n";
    }
    write(root_ / "checksums.sha256", lines);
}

std::uint64_t Folder::bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& [name, sum] : sums_)
        bytes += sum.bytes;
    return bytes;
}

} // namespace server::handover
