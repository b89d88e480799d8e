#include "server/http/admission.h"
#include "tests/server/support/client.h"
#include "tests/server/support/running_server.h"

#include <catch2/catch.hpp>

using server::http::Admission;
using server::http::Head;
using server::http::Method;
using server::http::Status;
using server::http::Verdict;
using Outcome = Verdict::Outcome;

namespace {

Verdict look(const std::string& bytes, Head& head) {
    const Admission admission({"localhost", "kiroku.example.jp", "[::1]"});
    std::size_t looked_at = 0;
    return admission.look(bytes, looked_at, head);
}

Verdict look(const std::string& bytes) {
    Head head;
    return look(bytes, head);
}

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

struct Refused {
    const char* why;
    std::string bytes;
    Status status;
};

std::string many_fields(int count) {
    std::string bytes = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    for (int at = 1; at < count; ++at) {
        bytes += "X: 1\r\n";
    }
    return bytes + "\r\n";
}

const std::string start = "GET / HTTP/1.1\r\nHost: localhost\r\n";
const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";

const std::vector<Refused> refused{
    {"a method that is not ours", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
     Status::not_implemented},
    {"CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
     Status::not_implemented},
    {"HTTP/1.0 may not POST", "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
     Status::version_not_supported},
    {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", Status::version_not_supported},
    {"no HTTP at all", "hello\r\n\r\n", Status::bad_request},
    {"an empty line first", "\r\n" + start + "\r\n", Status::bad_request},

    {"chunked", post + "Transfer-Encoding: chunked\r\n\r\n", Status::length_required},
    {"an unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n", Status::length_required},
    {"identity", post + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\n",
     Status::length_required},
    {"both framings", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
     Status::length_required},
    {"both framings, the other way round",
     post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n", Status::length_required},
    {"a coding on GET", start + "Transfer-Encoding: chunked\r\n\r\n", Status::length_required},
    {"a length with a sign", post + "Content-Length: +4\r\n\r\n", Status::bad_request},
    {"a negative length", post + "Content-Length: -4\r\n\r\n", Status::bad_request},
    {"a hexadecimal length", post + "Content-Length: 0x4\r\n\r\n", Status::bad_request},
    {"a list of lengths", post + "Content-Length: 4, 4\r\n\r\n", Status::bad_request},
    {"two equal lengths", post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\n",
     Status::bad_request},
    {"two lengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n", Status::bad_request},
    {"a length beyond all numbers", post + "Content-Length: 99999999999999999999999\r\n\r\n",
     Status::bad_request},
    {"an empty length", post + "Content-Length:\r\n\r\n", Status::bad_request},
    {"a body on GET", start + "Content-Length: 4\r\n\r\n", Status::bad_request},
    {"a body on DELETE",
     "DELETE / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n", Status::bad_request},

    {"no Host", "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n", Status::bad_request},
    {"two Hosts", start + "Host: localhost\r\n\r\n", Status::bad_request},
    {"two Hosts in other cases", start + "HOST: kiroku.example.jp\r\n\r\n", Status::bad_request},
    {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", Status::bad_request},
    {"a Host that is not ours", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
     Status::misdirected_request},
    {"a Host with a user", "GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n",
     Status::bad_request},
    {"a port that is none", "GET / HTTP/1.1\r\nHost: localhost:80a\r\n\r\n", Status::bad_request},

    {"absolute form", get("http://localhost/"), Status::bad_request},
    {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", Status::bad_request},
    {"an encoded NUL", get("/a%00b"), Status::bad_request},
    {"an encoded NUL in the query", get("/?a=%00"), Status::bad_request},
    {"an encoded line end", get("/a%0d%0aX:1"), Status::bad_request},
    {"an encoded slash", get("/a%2fb"), Status::bad_request},
    {"half an escape", get("/a%2"), Status::bad_request},
    {"no escape", get("/a%zz"), Status::bad_request},
    {"dot segments", get("/a/../b"), Status::bad_request},
    {"a last dot segment", get("/a/.."), Status::bad_request},
    {"a single dot", get("/./a"), Status::bad_request},
    {"encoded dot segments", get("/a/%2e%2E/b"), Status::bad_request},
    {"half encoded dot segments", get("/a/.%2e/b"), Status::bad_request},
    {"an overlong slash", get("/a%c0%af"), Status::bad_request},
    {"a surrogate", get("/%ed%a0%80"), Status::bad_request},
    {"a fragment", get("/a#b"), Status::bad_request},
    {"a raw byte beyond ASCII", get("/\xe8\xa8\x98"), Status::bad_request},

    {"a folded field", start + "X: a\r\n b\r\n\r\n", Status::bad_request},
    {"a folded field by a tab", start + "X: a\r\n\tb\r\n\r\n", Status::bad_request},
    {"a bare LF", "GET / HTTP/1.1\nHost: localhost\r\n\r\n", Status::bad_request},
    {"a bare LF within the fields", start + "X: a\nY: b\r\n\r\n", Status::bad_request},
    {"a bare CR", start + "X: a\rb\r\n\r\n", Status::bad_request},
    {"a NUL", start + std::string("X: a\0b\r\n\r\n", 10), Status::bad_request},
    {"a blank before the colon", start + "X : a\r\n\r\n", Status::bad_request},
    {"a field without a name", start + ": a\r\n\r\n", Status::bad_request},
    {"101 fields", many_fields(101), Status::fields_too_large},
    {"more than 16 KiB", start + "X: " + std::string(16 * 1024, 'a'), Status::fields_too_large},
    {"two Authorizations", start + "Authorization: a\r\nAuthorization: b\r\n\r\n",
     Status::bad_request},
    {"two types", post + "Content-Length: 0\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n",
     Status::bad_request},
    {"two offsets", post + "Content-Length: 0\r\nUpload-Offset: 1\r\nupload-offset: 2\r\n\r\n",
     Status::bad_request},
    {"two versions of tus",
     post + "Content-Length: 0\r\nTus-Resumable: 1.0.0\r\nTus-Resumable: 1.0.0\r\n\r\n",
     Status::bad_request},
    {"an expectation that is not known", start + "Expect: miracles\r\n\r\n",
     Status::expectation_failed},
};

} // namespace

TEST_CASE("what two programs could read differently is refused", "[server]") {
    for (const Refused& wrong : refused) {
        INFO(wrong.why);
        const Verdict verdict = look(wrong.bytes);
        CHECK(verdict.outcome == Outcome::refused);
        CHECK(to_text(verdict.refusal) == to_text(wrong.status));
    }
}

TEST_CASE("every refusal of admission is answered and closes the connection", "[server]") {
    server::http::Site site;
    site.hosts = {"localhost"};
    const test::RunningServer server(site);
    for (const Refused& wrong : refused) {
        INFO(wrong.why);
        test::Client client(server.port());
        const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        const test::Answer answer = client.ask(wrong.bytes + smuggled);
        CHECK(answer.status == static_cast<int>(wrong.status));
        CHECK(answer.field("connection") == "close");
        CHECK(client.is_closed_by_server());
    }
}

TEST_CASE("a request without a length has no body, and ends its connection", "[server]") {
    Head head;
    REQUIRE(look(post + "\r\n", head).outcome == Outcome::admitted);
    CHECK_FALSE(head.content_length.has_value());
    CHECK_FALSE(head.keeps_alive);
}

TEST_CASE("what follows a request without a length is not taken for a request", "[server]") {
    using server::http::BodyRule;
    server::http::Site site;
    site.hosts = {"localhost"};
    const auto done = [](const server::http::Request&,
                         const server::http::Caller&) -> server::net::Task<server::http::Reply> {
        co_return server::http::empty(Status::no_content);
    };
    site.router.add({Method::post, "/needs", server::http::Access::all_alike, done,
                     {BodyRule::Kind::json, 16}});
    site.router.add({Method::post, "/may", server::http::Access::all_alike, done,
                     {BodyRule::Kind::json, 16, BodyRule::Length::optional}});
    const test::RunningServer server(site);
    const auto [path, status] = GENERATE(table<std::string, int>({{"/needs", 411}, {"/may", 204}}));
    test::Client client(server.port());
    const std::string lengthless = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    CHECK(client.ask(lengthless + lengthless).status == status);
    CHECK(client.is_closed_by_server());
}

TEST_CASE("an admitted head is read as it was sent", "[server]") {
    Head head;
    const std::string bytes = "PATCH /api/uploads/a%E8%A8%98?x=1 HTTP/1.1\r\n"
                              "Host: kiroku.example.jp:8062\r\nUpload-Offset:  12 \r\n"
                              "Content-Length: 1048576\r\nExpect: 100-continue\r\n\r\nbody";
    const Verdict verdict = look(bytes, head);
    REQUIRE(verdict.outcome == Outcome::admitted);
    CHECK(verdict.head_bytes == bytes.size() - 4);
    CHECK(head.method == Method::patch);
    CHECK(head.target == "/api/uploads/a%E8%A8%98?x=1");
    CHECK(head.raw_path() == "/api/uploads/a%E8%A8%98");
    CHECK(head.field("upload-offset") == "12");
    CHECK(head.content_length == 1048576U);
    CHECK(head.expects_continue);
    CHECK(head.keeps_alive);
}

TEST_CASE("a head is admitted wherever the network cuts it", "[server]") {
    const Admission admission({});
    const std::string bytes = "GET /a HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
    Head head;
    std::size_t looked_at = 0;
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        const std::string_view so_far = std::string_view(bytes).substr(0, size);
        REQUIRE(admission.look(so_far, looked_at, head).outcome == Outcome::incomplete);
    }
    CHECK(admission.look(bytes, looked_at, head).outcome == Outcome::admitted);
    CHECK(head.field("Accept") == "*/*");
}

TEST_CASE("what is right is admitted", "[server]") {
    const auto right = GENERATE(
        std::string("GET / HTTP/1.0\r\n\r\n"), std::string("HEAD /a HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n"),
        std::string("GET /..a/b..c/... HTTP/1.1\r\nHost: localhost:80\r\n\r\n"),
        std::string("GET /?q=%0A HTTP/1.1\r\nHost: [::1]:8062\r\n\r\n"),
        std::string("OPTIONS /api/uploads HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        std::string("DELETE /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"),
        std::string("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"),
        std::string("GET /a HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\nCookie: c=d\r\n\r\n"),
        many_fields(100));
    CHECK(look(right).outcome == Outcome::admitted);
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection", "[server]") {
    const auto bytes = GENERATE(std::string("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
                                std::string("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    Head head;
    REQUIRE(look(bytes, head).outcome == Outcome::admitted);
    CHECK_FALSE(head.keeps_alive);
}
