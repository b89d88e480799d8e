#include "server/upload/routes.h"

#include "server/api/handler.h"
#include "server/net/deadline.h"
#include "server/upload/intake.h"
#include "server/upload/uploads.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <system_error>

namespace server::upload {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::Upload;
using catalog::UploadId;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;

Reply tus(Reply reply) {
    reply.add("Tus-Resumable", tus_version);
    return reply;
}

Reply tus_refusal(const catalog::Error& error) { return tus(http::refusal(error)); }

Reply tus_refusal(Status status, Refusal kind, std::string sentence) {
    auto reply = http::refusal(refuse(kind, std::move(sentence)));
    reply.status = status;
    return tus(std::move(reply));
}

Reply unknown() { return tus_refusal(refuse(Refusal::not_found, "このアップロードは見つかりません。")); }

/// What each request but OPTIONS must say (Core Protocol, Tus-Resumable).
std::optional<Reply> refused_version(const Request& request) {
    if (request.field("Tus-Resumable") == tus_version)
        return std::nullopt;
    auto reply = http::empty(Status::precondition_failed);
    reply.add("Tus-Version", tus_version);
    return tus(std::move(reply));
}

void add_progress(Reply& reply, const Upload& upload, std::uint64_t offset) {
    reply.add("Upload-Offset", std::to_string(offset));
    if (offset < upload.length)
        reply.add("Upload-Expires", http_date(upload.expires));
}

/// Gathers a body into memory and from there into the file, until it ends.
Task<Result<void>> take_in(http::BodyReader& body, Intake& intake, net::Pool& files) {
    for (;;) {
        const auto came = co_await body.next();
        if (!came)
            co_return came.error();
        if (came->empty())
            co_return Result<void>();
        intake.gather(*came);
        if (intake.is_full()) {
            auto write = [&intake] { intake.write(); };
            co_await net::offload(files, std::move(write));
        }
    }
}

class TusApi {
  public:
    explicit TusApi(Services& services) : uploads_(services.uploads) {}

    Task<Reply> options(const Request&, const Caller&) const {
        auto reply = http::empty(Status::no_content);
        reply.add("Tus-Version", tus_version);
        reply.add("Tus-Extension", tus_extensions);
        reply.add("Tus-Max-Size", std::to_string(uploads_.settings().largest_bytes));
        reply.add("Tus-Checksum-Algorithm", checksum_algorithms);
        co_return tus(std::move(reply));
    }

    Task<Reply> create(const Request& request, const Caller& caller) const {
        if (auto refused = refused_version(request))
            co_return std::move(*refused);
        const auto length = read_number(request.field("Upload-Length").value_or(""));
        if (!length)
            co_return tus_refusal(refuse(Refusal::invalid, "Upload-Length が必要です。"));
        const auto metadata = request.field("Upload-Metadata").value_or("");
        auto description = read_metadata(metadata);
        if (!description)
            co_return tus_refusal(description.error());
        Uploads::Wish wish{*length, std::string(metadata), std::move(*description),
                           caller.viewer.account};
        const auto created = co_await uploads_.create(std::move(wish));
        if (!created)
            co_return tus_refusal(created.error());
        auto reply = co_await begin(request, *created);
        reply.add("Location", "/api/uploads/" + created->id.text());
        if (!created->video.empty())
            reply.add("Upload-Video", created->video.text());
        co_return reply;
    }

    Task<Reply> head(const Request& request, const Caller&) const {
        if (auto refused = refused_version(request))
            co_return std::move(*refused);
        const UploadId id{std::string(request.parameter("id"))};
        // Whoever still sends it is told to stop: its sender has lost that line.
        const auto lock = co_await uploads_.locks().take(id);
        if (!lock)
            co_return locked();
        const auto upload = co_await uploads_.find(id);
        if (!upload)
            co_return unknown();
        auto reply = http::empty(Status::ok);
        add_progress(reply, *upload, co_await durable(*upload));
        reply.add("Upload-Length", std::to_string(upload->length));
        if (!upload->metadata.empty())
            reply.add("Upload-Metadata", upload->metadata);
        co_return tus(std::move(reply));
    }

