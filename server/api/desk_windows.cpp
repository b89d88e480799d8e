#include "server/api/checklist_view.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/api/video_changes.h"
#include "server/api/window_batch_json.h"
#include "server/api/window_rules.h"
#include "server/api/windows_view.h"
#include "server/http/json_body.h"
#include "server/play/play_table.h"

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;
using Kind = WindowedItem::Kind;

/// Of a window that a change was worked out for, and what follows from it.
json change_json(const ChangePreview& one, const WindowsView& before, const BatchPreview& whole, const Services& services) {
    auto told = item_json(one.item);
    told["title"] = before.title(one.item);
    told["now"] = state_json(one.now);
    told["effective_now"] = window_json(before.effective(one.item));
    told["then"] = one.then ? state_json(*one.then) : json();
    told["effective_then"] = one.then ? window_json(whole.after.effective(one.item)) : json();
    told["problem"] = one.then ? json() : json(one.then.error().message);
    told["warnings"] = one.then ? whole.after.warnings(one.item, before, services.clock.now(), services.zone) : json::array();
    return told;
}

/// For the audit log.
json noted(const WindowsView& view, const WindowedItem& item) {
    return item.kind == Kind::video ? changeable_fields(view.videos().at(item.id)) : state_json(*view.state(item));
}

/// The same of a window that was set, with what its ends count from.
json noted(const WindowsView& view, const WindowedItem& item, const WindowRule& rule) {
    auto told = noted(view, item);
    told["window_rule"] = rule_json(rule);
    return told;
}

std::string action_of(const WindowedItem& item) {
    return item.kind == Kind::series ? "series.update" : item.kind == Kind::video ? "video.update" : "material.update";
}

void put(Catalog& catalog, const WindowsView& view, const WindowedItem& item) {
    switch (item.kind) {
    case Kind::series:
        catalog.series.put(view.series().at(item.id));
        break;
    case Kind::video:
        catalog.videos.put(view.videos().at(item.id));
        break;
    case Kind::material:
        catalog.materials.put(view.materials().at(item.id));
        break;
    }
}

/// 「A」「B」など3件
std::string named(const std::vector<std::string>& titles) {
    constexpr std::size_t most_named = 3;
    std::string named;
    for (std::size_t each = 0; each < std::min(titles.size(), most_named); ++each)
        named += "「" + titles[each] + "」";
    return titles.size() > most_named ? named + "など" + std::to_string(titles.size()) + "件" : named;
}

/// Refuses conflict where something is not as the clerk saw it, and says what.
Result<void> are_as_seen(const WindowsView& view, const std::vector<WantedState>& wanted) {
    std::vector<std::string> stale;
    for (const auto& one : wanted) {
        const auto now = view.state(one.item);
        if (!now)
            return refuse(Refusal::conflict, "選んだものの中に、ほかの人が削除したものがあります。何も変えていません。");
        if (*now != one.now)
            stale.push_back(view.title(one.item));
    }
    if (stale.empty())
        return {};
    return refuse(Refusal::conflict, named(stale) + "は、画面を開いた後にほかの人が変えました。何も変えていません。今の内容を確かめて、もう一度お試しください。");
}

/// Refuses (invalid) a "how" that does not make "then" of what there is.
Result<void> are_made_so(const WindowsView& view, const std::vector<WantedState>& wanted, catalog::time::UtcTime now,
                         const catalog::time::Zone& zone) {
    WindowsView after = view;
    for (const auto& one : wanted)
        if (one.item.kind == Kind::series)
            after.set(one.item, one.then);
    for (const auto& one : wanted) {
        if (one.how.of != catalog::WindowChange::Of::ends)
            continue;
        const auto window = catalog::changed(after.owner(one.item), one.how, now, zone);
        if (!window || *window != one.then.window)
            return refuse(Refusal::conflict, "「" + view.title(one.item) +
                                                 "」の会合の日が、画面を開いた後に変わりました。何も変えていません。変更の内容をもう一度確かめてください。");
    }
    return {};
}

/// A video that would be published although some of its checks fail.
struct Unready {
    catalog::VideoId video;
    std::vector<catalog::Check> failures;
};

