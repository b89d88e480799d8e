#include "catalog/admission.h"
#include "server/api/handler.h"
#include "server/api/routes.h"

#include <fstream>

namespace server::api {
namespace {

using catalog::MaterialId;
using catalog::Refusal;
using catalog::Result;
using http::Caller;
using http::Reply;
using http::Request;
using http::Task;

/// By what the file begins with, not by what its sender called it.
std::string type_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::string beginning(5, '\0');
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    return beginning == "%PDF-" ? "application/pdf" : "application/octet-stream";
}

/// Handouts, as downloads.
class MaterialApi {
  public:
    explicit MaterialApi(Services& services) : services_(services) {}

    Task<Reply> download(const Request& request, const Caller& caller) const {
        const MaterialId id{std::string(request.parameter("id"))};
        auto open = [this, id, viewer = caller.viewer](auto& catalog) {
            return reply_for(catalog, id, viewer);
        };
        auto reply = co_await services_.readers.run(std::move(open));
        if (!reply)
            co_return http::refusal(reply.error());
        if (caller.viewer.kind == catalog::Viewer::Kind::staff && request.method() == http::Method::get)
            co_await keep_opened(id, caller.viewer.account);
        co_return std::move(*reply);
    }

  private:
    /// The report tells who opened handouts.
    Task<void> keep_opened(MaterialId id, catalog::AccountId account) const {
        auto look = [id, account](auto& catalog) { return catalog.watching.has_opened(account, id); };
        if (co_await services_.readers.run(std::move(look)))
            co_return;
        auto keep = [id, account, now = services_.clock.now()](auto& catalog) {
            // It may have been removed meanwhile.
            if (catalog.materials.find(id))
                catalog.watching.add_opened(account, id, now);
        };
        co_await services_.writer.run(std::move(keep));
    }

    Result<Reply> reply_for(catalog::store::Catalog& catalog, const MaterialId& id,
                            const catalog::Viewer& viewer) const {
        const auto material = catalog.materials.find(id);
        const auto offering = catalog.materials.offering(id);
        if (!material || !offering)
            return refuse(Refusal::not_found, "この資料は見つかりません。");
        if (const auto admitted = admit(*offering, viewer, services_.clock.now()); !admitted)
            return admitted.error();
        if (material->file.empty())
            return refuse(Refusal::not_found, "この資料はまだ登録されていません。");
        const auto path = services_.folder.materials() / material->file;
        const auto file = http::OpenFile::open(path);
        Reply reply;
        reply.type = type_of(path);
        reply.body = http::FileSpan{file, 0, file->size()};
        reply.add("Content-Disposition", http::attachment(material->file_name));
        reply.add("Content-Security-Policy", "sandbox");
        return reply;
    }

    Services& services_;
};

} // namespace

void add_materials(http::Router& router, Services& services) {
    const MaterialApi api(services);
    router.add({http::Method::get, "/materials/{id}", http::Access::anyone,
                handler(api, &MaterialApi::download)});
}

} // namespace server::api
