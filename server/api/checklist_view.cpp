#include "server/api/checklist_view.h"

#include "server/api/json_values.h"
#include "server/play/play_table.h"
#include "server/play/stills.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace server::api {
namespace {

using catalog::Check;
using catalog::PublishingFacts;
using catalog::Recording;
using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using catalog::store::Catalog;
using nlohmann::json;
using Sound = PublishingFacts::Sound;

constexpr std::size_t longest_reason = 1000;
constexpr std::uintmax_t largest_report = 4 * 1024 * 1024;
constexpr const char* published_despite = "video.publish_despite";

/// The transcoder's `report.json`; no object where there is none that can be read. It comes from who has touched
/// hostile input.
json report_in(const std::filesystem::path& folder) {
    const auto file = folder / "report.json";
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure || size > largest_report)
        return nullptr;
    std::ifstream stream(file);
    return json::parse(stream, nullptr, /*allow_exceptions=*/false);
}

std::optional<double> number_in(const json& values, const char* name) {
    const auto found = values.find(name);
    if (found == values.end() || !found->is_number())
        return std::nullopt;
    const double number = found->get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// Of a recording that has a rendition of sound.
Sound sound_in(const json& report) {
    if (!report.is_object())
        return {};
    const auto loudness = report.find("loudness");
    if (loudness == report.end() || !loudness->is_object())
        return {};
    if (text_in(*loudness, "gain_reason") == "silent")
        return {.silent = true, .lufs = std::nullopt};
    const auto heard = number_in(*loudness, "integrated_lufs");
    if (!heard)
        return {};
    return {.silent = false, .lufs = *heard + number_in(*loudness, "gain_db").value_or(0)};
}

PublishingFacts::Recording standing_of(const Video& video, const std::optional<Recording>& recording) {
    if (!recording)
        return video.kind == Video::Kind::live ? PublishingFacts::Recording::planned : PublishingFacts::Recording::none;
    return recording->state == Recording::State::ready ? PublishingFacts::Recording::finished
                                                       : PublishingFacts::Recording::unfinished;
}

void count_materials(Catalog& catalog, const Video& video, PublishingFacts& facts) {
    auto materials = catalog.materials.of_video(video.id);
    if (!video.session.empty())
        std::ranges::move(catalog.materials.of_session(video.session), std::back_inserter(materials));
    for (const auto& material : materials) {
        if (!material.published)
            continue;
        ++facts.materials;
        if (material.file.empty())
            ++facts.without_file;
    }
}

PublishingFacts facts_of(Catalog& catalog, const Services& services, const Video& video) {
    PublishingFacts facts;
    const auto recording = video.recording ? catalog.recordings.find(*video.recording) : std::nullopt;
    facts.recording = standing_of(video, recording);
    const auto entry = services.play_table.find(video.id.text());
    const auto media = entry && entry->recording == video.recording ? entry->media : nullptr;
    if (media && media->audio)
        facts.sound = sound_in(report_in(services.folder.media() / recording->id.text()));
    facts.has_thumbnail = media && media->stills && !media->stills->poster.empty();
    for (const auto& captions : catalog.captions.summaries_of(video.id))
        facts.caption_cues += static_cast<std::size_t>(captions.cues);
    facts.chapters = video.chapters.size();
    count_materials(catalog, video, facts);
    return facts;
}

/// The last time that it was published though something failed; null where it never was.
json override_json(Catalog& catalog, const catalog::VideoId& video) {
    auto entries = catalog.audit.of_subject(video.text());
    const auto last = std::ranges::find(entries.rbegin(), entries.rend(), published_despite,
                                        &catalog::store::AuditLog::Entry::action);
    if (last == entries.rend())
        return nullptr;
    const auto account = catalog.accounts.find(last->account);
    auto told = json::parse(last->after);
    told["at"] = instant(last->at);
    told["by"] = account ? json(account->name) : json();
    return told;
}

} // namespace

catalog::AvailabilityWindow window_of(Catalog& catalog, const Video& video) {
    auto series = video.series;
    if (series.empty() && !video.session.empty())
        if (const auto session = catalog.sessions.find(video.session))
            series = session->series;
    const auto found = series.empty() ? std::nullopt : catalog.series.find(series);
    return catalog::offering_of(video, found ? &*found : nullptr).window;
}

std::vector<Check> checklist_of(Catalog& catalog, const Services& services, const Video& video,
                                const catalog::AvailabilityWindow& window) {
    auto facts = facts_of(catalog, services, video);
    facts.window = window;
    return catalog::checklist(facts, services.clock.now());
}

std::vector<Check> failed(const std::vector<Check>& checks) {
    std::vector<Check> failed;
    std::ranges::copy_if(checks, std::back_inserter(failed), [](const Check& check) { return !check.passes(); });
    return failed;
}

json subjects_json(const std::vector<Check>& checks) {
    auto subjects = json::array();
    for (const auto& check : checks)
        subjects.push_back(to_text(check.subject));
    return subjects;
}

json checklist_json(Catalog& catalog, const Services& services, const Video& video,
                    const catalog::AvailabilityWindow& window) {
    auto checks = json::array();
    for (const auto& check : checklist_of(catalog, services, video, window))
        checks.push_back({{"subject", to_text(check.subject)},
                          {"finding", to_text(check.finding)},
                          {"passes", check.passes()}});
    return {{"checks", std::move(checks)}, {"overridden", override_json(catalog, video.id)}};
}

std::string reason_in(const json& body) { return text_in(body, "reason"); }

Result<void> may_be_published(const std::vector<Check>& failed, const std::string& reason) {
    if (reason.size() > longest_reason)
        return refuse(Refusal::invalid, "理由が長すぎます。");
    if (failed.empty() || !reason.empty())
        return {};
    std::string named;
    for (const auto& check : failed)
        named.append(named.empty() ? "" : "、").append(in_words(check.subject));
    return refuse(Refusal::conflict, "公開前の確認が済んでいないものがあります(" + named +
                                         ")。それでも公開する場合は、理由を入力してください。");
}

catalog::store::AuditLog::Entry override_entry(const Services& services, const catalog::AccountId& account,
                                               const catalog::VideoId& video, const std::vector<Check>& failed,
                                               const std::string& reason) {
    const json after{{"reason", reason}, {"failed", subjects_json(failed)}};
    return {services.clock.now(), account, published_despite, video.text(), {}, after.dump()};
}

} // namespace server::api
