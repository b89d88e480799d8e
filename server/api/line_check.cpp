#include "catalog/line_check.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/conditions.h"
#include "server/http/json_body.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <array>
#include <charconv>
#include <random>

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::size_t most_bytes = 1024 * 1024;
constexpr std::uint64_t largest_body = 8 * 1024;
/// As long as a player of low latency has a request wait.
constexpr std::chrono::milliseconds held_for{2'000};
constexpr int most_listed = 500;
constexpr std::array<std::string_view, 5> modes{"auto", "light", "slides", "sound", "none"};

/// Bytes that no gateway can make fewer.
std::string random_bytes(std::size_t count) {
    std::minstd_rand random(static_cast<unsigned>(count) + 1);
    std::string bytes(count, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random() >> 8U);
    return bytes;
}

/// What a browser sent of its place, as far as it is well-formed.
Result<catalog::LineCheck> check_of(const json& body) {
    catalog::LineCheck check;
    check.mode = text_in(body, "mode");
    check.municipality = text_in(body, "municipality");
    const auto facts = body.find("facts");
    if (std::ranges::find(modes, check.mode) == modes.end() || facts == body.end() || !facts->is_object())
        return refuse(Refusal::invalid, "チェックの結果を読み取れません。");
    check.facts = facts->dump(-1, ' ', false, json::error_handler_t::replace);
    return {boost::system::in_place_value, std::move(check)};
}

/// What the page that looks at a viewer's place asks for, and keeps.
class LineCheckApi {
  public:
    explicit LineCheckApi(Services& services) : services_(services) {}

    /// So many bytes, in one piece or a range of it.
    Task<Reply> bytes(const Request& request, const Caller&) const {
        const auto asked = request.query("count").value_or("");
        std::size_t count = 0;
        const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), count);
        if (error != std::errc() || end != asked.data() + asked.size() || count == 0 || count > most_bytes)
            co_return http::refusal(refuse(Refusal::invalid, "count は1から1048576までの数です。"));
        Reply reply;
        reply.type = "application/octet-stream";
        reply.compression = http::Compression::never;
        auto bytes = random_bytes(count);
        const auto wish = http::read_range(request.field("Range").value_or(""), count);
        if (wish.kind == http::RangeWish::Kind::satisfiable) {
            const auto [offset, size] = wish.range;
            reply.status = Status::partial_content;
            reply.add("Content-Range", "bytes " + std::to_string(offset) + "-" +
                                           std::to_string(offset + size - 1) + "/" + std::to_string(count));
            bytes = bytes.substr(offset, size);
        }
        reply.body = std::move(bytes);
        co_return reply;
    }

    /// An answer that takes its time.
    Task<Reply> held(const Request&, const Caller&) const {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, held_for);
        co_await timer.async_wait(net::outcome);
        const json answer{{"held_ms", held_for.count()}};
        co_return http::json(Status::ok, answer);
    }

    Task<Reply> keep(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto check = check_of(*body);
        if (!check)
            co_return http::refusal(check.error());
        check->at = services_.clock.now();
        if (caller.viewer.department) {
            check->municipality = caller.viewer.department->municipality;
            check->department = caller.viewer.department->name;
        }
        auto put = [check = std::move(*check)](catalog::store::Catalog& catalog) -> Result<json> {
            if (!check.municipality.empty() && !catalog.municipalities.find(check.municipality))
                return refuse(Refusal::invalid, "その市区町村はありません。");
            return given({{"code", catalog.line_checks.add(check)}});
        };
        auto kept = co_await services_.writer.run(std::move(put));
        co_return kept ? http::json(Status::created, *kept) : http::refusal(kept.error());
    }

    Task<Reply> list(const Request&, const Caller&) const {
        auto read = [](catalog::store::Catalog& catalog) {
            auto list = json::array();
            for (const auto& check : catalog.line_checks.newest(most_listed)) {
                const auto municipality = catalog.municipalities.find(check.municipality);
                list.push_back({{"code", check.code},
                                {"at", instant(check.at)},
                                {"municipality", municipality ? json(municipality->name) : json()},
                                {"department", check.department},
                                {"mode", check.mode},
                                {"facts", json::parse(check.facts)}});
            }
            return list;
        };
        const json checks = co_await services_.readers.run(std::move(read));
        const json answer{{"checks", checks}};
        co_return http::json(Status::ok, answer);
    }

  private:
    Services& services_;
};

} // namespace

void add_line_check(http::Router& router, Services& services) {
    using enum http::Method;
    const LineCheckApi api(services);
    router.add({get, "/api/check/bytes", http::Access::all_alike, handler(api, &LineCheckApi::bytes)});
    router.add({get, "/api/check/held", http::Access::all_alike, handler(api, &LineCheckApi::held)});
    router.add({post, "/api/check", http::Access::anyone, handler(api, &LineCheckApi::keep),
                {http::BodyRule::Kind::json, largest_body}});
    router.add({get, "/api/desk/checks", http::Access::secretariat, handler(api, &LineCheckApi::list)});
}

} // namespace server::api
