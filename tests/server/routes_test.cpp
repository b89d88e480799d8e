#include "server/access/random.h"
#include "server/application.h"
#include "tests/server/support/client.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <map>
#include <thread>

using namespace server::http;
using namespace std::chrono_literals;
using catalog::Role;

namespace {

const catalog::time::UtcTime now = std::chrono::sys_days(std::chrono::year(2021) / 10 / 25);

bool is_unsafe(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

/// What of the whole table may be changed by others than the secretariat: a new route belongs to the desk,
/// or is written here.
const std::map<std::string, Access> open_to_others{
    {"POST /api/sign-in", Access::anyone},
    {"POST /api/join", Access::anyone},
    {"POST /api/sign-out", Access::anyone},
    {"POST /api/videos/{id}/play", Access::anyone},
    {"POST /api/videos/{id}/download", Access::anyone},
    {"POST /api/videos/{id}/place", Access::signed_in},
    {"POST /api/videos/{id}/watched", Access::signed_in},
    {"POST /api/videos/{id}/headcount", Access::signed_in},
    {"POST /api/questions", Access::signed_in},
    {"POST /api/check", Access::anyone},
    {"POST /api/password", Access::anyone},
    {"POST /api/answers", Access::anyone},
};

std::string name_of(const Route& route) {
    return std::string(to_text(route.method)) + " " + route.pattern;
}

bool belongs_to_desk(const Route& route) {
    const auto& pattern = route.pattern;
    return pattern == "/desk" || pattern.starts_with("/desk/") || pattern.starts_with("/api/desk/") ||
           (pattern.starts_with("/api/uploads") && route.method != Method::options);
}

bool is_for_desk(Access access) {
    return access == Access::own_desk_account || access == Access::desk_reader || access == Access::secretariat ||
           access == Access::secretariat_alone;
}

/// Who asks: a session's cookie, and whether it still counts as somebody.
struct Asking {
    std::string who;
    std::string cookie;
    std::optional<Role> role;  ///< nothing: not signed in
};

/// The status of a request that has our origin; 0: whatever the handler says.
int expected(const Route& route, const Asking& asking) {
    const bool page = route.form == Form::page;
    if (route.access == Access::all_alike || route.access == Access::anyone) {
        return 0;
    }
    if (!asking.role) {
        return page ? 303 : 401;
    }
    if (route.access == Access::signed_in || asking.role == Role::secretariat) {
        return 0;
    }
    const bool reads = route.access == Access::own_desk_account || route.access == Access::desk_reader ||
                       (route.access == Access::secretariat && !is_unsafe(route.method));
    return asking.role == Role::organiser && reads ? 0 : 403;
}

/// A site with something in it to be changed, which runs.
class RunningSite {
  public:
    explicit RunningSite(const std::string& second_step = "optional") : second_step_(second_step) {
        fill();
        start();
    }
    ~RunningSite() {
        application_->stop();
        thread_.join();
    }
    RunningSite(const RunningSite&) = delete;
    RunningSite& operator=(const RunningSite&) = delete;

    const std::vector<Route>& routes() const { return application_->router().routes(); }
    const std::vector<Asking>& everybody() const { return everybody_; }
    const Asking& secretariat() const { return everybody_.back(); }

    int ask(const Route& route, const Asking& asking, const std::string& fields,
            const std::string& host = "localhost") const {
        std::string target = route.pattern;
        for (std::size_t at; (at = target.find('{')) != std::string::npos;) {
            target.replace(at, target.find('}') + 1 - at, "lecture");
        }
        std::string head = std::string(to_text(route.method)) + " " + target +
                           " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\n" + fields;
        if (!asking.cookie.empty()) {
            head += "Cookie: kiroku_session=" + asking.cookie + "\r\n";
        }
        const bool has_body = route.body.kind != BodyRule::Kind::none;
        if (has_body) {
            head += "Content-Type: application/json\r\nContent-Length: 2\r\n";
        }
        test::Client client(application_->port());
        client.send(head + "\r\n" + (has_body ? "{}" : ""));
        return route.method == Method::head ? client.receive_to_head().status
                                            : client.receive().status;
    }

    /// Every row of the catalog, and every file with its size.
    std::string everything() const {
        SQLite::Database file((place_ / "catalog.sqlite").string(), SQLite::OPEN_READONLY);
        SQLite::Statement tables(file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 "
                                       "ORDER BY name");
        std::string all;
        while (tables.executeStep()) {
            SQLite::Statement rows(file, "SELECT * FROM \"" + tables.getColumn(0).getString() + "\"");
            all += tables.getColumn(0).getString() + ":\n";
            while (rows.executeStep()) {
                for (int at = 0; at < rows.getColumnCount(); ++at) {
                    all += rows.getColumn(at).getString() + "|";
                }
                all += '\n';
            }
        }
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(place_.path())) {
            if (entry.is_regular_file() && !entry.path().filename().string().starts_with("catalog.sqlite")) {
                files.push_back(entry.path().string() + " " + std::to_string(entry.file_size()));
            }
        }
        std::ranges::sort(files);
        for (const auto& each : files) {
            all += each + '\n';
        }
        return all;
    }

  private:
    /// Closed again before the site opens it.
    void fill() {
        const catalog::store::DataFolder folder{place_.path()};
        catalog::store::create(folder);
        catalog::store::Catalog catalog(folder.catalog_file(), catalog::store::Catalog::Access::write);
        catalog::Video video;
        video.id = catalog::VideoId("lecture");
        video.title = "講演";
        catalog.videos.put(video);
        const catalog::Department department{"131016", "環境課"};
        for (const auto& [name, role] :
             {std::pair{"viewer", Role::viewer}, {"adviser", Role::adviser},
              {"organiser", Role::organiser}, {"secretariat", Role::secretariat},
              {"disabled", Role::secretariat}}) {
            const catalog::AccountId id(name);
            const auto of = role == Role::viewer ? std::optional(department) : std::nullopt;
            REQUIRE(catalog.accounts.add({id, name, role, of}, "no hash").has_value());
        }
        REQUIRE(catalog.accounts.disable(catalog::AccountId("disabled"), now).has_value());
        everybody_ = {{"nobody", "", {}},
                      {"a made up session", server::access::random_token(), {}},
                      {"an expired session", session(catalog, "secretariat", now), {}},
                      {"a disabled account", session(catalog, "disabled", now + 1h), {}},
                      {"viewer", session(catalog, "viewer", now + 1h), Role::viewer},
                      {"adviser", session(catalog, "adviser", now + 1h), Role::adviser},
                      {"organiser", session(catalog, "organiser", now + 1h), Role::organiser},
                      {"secretariat", session(catalog, "secretariat", now + 1h), Role::secretariat}};
    }

    static std::string session(catalog::store::Catalog& catalog, const std::string& account,
                               catalog::time::UtcTime expires) {
        const auto token = server::access::random_token();
        catalog.sign_ins.add(server::access::token_hash(token), catalog::AccountId(account), expires);
        return token;
    }

    void start() {
        server::Settings settings;
        settings.transcoding.jobs = 0;
        settings.sign_in.hashes = 1;
        settings.sign_in.second_step = second_step_;
        application_.emplace(server::Application::Options{
            .folder = {place_.path()},
            .settings = settings,
            .listening = {.address = "127.0.0.1", .port = 0, .threads = 1},
            .clock = std::make_unique<test::FakeClock>(now),
            .share = SHARE_FOLDER,
        });
        thread_ = std::jthread([this] { application_->run(); });
    }

    std::string second_step_;
    test::TemporaryFolder place_;
    std::vector<Asking> everybody_;
    std::optional<server::Application> application_;
    std::jthread thread_;
};

const std::string ours = "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n";

} // namespace

