#pragma once

#include <string>
#include <string_view>

namespace server::http {

/// What any file system takes as a file's name and people can still read; "file" where nothing is
/// left of it.
std::string readable_name(std::string_view wish);

/// ".pdf"; empty where the name has none.
std::string ending_of(const std::string& name);

} // namespace server::http