    Task<Reply> patch(const Request& request, const Caller&) const {
        if (auto refused = refused_version(request))
            co_return std::move(*refused);
        if (request.field("Content-Type") != chunk_type)
            co_return tus_refusal(refuse(Refusal::unsupported,
                                         "Content-Type は " + std::string(chunk_type) + " です。"));
        const auto offset = read_number(request.field("Upload-Offset").value_or(""));
        if (!offset)
            co_return tus_refusal(refuse(Refusal::invalid, "Upload-Offset が必要です。"));
        const UploadId id{std::string(request.parameter("id"))};
        const auto lock = co_await uploads_.locks().take(id);
        if (!lock)
            co_return locked();
        const auto upload = co_await uploads_.find(id);
        if (!upload)
            co_return unknown();
        if (*offset != co_await durable(*upload))
            co_return tus_refusal(refuse(Refusal::conflict, "Upload-Offset が合いません。"));
        co_return co_await receive(request, *upload, *lock);
    }

    Task<Reply> remove(const Request& request, const Caller&) const {
        if (auto refused = refused_version(request))
            co_return std::move(*refused);
        const UploadId id{std::string(request.parameter("id"))};
        const auto lock = co_await uploads_.locks().take(id);
        if (!lock)
            co_return locked();
        const auto upload = co_await uploads_.find(id);
        if (!upload || upload->finished)
            co_return unknown();
        co_await uploads_.remove(*upload);
        co_return tus(http::empty(Status::no_content));
    }

    /// For gateways that let no PATCH pass (Core Protocol, X-HTTP-Method-Override).
    Task<Reply> overridden(const Request& request, const Caller& caller) const {
        const auto method = request.field("X-HTTP-Method-Override").value_or("");
        if (method == "PATCH")
            return patch(request, caller);
        if (method == "HEAD")
            return head(request, caller);
        if (method == "DELETE")
            return remove(request, caller);
        return not_allowed();
    }

  private:
    static Task<Reply> not_allowed() {
        auto reply = http::empty(Status::method_not_allowed);
        reply.add("Allow", "HEAD, PATCH, DELETE, OPTIONS");
        co_return tus(std::move(reply));
    }

    static Reply locked() {
        return tus_refusal(Status::locked, Refusal::conflict, "ほかの接続で受け取っています。");
    }

    Task<std::uint64_t> durable(const Upload& upload) const {
        if (upload.finished)
            co_return upload.length;
        auto look = [path = uploads_.file_of(upload.id)] { return UploadFile(path).size(); };
        co_return co_await net::offload(uploads_.files(), std::move(look));
    }

    /// The body that came with a creation, if any (creation-with-upload); an empty file is whole.
    Task<Reply> begin(const Request& request, const Upload& upload) const {
        const bool has_body = request.field("Content-Type") == chunk_type &&
                              request.stream().remaining() > 0;
        if (!has_body) {
            if (upload.length == 0)
                co_await uploads_.finish(upload);
            auto reply = http::empty(Status::created);
            add_progress(reply, upload, 0);
            co_return tus(std::move(reply));
        }
        const auto lock = co_await uploads_.locks().take(upload.id);
        if (!lock)
            co_return locked();
        auto reply = co_await receive(request, upload, *lock);
        if (reply.status == Status::no_content)
            reply.status = Status::created;
        co_return reply;
    }

