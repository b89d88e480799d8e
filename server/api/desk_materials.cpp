#include "catalog/random_id.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/material_json.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/http/json_body.h"

#include <charconv>

namespace server::api {
namespace {

using catalog::Material;
using catalog::MaterialId;
using catalog::Refusal;
using catalog::Result;
using catalog::SessionId;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

catalog::Error unknown() { return refuse(Refusal::not_found, "この資料は見つかりません。"); }

int version_in(const Request& request) {
    const auto text = request.parameter("number");
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

/// Handouts: what they are called, who sees them when, and the files that they had. A file comes as an upload.
class DeskMaterialApi {
  public:
    explicit DeskMaterialApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request& request, const Caller&) const {
        auto look = [session = request.query("session").value_or(""),
                     video = request.query("video").value_or("")](Catalog& catalog) {
            const auto materials = session.empty() ? catalog.materials.of_video(VideoId(video))
                                                   : catalog.materials.of_session(SessionId(session));
            return json{{"materials", materials_json(catalog, materials)}};
        };
        const json listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    Task<Reply> show(const Request& request, const Caller&) const {
        auto look = [id = id_in<MaterialId>(request)](Catalog& catalog) -> Result<json> {
            const auto material = catalog.materials.find(id);
            if (!material)
                return unknown();
            return given(material_json(catalog, *material));
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)));
    }

    Task<Reply> create(const Request& request, const Caller& caller) const {
        const auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        auto change = [this, fields = *fields, account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            Material material;
            material.id = MaterialId(catalog::random_id());
            material.session = SessionId(text_in(fields, "session"));
            material.video = VideoId(text_in(fields, "video"));
            const bool has_owner = material.video.empty()
                                       ? catalog.sessions.find(material.session).has_value()
                                       : material.session.empty() && catalog.videos.find(material.video);
            if (!has_owner)
                return refuse(Refusal::invalid, "どの会合か動画の資料かを選んでください。");
            auto rest = fields;
            rest.erase("session");
            rest.erase("video");
            if (!rest.contains("title"))
                return refuse(Refusal::invalid, "資料の題名を入力してください。");
            auto made = changed(std::move(material), rest, services_.zone);
            if (!made)
                return made.error();
            catalog.transaction([&] {
                catalog.materials.put(*made);
                note(catalog, account, "material.create", made->id, {}, changeable_fields(*made));
            });
            return given(material_json(catalog, *made));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::created);
    }

    Task<Reply> update(const Request& request, const Caller& caller) const {
        auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        const auto seen = take_version(*fields);
        auto change = [this, id = id_in<MaterialId>(request), fields = *fields, seen,
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto before = catalog.materials.find(id);
            if (!before)
                return unknown();
            if (const auto same = made_from(seen, version_of(*before), "資料", Unseen::allowed); !same)
                return same.error();
            const auto after = changed(*before, fields, services_.zone);
            if (!after)
                return after.error();
            catalog.transaction([&] {
                catalog.materials.put(*after);
                note(catalog, account, "material.update", id, changeable_fields(*before), changeable_fields(*after));
            });
            return given(material_json(catalog, *after));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> put_back(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<MaterialId>(request), number = version_in(request),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto before = catalog.materials.find(id);
            if (!before)
                return unknown();
            const auto put = catalog.transaction([&]() -> Result<void> {
                const auto now = services_.clock.now();
                if (const auto back = catalog.materials.put_back(id, number, now); !back)
                    return back;
                note(catalog, account, "material.put_back", id, {{"file_name", before->file_name}},
                     {{"file_name", catalog.materials.find(id)->file_name}});
                return {};
            });
            if (!put)
                return put.error();
            // Pages are of the file that it has.
            if (!before->file.empty())
                std::filesystem::remove_all(services_.folder.pages() / before->file);
            return given(material_json(catalog, *catalog.materials.find(id)));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    /// The file that it has, as a download: what nobody else can have yet, too.
    Task<Reply> file(const Request& request, const Caller&) const {
        auto open = [this, id = id_in<MaterialId>(request)](Catalog& catalog) -> Result<Reply> {
            const auto material = catalog.materials.find(id);
            if (!material || material->file.empty())
                return unknown();
            return download(material->file, material->file_name);
        };
        auto reply = co_await services_.readers.run(std::move(open));
        co_return reply ? std::move(*reply) : http::refusal(reply.error());
    }

    /// A file that it had, as a download.
    Task<Reply> version(const Request& request, const Caller&) const {
        auto open = [this, id = id_in<MaterialId>(request), number = version_in(request)](Catalog& catalog) -> Result<Reply> {
            for (const auto& version : catalog.materials.versions(id)) {
                if (version.number != number)
                    continue;
                return download(version.file.file, version.file.file_name);
            }
            return refuse(Refusal::not_found, "この版は見つかりません。");
        };
        auto reply = co_await services_.readers.run(std::move(open));
        co_return reply ? std::move(*reply) : http::refusal(reply.error());
    }

    /// Rows first: a file that is left behind by a crash is nobody's, and harms nobody.
    Task<Reply> remove(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<MaterialId>(request), account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            const auto before = catalog.materials.find(id);
            const auto files = catalog.transaction([&]() -> Result<std::vector<std::string>> {
                auto removed = catalog.materials.remove(id);
                if (removed)
                    note(catalog, account, "material.remove", id, changeable_fields(*before), {});
                return removed;
            });
            if (!files)
                return files.error();
            for (const auto& file : *files) {
                std::filesystem::remove(services_.folder.materials() / file);
                std::filesystem::remove_all(services_.folder.pages() / file);
            }
            return {};
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

  private:
    Reply download(const std::string& stored, const std::string& name) const {
        const auto file = http::OpenFile::open(services_.folder.materials() / stored);
        Reply reply;
        reply.type = "application/octet-stream";
        reply.body = http::FileSpan{file, 0, file->size()};
        reply.add("Content-Disposition", http::attachment(name));
        reply.add("Content-Security-Policy", "sandbox");
        return reply;
    }

    void note(Catalog& catalog, const catalog::AccountId& account, const char* action, const MaterialId& id,
              const json& before, const json& after) const {
        const auto text = [](const json& value) { return value.is_null() ? std::string() : value.dump(); };
        catalog.audit.append({services_.clock.now(), account, action, id.text(), text(before), text(after)});
    }

    Services& services_;
};

} // namespace

void add_desk_materials(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskMaterialApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 16 * 1024};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, 1024, http::BodyRule::Length::optional};
    const std::string all = "/api/desk/materials";
    const std::string one = all + "/{id}";
    router.add({get, all, secretariat, handler(api, &DeskMaterialApi::list)});
    router.add({post, all, secretariat, handler(api, &DeskMaterialApi::create), body});
    router.add({get, one, secretariat, handler(api, &DeskMaterialApi::show)});
    router.add({patch, one, secretariat, handler(api, &DeskMaterialApi::update), body});
    router.add({http::Method::remove, one, secretariat, handler(api, &DeskMaterialApi::remove)});
    router.add({get, one + "/file", secretariat, handler(api, &DeskMaterialApi::file)});
    router.add({get, one + "/versions/{number}", secretariat, handler(api, &DeskMaterialApi::version)});
    router.add({post, one + "/versions/{number}", secretariat, handler(api, &DeskMaterialApi::put_back), optional_body});
}

} // namespace server::api
