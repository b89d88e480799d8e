#include "tests/support/hls_rules/live_rules.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace hls_rules {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view delta_ending = "-delta";

struct Recorded {
    std::map<unsigned long, fs::path> versions; ///< by serial
    std::map<unsigned long, fs::path> deltas;
};

Recorded recorded_in(const fs::path& folder) {
    Recorded recorded;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().stem().string();
        unsigned long serial = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), serial);
        const std::string_view rest(end, static_cast<std::size_t>(name.data() + name.size() - end));
        if (error != std::errc() || entry.path().extension() != ".m3u8") {
            continue;
        }
        if (rest.empty()) {
            recorded.versions[serial] = entry.path();
        } else if (rest == delta_ending) {
            recorded.deltas[serial] = entry.path();
        }
    }
    return recorded;
}

LiveVersion read(const fs::path& file, Breaches& breaches) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    const auto place = file.parent_path().filename() / file.filename();
    return read_live_version(text, place.string(), breaches);
}

void check_rendition(const fs::path& folder, const std::set<std::string>& others,
                     Breaches& breaches) {
    const Recorded recorded = recorded_in(folder);
    if (recorded.versions.empty()) {
        throw std::runtime_error(folder.string() + " holds no version of a playlist");
    }
    std::optional<LiveVersion> before;
    for (const auto& [serial, file] : recorded.versions) {
        LiveVersion now = read(file, breaches);
        check_version(now, others, breaches);
        if (before) {
            check_next(*before, now, breaches);
        }
        if (const auto delta = recorded.deltas.find(serial); delta != recorded.deltas.end()) {
            const LiveVersion update = read(delta->second, breaches);
            const LiveVersion whole = apply_delta(now, update, breaches);
            check_version(whole, others, breaches);
            check_next(now, whole, breaches);
        }
        before = std::move(now);
    }
    if (!before->ended) {
        breaches.push_back({"L7", before->place, "the last version has no end"});
    }
}

} // namespace

Breaches check_recorded_session(const fs::path& folder) {
    std::set<std::string> renditions;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory()) {
            renditions.insert(entry.path().filename().string());
        }
    }
    if (renditions.empty()) {
        throw std::runtime_error(folder.string() + " holds no rendition");
    }
    Breaches breaches;
    for (const std::string& rendition : renditions) {
        std::set<std::string> others = renditions;
        others.erase(rendition);
        check_rendition(folder / rendition, others, breaches);
    }
    return breaches;
}

} // namespace hls_rules
