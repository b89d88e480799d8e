#include "server/settings.h"

#include "catalog/time/zone.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

namespace server {
namespace {

/// Bytes of "64 GiB", "500MB", "1048576". Nothing where the text is no size.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (text.starts_with(' '))
        text.remove_prefix(1);
    struct Unit {
        std::string_view name;
        std::uint64_t bytes;
    };
    static constexpr std::array units{
        Unit{"", 1},            Unit{"B", 1},           Unit{"kB", 1'000},
        Unit{"MB", 1'000'000},  Unit{"GB", 1'000'000'000}, Unit{"TB", 1'000'000'000'000},
        Unit{"KiB", 1ULL << 10}, Unit{"MiB", 1ULL << 20}, Unit{"GiB", 1ULL << 30},
        Unit{"TiB", 1ULL << 40},
    };
    const auto unit = std::ranges::find(units, text, &Unit::name);
    if (unit == units.end() || number > INT64_MAX / unit->bytes)
        return std::nullopt;
    return number * unit->bytes;
}

/// Takes the keys of one section, and remembers what was wrong and which keys it knows.
class Section {
  public:
    Section(const toml::table& root, std::string name, std::vector<SettingsMistake>& mistakes)
        : name_(std::move(name)), mistakes_(mistakes) {
        const auto* node = root.get(name_);
        if (node && !node->is_table())
            tell(*node, "[" + name_ + "] must be a section");
        table_ = node ? node->as_table() : nullptr;
    }

    void take(std::string_view key, std::string& text) {
        if (const auto* node = find(key)) {
            if (const auto value = node->value_exact<std::string>())
                text = *value;
            else
                tell(*node, key, "must be a text in quotes");
        }
    }

    void take(std::string_view key, bool& choice) {
        if (const auto* node = find(key)) {
            if (const auto value = node->value_exact<bool>())
                choice = *value;
            else
                tell(*node, key, "must be true or false");
        }
    }

    template <class Number>
    void take(std::string_view key, Number& number, std::int64_t least, std::int64_t most) {
        const auto* node = find(key);
        if (!node)
            return;
        const auto value = node->value_exact<std::int64_t>();
        if (value && *value >= least && *value <= most)
            number = Number(*value);
        else
            tell(*node, key,
                 "must be a whole number from " + std::to_string(least) + " to " +
                     std::to_string(most));
    }

    void take(std::string_view key, int& number, std::int64_t least, std::int64_t most) {
        std::int64_t value = number;
        take<std::int64_t>(key, value, least, most);
        number = static_cast<int>(value);
    }

    void take_size(std::string_view key, std::uint64_t& bytes) {
        const auto* node = find(key);
        if (!node)
            return;
        const auto text = node->value_exact<std::string>();
        if (const auto size = text ? parse_size(*text) : std::nullopt)
            bytes = *size;
        else
            tell(*node, key, "must be a size such as \"64 GiB\"");
    }

    void take(std::string_view key, std::vector<std::string>& texts) {
        const auto* node = find(key);
        if (!node)
            return;
        const auto* array = node->as_array();
        if (!array || !array->is_homogeneous<std::string>()) {
            if (!array || !array->empty())
                tell(*node, key, "must be a list of texts in quotes");
            return;
        }
        texts.clear();
        for (const auto& entry : *array)
            texts.push_back(entry.ref<std::string>());
    }

    /// Tells that the value of `key`, which must be there, is not right.
    void refuse(std::string_view key, std::string_view what) { tell(*find(key), key, what); }

    /// To be called when every key it may have was taken.
    void refuse_others() {
        if (!table_)
            return;
        for (const auto& [key, node] : *table_)
            if (!known_.contains(std::string(key.str())))
                mistakes_.push_back({key.source().begin.line,
                                     "[" + name_ + "] has no setting \"" + std::string(key.str()) +
                                         "\""});
    }

  private:
    const toml::node* find(std::string_view key) {
        known_.emplace(key);
        return table_ ? table_->get(key) : nullptr;
    }
    void tell(const toml::node& node, std::string message) {
        mistakes_.push_back({node.source().begin.line, std::move(message)});
    }
    void tell(const toml::node& node, std::string_view key, std::string_view what) {
        tell(node, "[" + name_ + "] " + std::string(key) + " " + std::string(what));
    }

    std::string name_;
    std::vector<SettingsMistake>& mistakes_;
    const toml::table* table_;
    std::set<std::string> known_;
};

/// "https://host" or "https://host:port", and nothing that would end the field it stands in.
bool is_origin(std::string_view text) {
    constexpr std::string_view scheme = "https://";
    constexpr std::string_view of_hosts = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
    return text.starts_with(scheme) && text.size() > scheme.size() &&
           text.find_first_not_of(of_hosts, scheme.size()) == std::string_view::npos;
}

void read_site(const toml::table& root, Settings::Site& site,
               std::vector<SettingsMistake>& mistakes) {
    Section section(root, "site", mistakes);
    section.take("name", site.name);
    section.take("organiser", site.organiser);
    section.take("contact", site.contact);
    section.take("banner", site.banner);
    section.take("description", site.description);
    section.take("zone", site.zone);
    section.take("language", site.language);
    section.take("hosts", site.hosts);
    section.take("embedding_hosts", site.embedding_hosts);
    section.take("tls", site.tls);
    if (!std::ranges::all_of(site.embedding_hosts, is_origin))
        section.refuse("embedding_hosts", "must be origins such as \"https://portal.example.jp\"");
    if (!catalog::time::Zone::named(site.zone))
        section.refuse("zone", "must be a time zone such as \"Asia/Tokyo\"");
    if (site.language != "ja" && site.language != "en")
        section.refuse("language", "must be \"ja\" or \"en\"");
    section.refuse_others();
}

void read_uploads(const toml::table& root, Settings::Uploads& uploads,
                  std::vector<SettingsMistake>& mistakes) {
    Section section(root, "uploads", mistakes);
    section.take_size("largest", uploads.largest_bytes);
    section.take_size("reserve", uploads.reserve_bytes);
    section.take("expiry_hours", uploads.expiry, 1, 24 * 365);
    section.refuse_others();
}

void read_playback(const toml::table& root, Settings::Playback& playback,
                   std::vector<SettingsMistake>& mistakes) {
    Section section(root, "playback", mistakes);
    section.take("grant_hours", playback.grant, 1, 24 * 7);
    section.take("media_base_url", playback.media_base_url);
    const auto& url = playback.media_base_url;
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
        section.refuse("media_base_url", "must begin with https:// or http://");
    section.refuse_others();
}

void read_transcoding(const toml::table& root, Settings::Transcoding& transcoding,
                      std::vector<SettingsMistake>& mistakes) {
    Section section(root, "transcoding", mistakes);
    std::string program;
    section.take("jobs", transcoding.jobs, 0, 64);
    section.take("program", program);
    section.take("attempts", transcoding.attempts, 1, 100);
    section.take("niceness", transcoding.niceness, 0, 19);
    section.take("lease_seconds", transcoding.lease, 5, 3600);
    section.take("stall_seconds", transcoding.stall, 10, 86400);
    section.take("back_off_seconds", transcoding.back_off, 0, 3600);
    if (!program.empty() && !program.starts_with('/'))
        section.refuse("program", "must be a whole path, beginning with /");
    transcoding.program = program;
    section.refuse_others();
}

void read_sign_in(const toml::table& root, Settings::SignIn& sign_in,
                  std::vector<SettingsMistake>& mistakes) {
    Section section(root, "sign_in", mistakes);
    section.take("session_hours", sign_in.session, 1, 24 * 365);
    section.take("hashes", sign_in.hashes, 1, 64);
    section.take("second_step", sign_in.second_step);
    if (sign_in.second_step != "optional" && sign_in.second_step != "desk")
        section.refuse("second_step", "must be \"optional\" or \"desk\"");
    section.refuse_others();
}

void read_live(const toml::table& root, Settings::Live& live,
               std::vector<SettingsMistake>& mistakes) {
    Section section(root, "live", mistakes);
    section.take("ingest_before_minutes", live.ingest_before, 0, 24 * 60);
    section.take("ingest_after_minutes", live.ingest_after, 0, 24 * 60);
    section.take("gone_minutes", live.gone, 1, 24 * 60);
    section.take("threads", live.threads, 1, 64);
    section.refuse_others();
}

void read_limits(const toml::table& root, Settings::Limits& limits,
                 std::vector<SettingsMistake>& mistakes) {
    Section section(root, "limits", mistakes);
    section.take("connections", limits.connections, 10, 1'000'000);
    section.take("header_seconds", limits.header, 1, 600);
    section.take("idle_seconds", limits.idle, 1, 3600);
    section.refuse_others();
}

} // namespace

SettingsReading read_settings(std::string_view toml) {
    SettingsReading reading;
    toml::table root;
    try {
        root = toml::parse(toml);
    } catch (const toml::parse_error& error) {
        reading.mistakes.push_back(
            {error.source().begin.line, std::string(error.description())});
        return reading;
    }
    auto& settings = reading.settings;
    read_site(root, settings.site, reading.mistakes);
    read_uploads(root, settings.uploads, reading.mistakes);
    read_playback(root, settings.playback, reading.mistakes);
    read_transcoding(root, settings.transcoding, reading.mistakes);
    read_sign_in(root, settings.sign_in, reading.mistakes);
    read_live(root, settings.live, reading.mistakes);
    read_limits(root, settings.limits, reading.mistakes);
    static const std::set<std::string_view> sections{"site",        "uploads", "playback",
                                                     "transcoding", "sign_in", "live", "limits"};
    for (const auto& [key, node] : root)
        if (!sections.contains(key.str()))
            reading.mistakes.push_back(
                {key.source().begin.line, "there is no section [" + std::string(key.str()) + "]"});
    std::ranges::stable_sort(reading.mistakes, {}, &SettingsMistake::line);
    return reading;
}

Settings load_settings(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        return {};
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream || text.bad())
        throw std::runtime_error(file.string() + " cannot be read.");
    auto reading = read_settings(text.view());
    if (reading.mistakes.empty())
        return std::move(reading.settings);
    std::string message;
    for (const auto& mistake : reading.mistakes)
        message += (message.empty() ? "" : "\n") + file.string() + ":" +
                   std::to_string(mistake.line) + ": " + mistake.message;
    throw std::runtime_error(message);
}

} // namespace server