/// Windows and publication of many at once.
class DeskWindowApi {
  public:
    explicit DeskWindowApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [now = services_.clock.now()](Catalog& catalog) {
            auto all = WindowsView(catalog).all(now);
            all["now"] = instant(now);
            return all;
        };
        const auto all = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, all);
    }

    Task<Reply> read(const Request& request, const Caller&) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto today = services_.zone.to_local(services_.clock.now()).date;
        const auto span = catalog::time::read_written_span(text_in(*body, "text"), today);
        co_return span ? http::json(Status::ok, span_json(*span)) : http::refusal(span.error());
    }

    Task<Reply> preview(const Request& request, const Caller&) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto items = items_in(*body);
        if (!items)
            co_return http::refusal(items.error());
        const auto change = change_in(*body);
        if (!change)
            co_return http::refusal(change.error());
        auto work = [this, items = *items, change = *change](Catalog& catalog) -> Result<json> {
            const WindowsView view(catalog);
            for (const auto& item : items)
                if (!view.state(item))
                    return refuse(Refusal::not_found, "選んだものの中に、もうないものがあります。画面を読み直してください。");
            const auto whole = api::preview(view, items, change, services_.clock.now(), services_.zone);
            auto changes = json::array();
            for (const auto& one : whole.changes) {
                auto told = change_json(one, view, whole, services_);
                if (one.then)
                    if (const auto failures = failures_of(catalog, whole.after, {one.item, one.now, *one.then}); !failures.empty())
                        told["warnings"].push_back({{"kind", "checklist"}, {"failed", subjects_json(failures)}});
                changes.push_back(std::move(told));
            }
            return given({{"changes", std::move(changes)}});
        };
        co_return reply_of(co_await services_.readers.run(std::move(work)));
    }

    /// What does not say any more what it was set to, since the day of its session is another.
    Task<Reply> moved(const Request& request, const Caller&) const {
        auto look = [this, session = catalog::SessionId(request.query("session").value_or(""))](Catalog& catalog) {
            const WindowsView view(catalog);
            BatchPreview whole{{}, view};
            auto changes = json::array();
            for (const auto& [change, rule] : out_of_step(catalog, whole.after, session, services_.clock.now(), services_.zone)) {
                auto told = change_json(change, view, whole, services_);
                told["how"] = rule_json(rule);
                changes.push_back(std::move(told));
            }
            return json{{"changes", std::move(changes)}};
        };
        const json told = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, told);
    }

    /// All of them or none.
    Task<Reply> apply(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto wanted = wanted_in(*body);
        if (!wanted)
            co_return http::refusal(wanted.error());
        auto change = [this, wanted = std::move(*wanted), reason = reason_in(*body),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const WindowsView before(catalog);
            if (const auto same = are_as_seen(before, wanted); !same)
                return same.error();
            if (const auto made = are_made_so(before, wanted, services_.clock.now(), services_.zone); !made)
                return made.error();
            WindowsView after = before;
            std::vector<WindowedItem> changed;
            std::map<WindowedItem, WindowRule> rules;
            for (const auto& one : wanted) {
                after.set(one.item, one.then);
                const auto rule = rule_of(catalog, one.item);
                const bool is_untold = one.how.of == catalog::WindowChange::Of::nothing && one.now.window != one.then.window;
                rules[one.item] = is_untold ? WindowRule{} : api::after(rule, one.how);
                // The same window may be set to count from the session from now on, or not to.
                if (one.now != one.then || rule_json(rule) != rule_json(rules[one.item]))
                    changed.push_back(one.item);
            }
            const auto unready = unready_of(catalog, after, wanted);
            if (const auto may = may_be_published(after, unready, reason); !may)
                return may.error();
            catalog.transaction([&] {
                for (const auto& [video, failures] : unready)
                    catalog.audit.append(override_entry(services_, account, video, failures, reason));
                for (const auto& item : changed) {
                    put(catalog, after, item);
                    catalog.audit.append({services_.clock.now(), account, action_of(item), item.id,
                                          noted(before, item).dump(), noted(after, item, rules[item]).dump()});
                }
            });
            for (const auto& video : after.touched_videos(changed))
                if (auto playable = play::playable_video(catalog, video))
                    services_.play_table.put(std::move(*playable));
            return given({{"changed", changed.size()}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

  private:
    /// Of a video that becomes published; else none.
    std::vector<catalog::Check> failures_of(Catalog& catalog, const WindowsView& after, const WantedState& one) const {
        const bool becomes_published = one.now.published == false && one.then.published == true;
        if (one.item.kind != Kind::video || !becomes_published)
            return {};
        return failed(checklist_of(catalog, services_, after.videos().at(one.item.id), after.effective(one.item)));
    }

    std::vector<Unready> unready_of(Catalog& catalog, const WindowsView& after,
                                    const std::vector<WantedState>& wanted) const {
        std::vector<Unready> unready;
        for (const auto& one : wanted)
            if (auto failures = failures_of(catalog, after, one); !failures.empty())
                unready.push_back({after.videos().at(one.item.id).id, std::move(failures)});
        return unready;
    }

    /// As of one video, told of many.
    static Result<void> may_be_published(const WindowsView& after, const std::vector<Unready>& unready,
                                         const std::string& reason) {
        if (unready.empty())
            return {};
        if (const auto may = api::may_be_published(unready.front().failures, reason); may || !reason.empty())
            return may;
        std::vector<std::string> titles;
        for (const auto& one : unready)
            titles.push_back(after.title({Kind::video, one.video.text()}));
        return refuse(Refusal::conflict,
                      named(titles) + "は、公開前の確認が済んでいません。それでも公開する場合は、理由を入力してください。何も変えていません。");
    }

    Services& services_;
};

} // namespace

void add_desk_windows(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskWindowApi api(services);
    const http::BodyRule text{http::BodyRule::Kind::json, 16 * 1024};
    const http::BodyRule many{http::BodyRule::Kind::json, 1024 * 1024};
    const std::string all = "/api/desk/windows";
    router.add({get, all, secretariat, handler(api, &DeskWindowApi::list)});
    router.add({post, all, secretariat, handler(api, &DeskWindowApi::apply), many});
    router.add({get, all + "/moved", secretariat, handler(api, &DeskWindowApi::moved)});
    router.add({post, all + "/preview", secretariat, handler(api, &DeskWindowApi::preview), many});
    router.add({post, all + "/read", secretariat, handler(api, &DeskWindowApi::read), text});
}

} // namespace server::api
