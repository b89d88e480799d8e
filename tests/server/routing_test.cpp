#include "server/http/conditions.h"
#include "server/http/json_body.h"
#include "server/http/refusal_status.h"
#include "tests/server/support/client.h"
#include "tests/server/support/running_server.h"

#include <catch2/catch.hpp>

using namespace server::http;
using catalog::Viewer;

namespace {

Task<Reply> tell(const Request& request, const Caller& caller) {
    Reply reply = plain_text(Status::ok, request.path() + " for " + caller.viewer.name + " with " +
                                             request.body());
    co_return reply;
}

Task<Reply> break_down(const Request&, const Caller&) {
    throw std::runtime_error("a world that broke");
    co_return empty(Status::ok);
}

Task<Caller> by_cookie(const Request& request) {
    Caller caller;
    const auto name = request.cookie("session");
    if (name == "clerk") {
        caller.viewer.kind = Viewer::Kind::secretariat;
    } else if (name == "viewer") {
        caller.viewer.kind = Viewer::Kind::staff;
    }
    caller.viewer.name = name.value_or("nobody");
    co_return caller;
}

Site site_with_routes() {
    Site site;
    site.resolve = by_cookie;
    site.router.add({.method = Method::get, .pattern = "/pages/{id}", .access = Access::anyone, .handler = tell});
    site.router.add({.method = Method::get, .pattern = "/healthz", .access = Access::all_alike, .handler = tell});
    site.router.add({.method = Method::get, .pattern = "/api/mine", .access = Access::signed_in, .handler = tell});
    site.router.add({.method = Method::get, .pattern = "/api/desk", .access = Access::secretariat, .handler = tell});
    site.router.add({.method = Method::post,
                     .pattern = "/api/desk",
                     .access = Access::secretariat,
                     .handler = tell,
                     .body = {.kind = BodyRule::Kind::json, .limit = 16}});
    site.router.add({.method = Method::post,
                     .pattern = "/api/play",
                     .access = Access::anyone,
                     .handler = tell,
                     .body = {.kind = BodyRule::Kind::json, .limit = 16}});
    site.router.add({.method = Method::get, .pattern = "/api/broken", .access = Access::anyone, .handler = break_down});
    return site;
}

std::string post(const std::string& target, const std::string& fields, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nHost: localhost:8062\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + fields + "\r\n" + body;
}

const std::string is_json = "Content-Type: application/json; charset=utf-8\r\n";
const std::string is_ours = "Origin: http://localhost:8062\r\n";
const std::string as_clerk = "Cookie: a=b; session=clerk\r\n";
const std::string as_viewer = "Cookie: session=viewer\r\n";

} // namespace

TEST_CASE("a request finds its route, its parameters and its caller", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    test::Client client(server.port());
    CHECK(client.get("/pages/%E8%A8%98%E9%8C%B2", as_viewer).body == "/pages/記録 for viewer with ");
    CHECK(client.get("/pages/a").body == "/pages/a for nobody with ");
    CHECK(client.get("/healthz", as_viewer).body == "/healthz for  with ");
    CHECK(client.get("/pages/").status == 404);
    CHECK(client.get("/pages/a/b").status == 404);
    CHECK(client.get("/nowhere").status == 404);
}

TEST_CASE("a route is for whom it says", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    test::Client client(server.port());
    CHECK(client.get("/api/mine").status == 401);
    CHECK(client.get("/api/mine", as_viewer).status == 200);
    CHECK(client.get("/api/desk").status == 401);
    const test::Answer refused = client.get("/api/desk", as_viewer);
    CHECK(refused.status == 403);
    CHECK(nlohmann::json::parse(refused.body)["error"]["kind"] == "forbidden");
    CHECK(client.get("/api/desk", as_clerk).status == 200);
}

TEST_CASE("an unsafe request comes from a page of ours", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    const auto status = [&server](const std::string& target, const std::string& fields) {
        test::Client client(server.port());
        return client.ask(post(target, is_json + as_clerk + fields, "{}")).status;
    };
    CHECK(status("/api/desk", is_ours) == 200);
    CHECK(status("/api/desk", "Origin: https://localhost:8062\r\nSec-Fetch-Site: same-origin\r\n") == 200);
    // Programs name no origin, and hold no cookie but the one they were given.
    CHECK(status("/api/desk", "") == 200);
    CHECK(status("/api/play", "") == 200);
    for (const std::string target : {"/api/desk", "/api/play"}) {
        CHECK(status(target, "Origin: http://evil.example\r\n") == 403);
        CHECK(status(target, "Origin: null\r\n") == 403);
        CHECK(status(target, is_ours + "Sec-Fetch-Site: cross-site\r\n") == 403);
    }
}

TEST_CASE("a body is as the route says", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    const auto ask = [&server](const std::string& bytes) {
        test::Client client(server.port());
        return client.ask(bytes);
    };
    CHECK(ask(post("/api/play", is_json, R"({"a":1})")).body == R"(/api/play for nobody with {"a":1})");
    CHECK(ask(post("/api/play", "", "")).status == 200);
    CHECK(ask(post("/api/play", "Content-Type: text/plain\r\n", "{}")).status == 415);
    CHECK(ask(post("/api/play", is_json, std::string(17, ' '))).status == 413);
}

