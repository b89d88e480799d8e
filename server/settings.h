#pragma once

#include "catalog/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// What a group sets for its site in `kiroku.toml`. A value; made complete by `read_settings`.
struct Settings {
    struct Site {
        std::string name = "Kiroku";
        std::string organiser;
        std::string contact;      ///< whom to ask where a video has closed
        std::string banner;       ///< stands on top of every page; empty: none
        std::string description;
        std::string zone = "Asia/Tokyo";
        std::string language = "ja";
        /// Names under which the site is reached; empty: this machine's own.
        std::vector<std::string> hosts;
        /// Origins whose pages may show ours in a frame: "https://portal.example.jp".
        std::vector<std::string> embedding_hosts;
        /// Whether viewers reach it over TLS (which a proxy before it ends).
        bool tls = false;
    };
    struct Uploads {
        std::uint64_t largest_bytes = 64ULL << 30;
        std::uint64_t reserve_bytes = 1ULL << 30;  ///< left free on the disk in any case
        std::chrono::hours expiry{24 * 7};         ///< after which an unfinished one is removed
    };
    struct Playback {
        std::chrono::hours grant{6};
        /// Where players fetch what is behind `/play/`: an edge cache's origin; empty: this server.
        std::string media_base_url;
    };
    struct Transcoding {
        int jobs = 1;                        ///< at once
        std::filesystem::path program;       ///< empty: `kiroku-transcoder` beside this program
        int attempts = 3;
        int niceness = 10;
        std::chrono::seconds lease{60};
        std::chrono::seconds stall{300};     ///< without an event: ended and tried again
        std::chrono::seconds back_off{5};   ///< before the second attempt; doubles
    };
    struct SignIn {
        std::chrono::hours session{12};
        int hashes = 2;                      ///< passwords checked at once
        /// Who must have a second step: nobody, or whoever sees the desk.
        std::string second_step = "optional";
    };
    struct Live {
        std::chrono::minutes ingest_before{30};  ///< the lobby opens: publishers are let in
        std::chrono::minutes ingest_after{120};  ///< the planned end: no more are
        std::chrono::minutes gone{10};           ///< without a publisher: the stream has ended
        int threads = 2;                         ///< of a stream's transcoder
    };
    struct Limits {
        int connections = 20000;
        std::chrono::seconds header{10};
        std::chrono::seconds idle{30};
    };
    Site site;
    Uploads uploads;
    Playback playback;
    Transcoding transcoding;
    SignIn sign_in;
    Live live;
    Limits limits;
};

/// Something in the settings that is not right, and its line (from 1).
struct SettingsMistake {
    std::uint32_t line = 0;
    std::string message;
    friend bool operator==(const SettingsMistake&, const SettingsMistake&) = default;
};

/// Settings without mistakes, or all the mistakes at once.
struct SettingsReading {
    Settings settings;
    std::vector<SettingsMistake> mistakes;
};

/// Never throws on what the text holds.
SettingsReading read_settings(std::string_view toml);

/// Reads the file; what it does not name, and all where there is no file, has its default.
/// Throws std::runtime_error with every mistake, a line each.
Settings load_settings(const std::filesystem::path& file);

} // namespace server
