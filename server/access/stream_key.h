#pragma once

#include <filesystem>
#include <string>

namespace server::access {

/// 128 random bits as 32 hexadecimal digits: what a publisher is given. Stored as `token_hash`.
std::string random_stream_key();

/// What the passphrases of encrypted streams are made of: `secrets/stream-secret`, as random as a
/// key and kept by this machine alone, so that no passphrase has to be stored.
class StreamSecret {
  public:
    /// Makes the file where there is none. Throws where it cannot be read or made.
    static StreamSecret load(const std::filesystem::path& secrets);

    /// The passphrase that belongs to a stream's key: 32 hexadecimal digits.
    std::string passphrase(const std::string& key) const;

  private:
    explicit StreamSecret(std::string secret) : secret_(std::move(secret)) {}
    std::string secret_;
};

} // namespace server::access
