#pragma once

#include "transcoder/rejection.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::folder {

/// Who asks for the folder: a person, who may have named a wrong one, or a server, whose it is.
enum class Caller { person, server };

/// The folder a run writes to: fresh, left by a run that was stopped, or finished. A small file in
/// it (`.kiroku-transcoder`) holds what is being made while it is being made; without it nothing in
/// the folder is changed, for it is not known to be ours.
class OutputFolder {
  public:
    enum class State { unfinished, finished };

    /// Takes `folder` for a run that makes `recipe` (one line: all that decides which bytes are
    /// made) with renditions `names`. What an earlier run left of the same recipe is kept, of
    /// another one removed. `source` may lie in the folder. Refuses a folder that is not ours, or in
    /// which another run is at work: then nothing was touched.
    static Outcome<OutputFolder> take(const std::filesystem::path& folder,
                                      const std::filesystem::path& source,
                                      const std::string& recipe,
                                      const std::vector<std::string>& names, Caller caller);

    OutputFolder(OutputFolder&& other) noexcept;
    OutputFolder& operator=(OutputFolder&&) = delete;
    ~OutputFolder();

    const std::filesystem::path& path() const { return path_; }
    State state() const { return state_; }
    /// The folder, and what else must stay open for it to stay locked.
    std::vector<int> descriptors() const;

    /// What an earlier run of the same recipe found out and `keep` wrote down; none where nothing was.
    const std::optional<std::string>& kept() const { return kept_; }
    /// Writes one line to the mark, for the runs that go on if this one is stopped. Durable.
    void keep(const std::string& line);

    /// All is made: the folder is finished.
    void finish();
    /// Nothing will be made: what was made goes, and the folder too where this run made it.
    void remove_all();

  private:
    enum class MadeBy { us, others };
    OutputFolder(std::filesystem::path path, std::filesystem::path source, int lock, MadeBy made_by)
        : path_(std::move(path)), source_(std::move(source)), lock_(lock), made_by_(made_by) {}

    std::filesystem::path path_;
    std::filesystem::path source_;   ///< is never touched
    int lock_;
    MadeBy made_by_;
    State state_ = State::unfinished;
    std::string recipe_;
    std::optional<std::string> kept_;
};

/// Whether the folder holds all that would be made, ended and sound.
bool is_finished(const std::filesystem::path& folder);
/// Whether a run writes to the folder, or was stopped before it was finished.
bool is_unfinished(const std::filesystem::path& folder);

/// Removes from `folder` what an unfinished run left, where its mark is there; `source` stays. For
/// runs that are refused before they know what they would make.
void remove_leftovers(const std::filesystem::path& folder, const std::filesystem::path& source);

} // namespace transcoder::folder
