#include "catalog/store/search.h"
#include "server/api/handler.h"
#include "server/api/routes.h"

#include <nlohmann/json.hpp>

namespace server::api {
namespace {

using catalog::store::Finding;
using http::Caller;
using http::Reply;
using http::Request;
using http::Task;
using nlohmann::json;

json passages_json(const catalog::search::Passages& passages) {
    auto list = json::array();
    for (const auto& passage : passages)
        list.push_back({{"text", passage.text}, {"hit", passage.is_hit}});
    return list;
}

json moments_json(const Finding& finding) {
    auto list = json::array();
    for (const auto& moment : finding.moments)
        list.push_back({{"at_s", std::chrono::duration<double>(moment.at).count()},
                        {"words", passages_json(moment.words)}});
    return list;
}

json pages_json(const Finding& finding) {
    auto list = json::array();
    for (const auto& page : finding.pages)
        list.push_back({{"number", page.number}, {"words", passages_json(page.words)}});
    return list;
}

json finding_json(const Finding& finding) {
    return {{"kind", catalog::store::to_text(finding.kind)},
            {"id", finding.subject},
            {"title", passages_json(finding.title)},
            {"text", passages_json(finding.text)},
            {"moments", moments_json(finding)},
            {"more_moments", finding.more_moments},
            {"pages", pages_json(finding)},
            {"more_pages", finding.more_pages}};
}

/// What is found of the words `q`, of what the caller may see.
class SearchApi {
  public:
    explicit SearchApi(Services& services) : services_(services) {}

    Task<Reply> search(const Request& request, const Caller& caller) const {
        const catalog::search::SearchQuery query(request.query("q").value_or(""));
        const auto now = services_.clock.now();
        const auto today = services_.zone.to_local(now).date;
        auto look = [&query, &caller, now, today](catalog::store::Catalog& catalog) {
            return catalog::store::search(catalog, query, caller.viewer, now, today);
        };
        const auto findings = co_await services_.readers.run(std::move(look));
        auto list = json::array();
        for (const auto& finding : findings.found)
            list.push_back(finding_json(finding));
        json answer{{"words", query.words()}, {"results", list}, {"more", findings.has_more}};
        co_return http::json(http::Status::ok, answer);
    }

  private:
    Services& services_;
};

} // namespace

void add_search(http::Router& router, Services& services) {
    const SearchApi api(services);
    router.add({http::Method::get, "/api/search", http::Access::anyone,
                handler(api, &SearchApi::search)});
}

} // namespace server::api