TEST_CASE("a body that is too large is not waited for", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    test::Client client(server.port());
    const test::Answer answer = client.ask("POST /api/play HTTP/1.1\r\nHost: localhost\r\n" + is_json +
                                           "Content-Length: 1000000000\r\n\r\n");
    CHECK(answer.status == 413);
    CHECK(answer.field("connection") == "close");
    CHECK(client.is_closed_by_server());
}

TEST_CASE("another method than a route's is told which ones there are", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    test::Client client(server.port());
    const test::Answer wrong = client.ask("DELETE /api/desk HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(wrong.status == 405);
    CHECK(wrong.field("allow") == "HEAD, GET, POST");
    CHECK(client.ask("OPTIONS /api/desk HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 204);
}

TEST_CASE("a handler that breaks is answered 500, and the connection goes on", "[server]") {
    const Site site = site_with_routes();
    const test::RunningServer server(site);
    test::Client client(server.port());
    const test::Answer broken = client.get("/api/broken");
    CHECK(broken.status == 500);
    CHECK(broken.body.find("a world that broke") == std::string::npos);
    CHECK(client.get("/healthz").status == 200);
}

TEST_CASE("two routes of one method and pattern are a mistake", "[server]") {
    Router router;
    router.add({.method = Method::get, .pattern = "/a/{id}", .access = Access::anyone, .handler = tell});
    CHECK_THROWS_AS(router.add({.method = Method::get, .pattern = "/a/{id}", .access = Access::anyone, .handler = tell}),
                    std::logic_error);
}

TEST_CASE("a request's query and cookies are read by name", "[server]") {
    const Request request(Method::get, "/a?q=%E9%81%A9%E5%BF%9C+x&t=754&empty&t=2",
                          {{"cookie", "one=1; two=2"}});
    CHECK(request.query("q") == "適応 x");
    CHECK(request.query("t") == "754");
    CHECK(request.query("empty") == "");
    CHECK_FALSE(request.query("none"));
    CHECK(request.cookie("two") == "2");
    CHECK_FALSE(request.cookie("on"));
}

TEST_CASE("a JSON body is an object, and not too deep", "[server]") {
    const auto read = [](const std::string& text) {
        return json_body(Request(Method::post, "/", {}, text));
    };
    CHECK(read(R"({"a":[1]})").value() == nlohmann::json{{"a", {1}}});
    CHECK(read("").value() == nlohmann::json::object());
    for (const auto* wrong : {"[]", "1", "{", "{}{}", "{\"a\":\"\xff\"}"}) {
        INFO(wrong);
        REQUIRE(read(wrong).has_error());
        CHECK(read(wrong).error().kind == catalog::Refusal::invalid);
    }
    const auto nested = [](std::size_t depth) {
        return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    CHECK(read(nested(32)).has_value());
    CHECK(read(nested(34)).has_error());
    CHECK(read(nested(100'000)).has_error());
}

TEST_CASE("a refusal tells its kind, its sentence and its instant", "[server]") {
    const auto opens = catalog::time::parse_rfc3339("2021-06-29T00:00:00+09:00");
    const catalog::Error error{catalog::Refusal::not_yet_open, "まだです。", opens};
    const Reply reply = refusal(error);
    CHECK(reply.status == Status::forbidden);
    CHECK(nlohmann::json::parse(std::get<std::string>(reply.body)) ==
          nlohmann::json{{"error",
                          {{"kind", "not_yet_open"},
                           {"message", "まだです。"},
                           {"opens_at", "2021-06-28T15:00:00Z"}}}});
}

TEST_CASE("a range is read, or taken as not asked for", "[server]") {
    using Kind = RangeWish::Kind;
    struct Case {
        const char* field;
        Kind kind;
        std::uint64_t offset;
        std::uint64_t size;
    };
    const auto wanted = GENERATE(
        Case{"bytes=0-0", Kind::satisfiable, 0, 1}, Case{"bytes=10-", Kind::satisfiable, 10, 90},
        Case{"bytes=-7", Kind::satisfiable, 93, 7}, Case{"bytes=-700", Kind::satisfiable, 0, 100},
        Case{"Bytes=99-400", Kind::satisfiable, 99, 1},
        Case{"bytes=100-", Kind::unsatisfiable, 0, 0}, Case{"bytes=-0", Kind::unsatisfiable, 100, 0},
        Case{"bytes=0-1,5-6", Kind::none, 0, 0}, Case{"bytes=5-4", Kind::none, 0, 0},
        Case{"bytes=-", Kind::none, 0, 0}, Case{"bytes=a-b", Kind::none, 0, 0},
        Case{"lines=0-1", Kind::none, 0, 0}, Case{"bytes=1-2x", Kind::none, 0, 0});
    INFO(wanted.field);
    const RangeWish wish = read_range(wanted.field, 100);
    CHECK(wish.kind == wanted.kind);
    CHECK(wish.range.offset == wanted.offset);
    CHECK(wish.range.size == wanted.size);
}

TEST_CASE("gzip is sent to who takes it", "[server]") {
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("br, GZIP;q=0.5"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("gzip; q=0.00, br"));
    CHECK_FALSE(accepts_gzip("identity"));
    CHECK_FALSE(accepts_gzip("xgzip"));
}