TEST_CASE("every route states whom it answers, and what changes the site is the secretariat's", "[routes]") {
    const RunningSite site;
    std::size_t found = 0;
    for (const auto& route : site.routes()) {
        INFO(name_of(route));
        CHECK(route.access != Access::unstated);
        CHECK(is_for_desk(route.access) == belongs_to_desk(route));
        if (!is_unsafe(route.method) || belongs_to_desk(route)) {
            continue;
        }
        const auto known = open_to_others.find(name_of(route));
        REQUIRE(known != open_to_others.end());
        CHECK(known->second == route.access);
        ++found;
    }
    CHECK(found == open_to_others.size());
}

TEST_CASE("every route refuses whom it is not for, with the right status, and changes nothing", "[routes]") {
    const RunningSite site;
    const auto before = site.everything();
    for (const auto& route : site.routes()) {
        for (const auto& asking : site.everybody()) {
            const int status = expected(route, asking);
            if (status != 0) {
                INFO(name_of(route) << " asked by " << asking.who);
                CHECK(site.ask(route, asking, ours) == status);
                CHECK(site.everything() == before);
            }
        }
    }
}

TEST_CASE("no unsafe route answers a foreign page, and none a foreign host, whoever is signed in", "[routes]") {
    const RunningSite site;
    const auto before = site.everything();
    for (const auto& route : site.routes()) {
        INFO(name_of(route));
        CHECK(site.ask(route, site.secretariat(), "", "evil.example") == 421);
        if (!is_unsafe(route.method)) {
            continue;
        }
        for (const auto* fields :
             {"Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: localhost\r\n",
              "Origin: http://localhost.evil.example\r\n", "Origin: http://localhost:8080\r\n",
              "Origin: ftp://localhost\r\n", "Origin: \r\n", "Sec-Fetch-Site: cross-site\r\n",
              "Sec-Fetch-Site: same-site\r\n",
              "Origin: http://localhost\r\nSec-Fetch-Site: cross-site\r\n",
              "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n"}) {
            INFO(fields);
            CHECK(site.ask(route, site.secretariat(), fields) == 403);
        }
        CHECK(site.everything() == before);
    }
}

