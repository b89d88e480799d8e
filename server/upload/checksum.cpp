#include "server/upload/checksum.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace server::upload {

Checksum::Checksum(std::string expected)
    : expected_(std::move(expected)), context_(EVP_MD_CTX_new()) {}

void Checksum::FreeContext::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

std::optional<std::string> base64_decoded(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                          text.data(), text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

catalog::Result<Checksum> Checksum::read(std::string_view field) {
    const auto space = field.find(' ');
    const auto algorithm = field.substr(0, space);
    const EVP_MD* digest = algorithm == "sha1"     ? EVP_sha1()
                           : algorithm == "sha256" ? EVP_sha256()
                           : algorithm == "md5"    ? EVP_md5()
                                                   : nullptr;
    const auto expected = space == std::string_view::npos
                              ? std::nullopt
                              : base64_decoded(field.substr(space + 1));
    if (!digest || !expected)
        return refuse(catalog::Refusal::invalid, "Upload-Checksum を読み取れません。");
    Checksum checksum(*expected);
    if (EVP_DigestInit_ex(checksum.context_.get(), digest, nullptr) != 1)
        throw std::runtime_error("A checksum cannot be computed on this machine.");
    return checksum;
}

void Checksum::add(std::span<const std::byte> bytes) {
    if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1)
        throw std::runtime_error("A checksum could not be computed.");
}

bool Checksum::matches() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context_.get(), sum.data(), &size) != 1)
        throw std::runtime_error("A checksum could not be computed.");
    return expected_.size() == size &&
           sodium_memcmp(expected_.data(), sum.data(), size) == 0;
}

} // namespace server::upload
