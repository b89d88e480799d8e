#include "server/api/video_changes.h"

#include "server/api/json_values.h"
#include "server/api/offering_fields.h"
#include "server/api/seen_version.h"

#include <string>

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using nlohmann::json;

constexpr std::size_t longest_title = 600;
constexpr std::size_t longest_text = 60'000;

catalog::Error wrong(std::string sentence) {
    return refuse(Refusal::invalid, std::move(sentence));
}

/// One field after the other; the first refusal stays.
class Change {
  public:
    Change(Video video, catalog::store::Catalog& catalog, const catalog::time::Zone& zone)
        : video_(std::move(video)), catalog_(catalog), zone_(zone) {}

    Result<void> take(const std::string& field, const json& value) {
        if (field == "title")
            return take_title(value);
        if (field == "speaker")
            return take_text(video_.speaker, "講師", value);
        if (field == "description")
            return take_text(video_.description, "説明", value);
        if (field == "series")
            return take_id(video_.series, catalog_.series, "シリーズ", value);
        if (field == "session")
            return take_session(value);
        if (field == "published")
            return take_published(value);
        if (field == "audience")
            return take_audience(value);
        if (field == "window")
            return take_window(value);
        if (field == "download")
            return take_download(value);
        return wrong("「" + field + "」という項目はありません。");
    }

    Video video() && { return std::move(video_); }

  private:
    Result<void> take_title(const json& value) {
        if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
            value.get_ref<const std::string&>().size() > longest_title)
            return wrong("題名は1文字以上200文字以内で入力してください。");
        video_.title = value;
        return {};
    }

    Result<void> take_text(std::string& text, const std::string& label, const json& value) {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > longest_text)
            return wrong(label + "が長すぎるか、文字ではありません。");
        text = value;
        return {};
    }

    template <class Id, class Store>
    Result<void> take_id(Id& id, Store& store, const std::string& label, const json& value) {
        if (value.is_null()) {
            id = Id();
            return {};
        }
        if (!value.is_string() || !store.find(Id(value.get<std::string>())))
            return wrong("その" + label + "はありません。");
        id = Id(value.get<std::string>());
        return {};
    }

    /// A video of a session is its record; one of none stands for itself.
    Result<void> take_session(const json& value) {
        const auto taken = take_id(video_.session, catalog_.sessions, "会合", value);
        if (taken && video_.kind != Video::Kind::live)
            video_.kind = video_.session.empty() ? Video::Kind::lecture : Video::Kind::record;
        return taken;
    }

    Result<void> take_published(const json& value) {
        if (!value.is_boolean())
            return wrong("公開するかどうかを選んでください。");
        video_.published = value;
        return {};
    }

    Result<void> take_download(const json& value) {
        if (!value.is_boolean())
            return wrong("ダウンロードできるようにするかどうかを選んでください。");
        video_.may_be_downloaded = value;
        return {};
    }

    Result<void> take_audience(const json& value) {
        auto audience = audience_in(value);
        if (!audience)
            return audience.error();
        video_.audience = *audience;
        return {};
    }

    Result<void> take_window(const json& value) {
        auto window = window_in(value, zone_);
        if (!window)
            return window.error();
        video_.window = *window;
        return {};
    }

    Video video_;
    catalog::store::Catalog& catalog_;
    const catalog::time::Zone& zone_;
};

} // namespace

Result<Video> changed(Video video, const json& fields, catalog::store::Catalog& catalog,
                      const catalog::time::Zone& zone) {
    Change change(std::move(video), catalog, zone);
    for (const auto& [field, value] : fields.items())
        if (const auto taken = change.take(field, value); !taken)
            return taken.error();
    return std::move(change).video();
}

json changeable_fields(const Video& video) {
    return {{"title", video.title},
            {"speaker", video.speaker},
            {"description", video.description},
            {"series", id_or_null(video.series)},
            {"session", id_or_null(video.session)},
            {"published", video.published},
            {"audience", video.audience ? json(to_text(*video.audience)) : json()},
            {"window", video.window ? window_json(*video.window) : json()},
            {"download", video.may_be_downloaded}};
}

std::string version_of(const Video& video) {
    auto fields = changeable_fields(video);
    fields.erase("published");
    return version_of_fields(fields);
}

} // namespace server::api