TEST_CASE("every route of the desk answers those that it is for", "[routes]") {
    for (const auto role : {Role::organiser, Role::secretariat}) {
        const RunningSite site;
        const auto asking = *std::ranges::find(site.everybody(), std::optional(role), &Asking::role);
        for (const auto& route : site.routes()) {
            if (is_for_desk(route.access) && expected(route, asking) == 0) {
                INFO(name_of(route) << " asked by " << asking.who);
                const int status = site.ask(route, asking, ours);
                // What is asked for may not be there; but it is not withheld.
                CHECK(status != 401);
                CHECK(status != 403);
                CHECK(status != 303);
                CHECK(status < 500);
            }
        }
    }
}

TEST_CASE("where a second step is demanded, who has none reaches their own account alone", "[routes]") {
    const RunningSite site("desk");
    const auto before = site.everything();
    for (const auto& route : site.routes()) {
        if (!is_for_desk(route.access) || route.access == Access::own_desk_account) {
            continue;
        }
        INFO(name_of(route));
        for (const auto role : {Role::organiser, Role::secretariat}) {
            const auto asking = *std::ranges::find(site.everybody(), std::optional(role), &Asking::role);
            CHECK(site.ask(route, asking, ours) == (route.form == Form::page ? 303 : 403));
        }
        CHECK(site.everything() == before);
    }
    const auto own = std::ranges::find(site.routes(), "/desk/security", &Route::pattern);
    REQUIRE(own != site.routes().end());
    CHECK(site.ask(*own, site.secretariat(), ours) == 200);
}

TEST_CASE("behind TLS a page that came without it is foreign", "[routes]") {
    // A line that rewrites http pages could otherwise have a page of our own name ask.
    Site site;
    site.transport = Site::Transport::behind_tls;
    site.router.add({.method = Method::post,
                     .pattern = "/change",
                     .access = Access::anyone,
                     .handler = [](const Request&, const Caller&) -> Task<Reply> {
                         co_return empty(Status::no_content);
                     }});
    server::net::Server server({.address = "127.0.0.1", .port = 0, .threads = 1}, {}, site);
    std::jthread thread([&server] { server.run(); });
    const auto ask = [&server](const std::string& origin) {
        test::Client client(server.port());
        return client.ask("POST /change HTTP/1.1\r\nHost: kiroku.example\r\nOrigin: " + origin +
                          "\r\nContent-Length: 0\r\n\r\n").status;
    };
    CHECK(ask("https://kiroku.example") == 204);
    CHECK(ask("http://kiroku.example") == 403);
    server.stop();
}

TEST_CASE("the table takes no route that states nobody", "[routes]") {
    Router router;
    Route route;
    route.method = Method::post;
    route.pattern = "/api/forgotten";
    CHECK_THROWS_AS(router.add(route), std::logic_error);
}