    /// Takes the body into the file, from where it ends.
    Task<Reply> receive(const Request& request, const Upload& upload,
                        const UploadLocks::Lock& lock) const {
        std::optional<Checksum> checksum;
        if (const auto field = request.field("Upload-Checksum")) {
            auto read = Checksum::read(*field);
            if (!read)
                co_return tus_refusal(read.error());
            checksum = std::move(*read);
        }
        auto open = [path = uploads_.file_of(upload.id), &checksum] {
            return std::make_unique<Intake>(path, std::move(checksum));
        };
        std::unique_ptr<Intake> intake;
        if (!upload.finished)
            intake = co_await net::offload(uploads_.files(), open);
        const auto offset = intake ? intake->durable() : upload.length;
        if (request.stream().remaining() > upload.length - offset)
            co_return tus_refusal(refuse(Refusal::too_large, "約束した長さより長いです。"));
        if (!intake)
            co_return received(upload, upload.length);
        co_return co_await receive_into(*intake, request, upload, lock);
    }

    Task<Reply> receive_into(Intake& intake, const Request& request, const Upload& upload,
                             const UploadLocks::Lock& lock) const {
        using namespace net::asio::experimental::awaitable_operators;
        const auto executor = co_await net::asio::this_coro::executor;
        auto taking = net::told(executor, take_in(request.stream(), intake, uploads_.files()));
        auto stop = lock.asked_to_stop();
        const auto ended = co_await (std::move(taking) || std::move(stop));
        const auto* told = std::get_if<0>(&ended);
        if (told && std::get<0>(*told))
            std::rethrow_exception(std::get<0>(*told));
        const auto* taken = told ? &std::get<1>(*told) : nullptr;
        const bool is_whole = taken && *taken;
        const auto body = is_whole ? Intake::Body::whole : Intake::Body::cut_off;
        auto finish = [&intake, body] { return intake.finish(body); };
        const bool is_right = co_await net::offload(uploads_.files(), std::move(finish));
        if (!taken)
            co_return tus_refusal(refuse(Refusal::invalid, "新しい接続が続きを送ります。"));
        if (!is_whole)
            co_return tus_refusal(taken->error());
        if (!is_right)
            co_return tus(http::empty(Status::checksum_mismatch));
        if (intake.durable() == upload.length)
            co_await uploads_.finish(upload);
        co_return received(upload, intake.durable());
    }

    static Reply received(const Upload& upload, std::uint64_t offset) {
        auto reply = http::empty(Status::no_content);
        add_progress(reply, upload, offset);
        return tus(std::move(reply));
    }

    Uploads& uploads_;
};

/// A full disk is an answer; everything else that breaks is a failure.
template <class Handler> http::Handler telling_of_full_disks(Handler handler) {
    return [handler](const Request& request, const Caller& caller) -> Task<Reply> {
        try {
            co_return co_await handler(request, caller);
        } catch (const std::system_error& error) {
            if (error.code() != std::errc::no_space_on_device)
                throw;
        }
        co_return tus_refusal(refuse(Refusal::no_space, "サーバーの空き容量が足りません。"));
    };
}

} // namespace

void add_routes(http::Router& router, Services& services) {
    using enum http::Access;
    using http::Method;
    const TusApi api(services);
    const auto verb = [&api](auto member) {
        return telling_of_full_disks(api::handler(api, member));
    };
    const http::BodyRule stream{http::BodyRule::Kind::stream,
                                services.settings.uploads.largest_bytes};
    const http::BodyRule may_be_empty{http::BodyRule::Kind::stream, stream.limit,
                                      http::BodyRule::Length::optional};
    const std::string all = "/api/uploads";
    const std::string one = "/api/uploads/{id}";
    router.add({Method::options, all, all_alike, verb(&TusApi::options)});
    router.add({Method::options, one, all_alike, verb(&TusApi::options)});
    router.add({Method::post, all, secretariat, verb(&TusApi::create), may_be_empty});
    router.add({Method::head, one, secretariat, verb(&TusApi::head)});
    router.add({Method::patch, one, secretariat, verb(&TusApi::patch), stream});
    router.add({Method::remove, one, secretariat, verb(&TusApi::remove)});
    router.add({Method::post, one, secretariat, verb(&TusApi::overridden), stream});
}

} // namespace server::upload
