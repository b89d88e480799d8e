#pragma once

#include "catalog/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace server::upload {

/// What `Tus-Checksum-Algorithm` names.
inline constexpr std::string_view checksum_algorithms = "sha1,sha256,md5";

/// A checksum that a sender gave with a chunk (`Upload-Checksum`), and the sum so far.
class Checksum {
  public:
    /// Reads "sha1 <base64>". Refuses (invalid) another algorithm and what is no base64.
    static catalog::Result<Checksum> read(std::string_view field);

    void add(std::span<const std::byte> bytes);
    /// Whether what was added is what the sender meant. Once.
    bool matches();

  private:
    struct FreeContext {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    explicit Checksum(std::string expected);
    std::string expected_;
    std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
};

/// The bytes of base64 with padding. Nothing where the text is none.
std::optional<std::string> base64_decoded(std::string_view text);

} // namespace server::upload
