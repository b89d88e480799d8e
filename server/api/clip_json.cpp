#include "server/api/clip_json.h"

#include "server/api/json_values.h"

namespace server::api {
namespace {

using catalog::ClipWish;
using catalog::Refusal;
using catalog::Result;
using catalog::Span;
using nlohmann::json;
using std::chrono::milliseconds;

double seconds(milliseconds time) { return std::chrono::duration<double>(time).count(); }

json span_json(const Span& span) {
    return {{"begin_s", seconds(span.begin)}, {"end_s", seconds(span.end)}};
}

bool is_given(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && !found->is_null();
}

catalog::Error wrong() {
    return refuse(Refusal::invalid, "時刻を読み取れませんでした。秒で指定してください。");
}

} // namespace

json clip_json(const catalog::Video& video) {
    json clip{{"begin_s", nullptr}, {"end_s", nullptr}};
    if (video.span)
        clip = span_json(*video.span);
    auto cuts = json::array();
    for (const auto& cut : video.cuts)
        cuts.push_back(span_json(cut));
    clip["cuts"] = std::move(cuts);
    return clip;
}

Result<ClipWish> clip_in(const json& body, milliseconds whole) {
    ClipWish wish;
    const auto begin = time_in(body, "begin_s");
    const auto end = time_in(body, "end_s");
    if ((is_given(body, "begin_s") && !begin) || (is_given(body, "end_s") && !end))
        return wrong();
    if (begin || end)
        wish.span = Span{begin.value_or(milliseconds(0)), end.value_or(whole)};
    if (!is_given(body, "cuts"))
        return wish;
    if (!body["cuts"].is_array())
        return wrong();
    for (const auto& cut : body["cuts"]) {
        const auto from = cut.is_object() ? time_in(cut, "begin_s") : std::nullopt;
        const auto to = cut.is_object() ? time_in(cut, "end_s") : std::nullopt;
        if (!from || !to)
            return wrong();
        wish.cuts.push_back({*from, *to});
    }
    return wish;
}

} // namespace server::api
