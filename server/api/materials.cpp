#include "catalog/admission.h"
#include "server/api/handler.h"
#include "server/api/opened_materials.h"
#include "server/api/routes.h"

#include <charconv>
#include <fstream>

namespace server::api {
namespace {

using catalog::Material;
using catalog::MaterialId;
using catalog::Refusal;
using catalog::Result;
using catalog::Viewer;
using catalog::store::Catalog;
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

/// `7.jpg` is 7; nothing else is a page.
std::optional<int> page_named(std::string_view name) {
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const std::string_view rest(end, static_cast<std::size_t>(name.data() + name.size() - end));
    const bool is_page = error == std::errc{} && number > 0 && rest == ".jpg" && name.front() != '0';
    return is_page ? std::optional(number) : std::nullopt;
}

/// Handouts, as downloads and page by page.
class MaterialApi {
  public:
    explicit MaterialApi(Services& services) : services_(services), keep_opened_(keep_opened(services)) {}

    Task<Reply> download(const Request& request, const Caller& caller) const {
        const MaterialId id{std::string(request.parameter("id"))};
        auto open = [this, id, viewer = caller.viewer](auto& catalog) {
            return file_for(catalog, id, viewer);
        };
        auto reply = co_await services_.readers.run(std::move(open));
        if (!reply)
            co_return http::refusal(reply.error());
        if (caller.viewer.kind == Viewer::Kind::staff && request.method() == http::Method::get)
            co_await keep_opened_(id, caller.viewer.account);
        co_return std::move(*reply);
    }

    Task<Reply> picture(const Request& request, const Caller& caller) const {
        const MaterialId id{std::string(request.parameter("id"))};
        const auto number = page_named(request.parameter("page"));
        auto open = [this, id, number, viewer = caller.viewer](auto& catalog) {
            return picture_for(catalog, id, number.value_or(0), viewer);
        };
        auto reply = co_await services_.readers.run(std::move(open));
        co_return reply ? std::move(*reply) : http::refusal(reply.error());
    }

  private:
    /// The handout, where it is to be had and has a file.
    Result<Material> admitted(Catalog& catalog, const MaterialId& id, const Viewer& viewer) const {
        auto material = catalog.materials.find(id);
        const auto offering = catalog.materials.offering(id);
        if (!material || !offering)
            return refuse(Refusal::not_found, "この資料は見つかりません。");
        if (const auto admitted = admit(*offering, viewer, services_.clock.now()); !admitted)
            return admitted.error();
        if (material->file.empty())
            return refuse(Refusal::not_found, "この資料はまだ登録されていません。");
        return std::move(*material);
    }

    Result<Reply> file_for(Catalog& catalog, const MaterialId& id, const Viewer& viewer) const {
        const auto material = admitted(catalog, id, viewer);
        if (!material)
            return material.error();
        const auto path = services_.folder.materials() / material->file;
        const auto file = http::OpenFile::open(path);
        Reply reply;
        reply.type = type_of(path);
        reply.body = http::FileSpan{file, 0, file->size()};
        reply.add("Content-Disposition", http::attachment(material->file_name));
        reply.add("Content-Security-Policy", "sandbox");
        return reply;
    }

    Result<Reply> picture_for(Catalog& catalog, const MaterialId& id, int number, const Viewer& viewer) const {
        const auto material = admitted(catalog, id, viewer);
        if (!material)
            return material.error();
        const auto document = catalog.documents.of(id);
        if (!document || number < 1 || number > document->pages)
            return refuse(Refusal::not_found, "このページは見つかりません。");
        const auto file =
            http::OpenFile::open(services_.folder.pages() / document->file / catalog::picture_name(number));
        Reply reply;
        reply.type = "image/jpeg";
        reply.etag = '"' + file->version() + '"';
        // Kept by browsers, but asked for each time: its window may have been shortened.
        reply.cache_control = "private, no-cache";
        reply.body = http::FileSpan{file, 0, file->size()};
        return reply;
    }

    Services& services_;
    KeepOpened keep_opened_;
};

} // namespace

void add_materials(http::Router& router, Services& services) {
    const MaterialApi api(services);
    router.add({http::Method::get, "/materials/{id}", http::Access::anyone,
                handler(api, &MaterialApi::download)});
    router.add({http::Method::get, "/materials/{id}/pages/{page}", http::Access::anyone,
                handler(api, &MaterialApi::picture)});
}

} // namespace server::api
