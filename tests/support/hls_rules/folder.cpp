#include "tests/support/hls_rules/folder.h"

#include "tests/support/hls_rules/presentation.h"

#include <algorithm>

namespace hls_rules {

namespace {

namespace fs = std::filesystem;

class FolderCheck {
  public:
    explicit FolderCheck(fs::path folder) : folder_(std::move(folder)) {}

    void check(const std::string& playlist) {
        const Bytes bytes = files_.bytes(folder_ / playlist);
        const auto listed =
            read_multivariant(std::string(bytes.begin(), bytes.end()), playlist, breaches_);
        Renditions of_this;
        const auto add = [&](const std::string& address) {
            const Rendition* rendition = read(address, playlist);
            if (rendition != nullptr) {
                of_this.emplace(address, *rendition);
            }
        };
        for (const ListedVariant& variant : listed.variants) {
            add(variant.address);
        }
        for (const ListedSound& sound : listed.sounds) {
            add(sound.address);
        }
        check_variants(listed, of_this, playlist, breaches_);
        check_alignment(of_this, breaches_);
        check_i_frames(listed, of_this, folder_ / playlist, files_, breaches_);
    }

    Breaches take() {
        Breaches once;
        for (Breach& breach : breaches_) {
            if (std::ranges::find(once, breach) == once.end()) {
                once.push_back(std::move(breach));
            }
        }
        return once;
    }

  private:
    /// Null where it cannot be read.
    const Rendition* read(const std::string& address, const std::string& playlist) {
        const auto found = renditions_.find(address);
        if (found != renditions_.end()) {
            return found->second ? &*found->second : nullptr;
        }
        auto& rendition = renditions_[address];
        try {
            rendition = read_rendition(folder_ / address, address, files_, breaches_);
        } catch (const Malformed& missing) {
            breaches_.push_back({"P4", playlist, missing.what()});
        }
        return rendition ? &*rendition : nullptr;
    }

    fs::path folder_;
    Files files_;
    Breaches breaches_;
    std::map<std::string, std::optional<Rendition>> renditions_;
};

} // namespace

Breaches check_folder(const fs::path& folder) {
    try {
        FolderCheck check(folder);
        check.check("main.m3u8");
        if (fs::exists(folder / "audio.m3u8")) {
            check.check("audio.m3u8");
        }
        return check.take();
    } catch (const Malformed& missing) {
        return {{"P1", "main.m3u8", missing.what()}};
    }
}

} // namespace hls_rules
