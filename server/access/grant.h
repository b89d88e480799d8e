#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace server::access {

/// Tells viewers' sessions apart inside grants without giving their cookies away.
using SessionTag = std::array<std::uint8_t, 16>;

/// The tag of a sign-in, from its hash as the store keys it.
SessionTag session_tag(std::string_view session);
/// A new one for who is not signed in.
SessionTag random_session_tag();

/// The right to fetch a video's bytes until an instant.
struct Grant {
    enum class Kind : std::uint8_t { viewing = 0, preview = 1 };
    catalog::VideoId video;
    catalog::time::UtcTime expires;  ///< the first instant at which it is worth nothing
    SessionTag session{};
    Kind kind = Kind::viewing;

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// The keys that sign grants: one signs, and the one before it is still accepted. May be used by
/// any thread.
class GrantKeys {
  public:
    static constexpr std::size_t key_bytes = 32;
    struct Key {
        std::uint8_t id;
        std::array<std::uint8_t, key_bytes> secret;
    };

    /// Reads `grant-keys` (0600) in `secrets`, or makes it with one random key.
    /// Throws where it cannot, and where the file is none.
    static GrantKeys load(const std::filesystem::path& secrets);
    /// Adds a new signing key to the file and drops all but the one before it.
    static GrantKeys rotate(const std::filesystem::path& secrets);
    GrantKeys(const Key& signing, const std::optional<Key>& previous);

    /// As it stands in addresses: base64url of key id, expiry, kind, session and HMAC-SHA256 over
    /// those and the video's id.
    std::string sign(const Grant& grant) const;

    using Signature = std::array<std::uint8_t, 32>;
    struct Unverified {
        Grant grant;
        std::uint8_t key = 0;
        Signature signature{};
    };
    /// What `text` says, before its signature is looked at. Nothing where it is no grant at all.
    /// The video is the address's: the signature binds it.
    static std::optional<Unverified> read(std::string_view text, std::string_view video);
    /// Whether one of our keys signed it. Takes the same time for every wrong signature.
    bool verify(const Unverified& unverified) const;
    /// A random number of these keys alone (and of copies of them).
    std::uint64_t serial() const { return serial_; }

  private:
    /// A key with which HMAC has begun: each signature goes on from a copy.
    struct alignas(16) Prepared {
        std::uint8_t id = 0;
        std::array<std::byte, 208> state{};
    };
    static Prepared prepare(const Key& key);
    static Signature signature(const Prepared& key, const Grant& grant);

    std::uint64_t serial_;
    Prepared signing_;
    std::optional<Prepared> previous_;
};

} // namespace server::access
