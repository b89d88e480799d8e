#include "catalog/admission.h"
#include "catalog/question.h"
#include "catalog/random_id.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/http/json_body.h"

namespace server::api {
namespace {

using catalog::Question;
using catalog::QuestionId;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 64 * 1024;

json seconds_or_null(const std::optional<std::chrono::milliseconds>& at) {
    return at ? json(std::chrono::duration<double>(*at).count()) : json();
}

/// As viewers see it: without who asked.
json published_json(const Question& question) {
    return {{"id", question.id.text()},
            {"at_s", seconds_or_null(question.at)},
            {"text", question.text},
            {"answer", question.answer},
            {"batch", question.batch ? json(*question.batch) : json()}};
}

/// What was seen of its form.
std::string version_of(const Question& question) {
    return version_of_fields(json{{"text", question.text}, {"answer", question.answer}});
}

json desk_json(Catalog& catalog, const Question& question) {
    json told = published_json(question);
    const auto video = catalog.videos.find(question.video);
    told["video"] = video ? json{{"id", video->id.text()}, {"title", video->title}} : json();
    told["version"] = version_of(question);
    told["asked_at"] = instant(question.asked);
    told["department"] = nullptr;
    if (question.department) {
        const auto municipality = catalog.municipalities.find(question.department->municipality);
        told["department"] = (municipality ? municipality->name + " " : "") + question.department->name;
    }
    return told;
}

/// By question, which advisers were asked and what they answered.
json routed_json(Catalog& catalog) {
    auto routed = json::object();
    for (const auto& each : catalog.adviser_links.routed())
        if (const auto link = catalog.adviser_links.find(each.link))
            routed[each.question.text()].push_back(
                {{"adviser", link->adviser}, {"answer", each.answer}, {"answered_at", instant(each.answered)}});
    return routed;
}

/// Asking, answering, publishing.
class QuestionApi {
  public:
    explicit QuestionApi(Services& services) : services_(services) {}

    Task<Reply> ask(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        Question question;
        question.id = QuestionId(catalog::random_id());
        question.video = VideoId(text_in(*body, "video"));
        question.at = time_in(*body, "at_s");
        question.account = caller.viewer.account;
        question.department = caller.viewer.department;
        question.asked = services_.clock.now();
        question.text = text_in(*body, "text");
        auto put = [question, viewer = caller.viewer](Catalog& catalog) -> Result<json> {
            if (!question.video.empty()) {
                const auto offering = catalog.videos.offering(question.video);
                if (!offering)
                    return refuse(Refusal::not_found, "この動画は見つかりません。");
                if (const auto admitted = admit(*offering, viewer, question.asked); !admitted)
                    return admitted.error();
            }
            if (const auto asked = catalog.questions.ask(question); !asked)
                return asked.error();
            return given({{"id", question.id.text()}});
        };
        const auto asked = co_await services_.writer.run(std::move(put));
        co_return asked ? http::json(Status::created, *asked) : http::refusal(asked.error());
    }

    /// Published ones about a video, for who may watch it now.
    Task<Reply> of_video(const Request& request, const Caller& caller) const {
        auto look = [id = id_in<VideoId>(request), viewer = caller.viewer,
                     now = services_.clock.now()](Catalog& catalog) -> Result<json> {
            const auto offering = catalog.videos.offering(id);
            if (!offering)
                return refuse(Refusal::not_found, "この動画は見つかりません。");
            if (const auto admitted = admit(*offering, viewer, now); !admitted)
                return admitted.error();
            auto list = json::array();
            for (const auto& question : catalog.questions.published_of(id))
                list.push_back(published_json(question));
            return given({{"questions", std::move(list)}});
        };
        const auto listed = co_await services_.readers.run(std::move(look));
        co_return http::reply_of(listed);
    }

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [](Catalog& catalog) {
            const auto routed = routed_json(catalog);
            auto list = json::array();
            for (const auto& question : catalog.questions.all()) {
                list.push_back(desk_json(catalog, question));
                list.back()["routed"] = routed.value(question.id.text(), json::array());
            }
            return json{{"questions", std::move(list)}};
        };
        const json listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    Task<Reply> edit(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, id = id_in<QuestionId>(request), text = text_in(*body, "text"),
                       answer = text_in(*body, "answer"), seen = text_in(*body, "version"),
                       account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            return catalog.transaction([&]() -> Result<void> {
                const auto before = catalog.questions.find(id);
                if (before)
                    if (const auto same = made_from(seen, version_of(*before), "質問と回答", Unseen::allowed); !same)
                        return same;
                const auto edited = catalog.questions.edit(id, text, answer);
                if (edited)
                    note(catalog, account, "question.edit", id.text(),
                         {{"text", before->text}, {"answer", before->answer}}, {{"text", text}, {"answer", answer}});
                return edited;
            });
        };
        const auto edited = co_await services_.writer.run(std::move(change));
        co_return edited ? http::empty(Status::no_content) : http::refusal(edited.error());
    }

    Task<Reply> publish(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        std::vector<QuestionId> ids;
        if (body->contains("ids") && (*body)["ids"].is_array())
            for (const auto& id : (*body)["ids"])
                if (id.is_string())
                    ids.emplace_back(id.get<std::string>());
        auto change = [this, ids, account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto batch = catalog.questions.publish(ids, services_.clock.now());
            if (!batch)
                return batch.error();
            note(catalog, account, "question.publish", std::to_string(*batch), {}, {{"batch", *batch}, {"count", ids.size()}});
            return given({{"batch", *batch}});
        };
        const auto published = co_await services_.writer.run(std::move(change));
        co_return published ? http::json(Status::created, *published) : http::refusal(published.error());
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<QuestionId>(request), account = caller.viewer.account](Catalog& catalog) {
            const auto removed = catalog.questions.remove(id);
            if (removed)
                note(catalog, account, "question.remove", id.text(), {}, {});
            return removed;
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

  private:
    void note(Catalog& catalog, const catalog::AccountId& account, const char* action,
              const std::string& subject, const json& before, const json& after) const {
        const auto text = [](const json& value) { return value.is_null() ? std::string() : value.dump(); };
        catalog.audit.append({services_.clock.now(), account, action, subject, text(before), text(after)});
    }

    Services& services_;
};

} // namespace

void add_questions(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const QuestionApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    router.add({post, "/api/questions", signed_in, handler(api, &QuestionApi::ask), body});
    router.add({get, "/api/videos/{id}/questions", anyone, handler(api, &QuestionApi::of_video)});
    router.add({get, "/api/desk/questions", secretariat, handler(api, &QuestionApi::list)});
    router.add({patch, "/api/desk/questions/{id}", secretariat, handler(api, &QuestionApi::edit), body});
    router.add({post, "/api/desk/questions/publish", secretariat, handler(api, &QuestionApi::publish), body});
    router.add({http::Method::remove, "/api/desk/questions/{id}", secretariat, handler(api, &QuestionApi::remove)});
}

} // namespace server::api
