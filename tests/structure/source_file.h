#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace structure {

/// A file of the project's own sources.
struct SourceFile {
    std::string path;                ///< from the root: "server/net/task.h"
    std::vector<std::string> lines;

    bool lies_in(const std::string& folder) const { return path.starts_with(folder + "/"); }
    bool is_cpp() const;
    std::string text() const;
};

/// What the lines include: `"catalog/id.h"` or `<sodium.h>`, without the marks.
struct Include {
    std::string what;
    std::size_t line;
};
std::vector<Include> includes_of(const SourceFile& file);

/// The code without its comments and the insides of its literals; lines stay where they are.
std::string code_of(const SourceFile& file);

/// All that git would keep, of the kinds that people write.
std::vector<SourceFile> source_files(const std::filesystem::path& root);

} // namespace structure
