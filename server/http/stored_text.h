#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace server::http {

/// Text that many answers share: never changed once made, compressed and tagged beforehand.
struct StoredText {
    std::string plain;
    std::string gzipped;       ///< empty where that would not be smaller
    std::string etag;          ///< strong, quoted; of the plain form
    std::string gzipped_etag;  ///< of the compressed one
};
std::shared_ptr<const StoredText> store_text(std::string text);

/// Gzip, at a level that is cheap.
std::string gzip(std::string_view text);

} // namespace server::http
