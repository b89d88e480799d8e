#include "server/access/totp.h"

#include <catch2/catch.hpp>

using namespace server::access;
using namespace std::chrono_literals;

namespace {

/// "12345678901234567890" of RFC 6238, appendix B.
const std::string rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

catalog::time::UtcTime at(std::int64_t seconds) {
    return catalog::time::UtcTime(std::chrono::seconds(seconds));
}

} // namespace

TEST_CASE("codes are those of RFC 6238, appendix B", "[server]") {
    const auto [seconds, code] = GENERATE(table<std::int64_t, std::string>({
        {59, "287082"},
        {1111111109, "081804"},
        {1111111111, "050471"},
        {1234567890, "005924"},
        {2000000000, "279037"},
        {20000000000, "353130"},
    }));
    CHECK(totp_code(rfc_secret, totp_step(at(seconds))) == code);
}

TEST_CASE("a code counts in its step and in its neighbours', and in no other", "[server]") {
    const auto now = at(1111111111);
    const auto present = totp_step(now);
    for (std::int64_t away = -4; away <= 4; ++away) {
        CAPTURE(away);
        const auto found = step_of_code(rfc_secret, totp_code(rfc_secret, present + away), now);
        CHECK(found == (away >= -1 && away <= 1 ? std::optional(present + away) : std::nullopt));
    }
}

TEST_CASE("codes are taken as people type them", "[server]") {
    const auto now = at(1111111111);
    const auto right = GENERATE(as<std::string>(), "050471", "050 471", " 050471 ", "０５０４７１", "０５０　４７１");
    CHECK(step_of_code(rfc_secret, right, now).has_value());
    const auto wrong = GENERATE(as<std::string>(), "", "50471", "0504710", "05047l", "050472", "٠٥٠٤٧١");
    CHECK_FALSE(step_of_code(rfc_secret, wrong, now).has_value());
}

TEST_CASE("a secret has 160 bits, and no two are alike", "[server]") {
    const auto secret = random_totp_secret();
    CHECK(secret.size() == 32);
    CHECK(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos);
    CHECK(secret != random_totp_secret());
    CHECK_THROWS_AS(totp_code("0189", 1), std::invalid_argument);
}

TEST_CASE("apps read the site's name, the account and the secret", "[server]") {
    CHECK(totp_uri("記録 & Co", "a:b", "ABC") ==
          "otpauth://totp/%E8%A8%98%E9%8C%B2%20%26%20Co:a%3Ab?secret=ABC&issuer=%E8%A8%98%E9%8C%B2%20%26%20Co"
          "&algorithm=SHA1&digits=6&period=30");
}
