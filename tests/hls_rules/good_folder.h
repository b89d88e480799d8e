#pragma once

#include "tests/support/hls_rules/breach.h"
#include "tests/support/temporary_folder.h"

#include <set>
#include <string>

namespace hls_rules {

/// A copy, to be broken, of a folder that the real transcoder made of thirteen seconds of picture
/// and sound.
class GoodFolder {
  public:
    GoodFolder();

    const std::filesystem::path& path() const { return place_.path(); }
    std::string read(const std::string& file) const { return place_.read(file); }
    void write(const std::string& file, const std::string& content) const {
        place_.write(file, content);
    }
    void remove(const std::string& file) const { place_.remove(file); }

    /// Replaces the first `from` behind `after`; requires that there is one.
    void replace(const std::string& file, const std::string& from, const std::string& to,
                 const std::string& after = "") const;

    /// The picture renditions, the first in main.m3u8 first; the sound.
    const std::string& first() const { return pictures_.front(); }
    const std::string& second() const { return pictures_.back(); }
    const std::string& sound() const { return sound_; }
    /// The playlist of I-frames, which are the first picture's.
    std::string i_frames() const { return first() + "-iframes.m3u8"; }

    /// The rules that are broken now, and what is said, for a failing test.
    std::set<std::string> broken() const;
    std::string said() const;

  private:
    test::TemporaryFolder place_;
    std::vector<std::string> pictures_;
    std::string sound_;
};

} // namespace hls_rules
