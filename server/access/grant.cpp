#include "server/access/grant.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace server::access {

namespace {

// What stands before the signature: key id, expiry (milliseconds, big-endian), kind, session.
constexpr std::size_t expiry_at = 1;
constexpr std::size_t kind_at = expiry_at + 8;
constexpr std::size_t session_at = kind_at + 1;
constexpr std::size_t fields_size = session_at + std::tuple_size_v<SessionTag>;
constexpr std::size_t whole_size = fields_size + crypto_auth_hmacsha256_BYTES;
constexpr int base64url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t text_size = (whole_size * 4 + 2) / 3;

using Fields = std::array<std::uint8_t, fields_size>;

Fields fields_of(std::uint8_t key, const Grant& grant) {
    Fields fields{};
    fields[0] = key;
    auto expiry = static_cast<std::uint64_t>(grant.expires.time_since_epoch().count());
    for (std::size_t at = kind_at; at-- > expiry_at; expiry >>= 8U) {
        fields[at] = static_cast<std::uint8_t>(expiry & 0xffU);
    }
    fields[kind_at] = static_cast<std::uint8_t>(grant.kind);
    std::copy(grant.session.begin(), grant.session.end(), fields.begin() + session_at);
    return fields;
}

void begin_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot begin");
    }
}

} // namespace

SessionTag session_tag(std::string_view session) {
    begin_sodium();
    SessionTag tag{};
    crypto_generichash(tag.data(), tag.size(),
                       reinterpret_cast<const unsigned char*>(session.data()), session.size(),
                       nullptr, 0);
    return tag;
}

SessionTag random_session_tag() {
    begin_sodium();
    SessionTag tag{};
    randombytes_buf(tag.data(), tag.size());
    return tag;
}

GrantKeys::GrantKeys(const Key& signing, const std::optional<Key>& previous)
    : serial_(0), signing_(prepare(signing)) {
    randombytes_buf(&serial_, sizeof serial_);
    if (previous) {
        previous_ = prepare(*previous);
    }
}

GrantKeys::Prepared GrantKeys::prepare(const Key& key) {
    static_assert(sizeof(crypto_auth_hmacsha256_state) == sizeof(Prepared::state));
    static_assert(std::is_trivially_copyable_v<crypto_auth_hmacsha256_state>);
    begin_sodium();
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.secret.data(), key.secret.size());
    Prepared prepared;
    prepared.id = key.id;
    std::memcpy(prepared.state.data(), &state, sizeof state);
    return prepared;
}

GrantKeys::Signature GrantKeys::signature(const Prepared& key, const Grant& grant) {
    crypto_auth_hmacsha256_state state;
    std::memcpy(&state, key.state.data(), sizeof state);
    const Fields fields = fields_of(key.id, grant);
    const std::string& video = grant.video.text();
    crypto_auth_hmacsha256_update(&state, fields.data(), fields.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(video.data()),
                                  video.size());
    Signature signature{};
    crypto_auth_hmacsha256_final(&state, signature.data());
    return signature;
}

std::string GrantKeys::sign(const Grant& grant) const {
    const Fields fields = fields_of(signing_.id, grant);
    const Signature signed_with = signature(signing_, grant);
    std::array<std::uint8_t, whole_size> whole{};
    std::copy(fields.begin(), fields.end(), whole.begin());
    std::copy(signed_with.begin(), signed_with.end(), whole.begin() + fields_size);
    std::string text(sodium_base64_encoded_len(whole.size(), base64url), '\0');
    sodium_bin2base64(text.data(), text.size(), whole.data(), whole.size(), base64url);
    text.resize(text_size);
    return text;
}

std::optional<GrantKeys::Unverified> GrantKeys::read(std::string_view text,
                                                     std::string_view video) {
    std::array<std::uint8_t, whole_size> whole{};
    std::size_t size = 0;
    const char* end = nullptr;
    if (text.size() != text_size ||
        sodium_base642bin(whole.data(), whole.size(), text.data(), text.size(), nullptr, &size,
                          &end, base64url) != 0 ||
        size != whole.size() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    const std::uint8_t kind = whole[kind_at];
    if (kind > static_cast<std::uint8_t>(Grant::Kind::preview)) {
        return std::nullopt;
    }
    std::uint64_t expiry = 0;
    for (std::size_t at = expiry_at; at < kind_at; ++at) {
        expiry = (expiry << 8U) | whole[at];
    }
    Unverified read;
    read.grant.video = catalog::VideoId(std::string(video));
    read.grant.expires = catalog::time::UtcTime(
        std::chrono::milliseconds(static_cast<std::int64_t>(expiry)));
    read.grant.kind = static_cast<Grant::Kind>(kind);
    std::copy_n(whole.begin() + session_at, read.grant.session.size(), read.grant.session.begin());
    read.key = whole[0];
    std::copy_n(whole.begin() + fields_size, read.signature.size(), read.signature.begin());
    return read;
}

bool GrantKeys::verify(const Unverified& unverified) const {
    const bool is_older = previous_ && unverified.key == previous_->id;
    if (!is_older && unverified.key != signing_.id) {
        return false;
    }
    const Signature right = signature(is_older ? *previous_ : signing_, unverified.grant);
    return sodium_memcmp(right.data(), unverified.signature.data(), right.size()) == 0;
}

} // namespace server::access
