#include "tests/server/support/client.h"
#include "tests/server/support/running_server.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <zlib.h>

#include <random>

using namespace server::http;
using namespace std::chrono_literals;
using server::net::Limits;

namespace {

std::string random_bytes(std::size_t size) {
    std::mt19937 random(7);
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

std::string unzipped(const std::string& bytes) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string text(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const int ended = inflate(&stream, Z_FINISH);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return ended == Z_STREAM_END ? text : "not gzip";
}

/// A file of five megabytes, a stored text and a small one, answered at once as play's are.
struct Library {
    test::TemporaryFolder folder;
    std::string file = random_bytes(5'000'000);
    std::string long_text;
    Site site;

    Library() {
        folder.write("media", file);
        for (int line = 0; line < 2000; ++line) {
            long_text += "line " + std::to_string(line) + " of a playlist\n";
        }
        const auto opened = OpenFile::open(folder / "media");
        const auto stored = store_text(long_text);
        site.at_once = [opened, stored](const Head& head) -> std::optional<Reply> {
            Reply reply;
            if (head.raw_path() == "/file") {
                reply.type = "video/mp4";
                reply.etag = "\"tag\"";
                reply.body = FileSpan{.file = opened, .offset = 1000, .size = 4'000'000};
            } else if (head.raw_path() == "/text") {
                reply.type = "text/plain";
                reply.body = stored;
            } else if (head.raw_path() == "/small") {
                reply = plain_text(Status::ok, "small");
            } else {
                return std::nullopt;
            }
            return reply;
        };
    }

    std::string span() const { return file.substr(1000, 4'000'000); }
};

} // namespace

TEST_CASE("a span of a file is sent byte for byte", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    const test::Answer whole = client.get("/file");
    CHECK(whole.status == 200);
    CHECK(whole.field("accept-ranges") == "bytes");
    CHECK((whole.body == library.span()));

    const test::Answer part = client.get("/file", "Range: bytes=1500000-2999999\r\n");
    CHECK(part.status == 206);
    CHECK(part.field("content-range") == "bytes 1500000-2999999/4000000");
    CHECK((part.body == library.span().substr(1'500'000, 1'500'000)));

    CHECK(client.get("/file", "Range: bytes=4000000-\r\n").status == 416);
    CHECK(client.get("/file", "Range: bytes=4000000-\r\n").field("content-range") == "bytes */4000000");
    CHECK(client.get("/file", "Range: bytes=0-1,5-6\r\n").status == 200);
    CHECK(client.get("/file", "Range: bytes=0-1\r\nIf-Range: \"tag\"\r\n").body.size() == 2);
    CHECK(client.get("/file", "Range: bytes=0-1\r\nIf-Range: \"other\"\r\n").status == 200);
}

TEST_CASE("a client that reads slowly gets all of it", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client slow(server.port());
    slow.send("GET /file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    test::Client other(server.port());
    std::string received;
    for (std::string part; !(part = slow.receive_some(10'000)).empty();) {
        received += part;
        if (received.size() < 100'000) {
            CHECK(other.get("/small").body == "small");
        }
    }
    CHECK((received.substr(received.find("\r\n\r\n") + 4) == library.span()));
}

TEST_CASE("requests of one connection are answered in their order", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    std::string pipelined;
    for (int at = 0; at < 200; ++at) {
        pipelined += "GET " + std::string(at % 3 == 0 ? "/file" : "/small") +
                     " HTTP/1.1\r\nHost: localhost\r\nRange: bytes=" + std::to_string(at) + "-" +
                     std::to_string(at) + "\r\n\r\n";
    }
    client.send(pipelined);
    for (std::size_t at = 0; at < 200; ++at) {
        const test::Answer answer = client.receive();
        CHECK(answer.body == (at % 3 == 0 ? library.span().substr(at, 1) : "small"));
    }
}

TEST_CASE("what a client asked before it stopped sending is answered, then the connection ends",
          "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    const std::string request = "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::string pipelined;
    for (int at = 0; at < 100; ++at) {
        pipelined += request;
    }
    client.send(pipelined);
    client.send("GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.end_sending();
    for (int at = 0; at < 100; ++at) {
        CHECK(client.receive().body == "small");
    }
    CHECK((client.receive().body == library.span()));
    CHECK(client.is_closed_by_server());
}

TEST_CASE("what comes while a route is at work is answered after it", "[server]") {
    Library library;
    const auto slow = [](const Request&, const Caller&) -> Task<Reply> {
        server::net::asio::steady_timer timer(co_await server::net::asio::this_coro::executor, 20ms);
        co_await timer.async_wait(server::net::outcome);
        co_return plain_text(Status::ok, "slow");
    };
    library.site.router.add({.method = Method::get,
                             .pattern = "/slow",
                             .access = Access::all_alike,
                             .handler = slow});
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    for (int at = 0; at < 3; ++at) {
        client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.send("GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n");
        CHECK(client.receive().body == "slow");
        CHECK(client.receive().body == "small");
    }
    // Nothing was left over that would be taken for a next request.
    CHECK(client.get("/small").status == 200);
}

TEST_CASE("a head that comes byte by byte is answered", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    for (const char byte : std::string("GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        client.send(std::string(1, byte));
    }
    CHECK(client.receive().body == "small");
}

TEST_CASE("HEAD is GET without the body", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    client.send("HEAD /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const test::Answer head = client.receive_to_head();
    CHECK(head.status == 200);
    CHECK(head.field("content-length") == "4000000");
    CHECK(client.get("/small").body == "small");
}

TEST_CASE("a text is compressed for who takes that, under a tag of its own", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    const test::Answer plain = client.get("/text");
    const test::Answer zipped = client.get("/text", "Accept-Encoding: gzip, br\r\n");
    CHECK(plain.body == library.long_text);
    CHECK(zipped.field("content-encoding") == "gzip");
    CHECK(zipped.field("vary") == "Accept-Encoding");
    CHECK(plain.field("vary") == "Accept-Encoding");
    CHECK(zipped.body.size() < plain.body.size() / 4);
    CHECK(unzipped(zipped.body) == library.long_text);
    CHECK(plain.field("etag") != zipped.field("etag"));
}

TEST_CASE("who has it already is told so", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    test::Client client(server.port());
    const std::string etag = client.get("/text").field("etag");
    for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
        const test::Answer answer = client.get("/text", "If-None-Match: " + known + "\r\n");
        CHECK(answer.status == 304);
        CHECK(answer.field("etag") == etag);
        CHECK(answer.fields.count("content-length") == 0);
    }
    CHECK(client.get("/text", "If-None-Match: \"x\"\r\n").status == 200);
    CHECK(client.get("/file", "If-None-Match: \"tag\"\r\nRange: bytes=0-1\r\n").status == 304);
}

TEST_CASE("every answer carries the security fields", "[server]") {
    Library library;
    library.site.embedding_hosts = {"https://portal.example.jp"};
    library.site.transport = Site::Transport::behind_tls;
    const test::RunningServer server(library.site);
    for (const auto* target : {"/small", "/file", "/nowhere"}) {
        test::Client client(server.port());
        const test::Answer answer = client.get(target);
        CHECK(answer.field("content-security-policy") ==
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
              "form-action 'self'; frame-ancestors https://portal.example.jp");
        CHECK(answer.field("x-content-type-options") == "nosniff");
        CHECK(answer.field("referrer-policy") == "same-origin");
        CHECK(answer.field("strict-transport-security") == "max-age=31536000");
        CHECK(answer.field("date").size() == 29);
    }
}

TEST_CASE("a file that became shorter ends the connection, and no other bytes are sent", "[server]") {
    const Library library;
    const test::RunningServer server(library.site);
    std::filesystem::resize_file(library.folder / "media", 500'000);
    test::Client client(server.port());
    CHECK_THROWS_WITH(client.get("/file"), "closed in a body");
}

TEST_CASE("whoever takes too long is cut off", "[server]") {
    Limits limits;
    limits.sweep = 5ms;
    limits.head = 50ms;
    limits.idle = 50ms;
    limits.stalled = 50ms;
    const Library library;
    const test::RunningServer server(library.site, limits);
    SECTION("who never sends a byte") {
        test::Client silent(server.port());
        CHECK(silent.is_closed_by_server());
    }
    SECTION("who stays in the middle of a head") {
        test::Client loris(server.port());
        loris.send("GET /small HTTP/1.1\r\nHost: loc");
        CHECK(loris.is_closed_by_server());
    }
    SECTION("who sends no further request") {
        test::Client idle(server.port());
        CHECK(idle.get("/small").status == 200);
        CHECK(idle.is_closed_by_server());
    }
    SECTION("who takes nothing of a long answer") {
        // Two spans are more than the kernel keeps for who does not read.
        test::Client stalled(server.port());
        stalled.send("GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n"
                     "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n"
                     "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
        test::Client other(server.port());
        for (int at = 0; at < 100; ++at) {
            test::Client(server.port()).get("/small");
        }
        CHECK(other.is_closed_by_server());
        std::size_t received = 0;
        for (std::string part; !(part = stalled.receive_some(1'000'000)).empty();) {
            received += part.size();
        }
        CHECK(received < 12'000'000);
    }
}

TEST_CASE("a body that comes too slowly is cut off", "[server]") {
    Limits limits;
    limits.sweep = 5ms;
    limits.body_window = 50ms;
    limits.body_bytes_a_window = 1000;
    Site site;
    const auto count = [](const Request& request, const Caller&) -> Task<Reply> {
        std::size_t size = 0;
        for (;;) {
            const auto part = co_await request.stream().next();
            if (!part) {
                co_return refusal(part.error());
            }
            if (part->empty()) {
                co_return plain_text(Status::ok, std::to_string(size));
            }
            size += part->size();
        }
    };
    site.router.add({.method = Method::patch,
                     .pattern = "/upload",
                     .access = Access::all_alike,
                     .handler = count,
                     .body = {.kind = BodyRule::Kind::stream, .limit = 1'000'000'000}});
    const test::RunningServer server(site, limits);
    const std::string start = "PATCH /upload HTTP/1.1\r\nHost: localhost\r\n";
    SECTION("a slow one") {
        test::Client slow(server.port());
        slow.send(start + "Content-Length: 5000\r\n\r\n" + std::string(500, 'x'));
        CHECK(slow.is_closed_by_server());
    }
    SECTION("a fast one is whole, and the connection goes on") {
        test::Client fast(server.port());
        const std::string body(3'000'000, 'x');
        CHECK(fast.ask(start + "Content-Length: 3000000\r\n\r\n" + body).body == "3000000");
        CHECK(fast.ask(start + "Content-Length: 3\r\n\r\nabc").body == "3");
    }
    SECTION("who asks first is told to go on") {
        test::Client polite(server.port());
        const test::Answer go = polite.ask(start + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        CHECK(go.status == 100);
        CHECK(polite.ask("abc").body == "3");
    }
}

TEST_CASE("where there are too many connections the longest idle one goes", "[server]") {
    Limits limits;
    limits.connections = 3;
    const Library library;
    const test::RunningServer server(library.site, limits);
    test::Client first(server.port());
    test::Client second(server.port());
    test::Client third(server.port());
    for (test::Client* client : {&first, &second, &third, &first}) {
        CHECK(client->get("/small").status == 200);
    }
    test::Client fourth(server.port());
    CHECK(fourth.get("/small").status == 200);
    CHECK(second.is_closed_by_server());
    CHECK(first.get("/small").status == 200);
    CHECK(third.get("/small").status == 200);
}

TEST_CASE("a server that stops ends what is idle and finishes what runs", "[server]") {
    Limits limits;
    limits.sweep = 5ms;
    limits.parting = 50ms;
    Library library;
    const auto slow = [](const Request&, const Caller&) -> Task<Reply> {
        server::net::asio::steady_timer timer(co_await server::net::asio::this_coro::executor, 100ms);
        co_await timer.async_wait(server::net::outcome);
        co_return plain_text(Status::ok, "done");
    };
    library.site.router.add({.method = Method::get, .pattern = "/slow", .access = Access::all_alike, .handler = slow});
    test::RunningServer server(library.site, limits, 2);
    test::Client idle(server.port());
    CHECK(idle.get("/small").status == 200);
    test::Client busy(server.port());
    busy.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    test::Client half(server.port());
    half.send("GET /small HT");
    // Answered on the same threads, so the requests before it have been seen.
    for (int at = 0; at < 8; ++at) {
        CHECK(test::Client(server.port()).get("/small").status == 200);
    }
    server.server().stop();
    CHECK(idle.is_closed_by_server());
    half.send("TP/1.1\r\nHost: localhost\r\n\r\n");
    const test::Answer late = half.receive();
    CHECK(late.status == 503);
    CHECK(late.field("retry-after") == "5");
    CHECK(busy.receive().body == "done");
    CHECK(busy.is_closed_by_server());
    server.join();
}
