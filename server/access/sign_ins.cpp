#include "server/access/sign_ins.h"

#include "server/access/password.h"
#include "server/access/department_code.h"
#include "server/access/random.h"
#include "server/access/totp.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace server::access {
namespace {

using namespace std::chrono_literals;
using catalog::Refusal;
using catalog::Result;

/// Neither the catalog's answer nor a hash tells by its time whether a name exists.
constexpr auto refused_after = 500ms;
constexpr int most_waiting = 64;
constexpr std::size_t longest_word = 1000;
constexpr std::size_t token_length = 43;

catalog::Error wrong() {
    return refuse(Refusal::wrong_credentials, "お名前かパスワードが違います。");
}

catalog::Error wrong_code() {
    return refuse(Refusal::wrong_credentials,
                  "確認コードが違うか、もう使われています。新しいコードを入れてください。");
}

catalog::Error void_invitation() {
    return refuse(Refusal::not_found, "この招待リンクは使えなくなりました。事務局にお尋ねください。");
}

catalog::Error later(catalog::time::UtcTime from) {
    return {Refusal::try_later, "しばらくしてからもう一度お試しください。", from};
}

/// Lives as long as a password waits to be looked at.
class Turn {
  public:
    explicit Turn(std::atomic<int>& waiting) : waiting_(waiting), place_(++waiting_) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { --waiting_; }
    int place() const { return place_; }

  private:
    std::atomic<int>& waiting_;
    int place_;
};

} // namespace

SignIns::SignIns(const Parts& parts, const Settings::SignIn& settings,
                 http::Site::Transport transport)
    : parts_(parts), settings_(settings), transport_(transport),
      hashing_(static_cast<std::size_t>(settings.hashes)) {}

net::Task<Result<std::optional<SignIns::SignedIn>>>
SignIns::sign_in(std::string name, Proof proof, http::Caller before) {
    net::asio::steady_timer refusal(co_await net::asio::this_coro::executor, refused_after);
    const auto proved = co_await attempt(std::move(name), std::move(proof));
    if (!proved) {
        co_await refusal.async_wait(net::asio::use_awaitable);
        co_return proved.error();
    }
    if (proved->account.empty())
        co_return std::optional<SignedIn>();
    auto signed_in = co_await finish(proved->account, still_right(*proved), std::move(before));
    if (!signed_in)
        co_return signed_in.error();
    co_return std::optional<SignedIn>(std::move(*signed_in));
}

net::Task<Result<SignIns::SignedIn>> SignIns::sign_in_of_department(std::string name, Secret code,
                                                                    std::string person,
                                                                    http::Caller before) {
    net::asio::steady_timer refusal(co_await net::asio::this_coro::executor, refused_after);
    Proof proof{std::move(code), {}};
    const auto proved = co_await attempt(std::move(name), std::move(proof));
    if (!proved) {
        co_await refusal.async_wait(net::asio::use_awaitable);
        co_return proved.error();
    }
    const auto own = co_await person_of(proved->account, std::move(person));
    if (!own)
        co_return own.error();
    co_return co_await finish(*own, still_right(*proved), std::move(before));
}

net::Task<Result<SignIns::SignedIn>> SignIns::join(std::string invitation, std::string person,
                                                   http::Caller before) {
    const auto hash = token_hash(invitation);
    auto look = [hash](catalog::store::Catalog& catalog) { return catalog.departments.of_invitation(hash); };
    const auto access = co_await parts_.readers.run(std::move(look));
    if (!access)
        co_return void_invitation();
    const auto own = co_await person_of(access->account, std::move(person));
    if (!own)
        co_return own.error();
    Right right = [hash](catalog::store::Catalog& catalog) -> Result<void> {
        if (!catalog.departments.of_invitation(hash))
            return void_invitation();
        return {};
    };
    co_return co_await finish(*own, std::move(right), std::move(before));
}

net::Task<Result<catalog::AccountId>> SignIns::person_of(catalog::AccountId account, std::string person) {
    auto find = [account, person = std::move(person)](catalog::store::Catalog& catalog)
        -> Result<catalog::AccountId> {
        const auto access = catalog.departments.of_account(account);
        if (!access)
            return wrong();
        if (person.empty())
            return {boost::system::in_place_value, account};
        return catalog.departments.person(*access, person);
    };
    co_return co_await parts_.writer.run(std::move(find));
}

net::Task<Result<SignIns::SignedIn>> SignIns::finish(catalog::AccountId account, Right right,
                                                     http::Caller before) {
    auto signed_in = co_await open_session(std::move(account), std::move(right));
    if (signed_in && !before.session.empty())
        co_await sign_out(std::move(before));
    co_return signed_in;
}

SignIns::Right SignIns::still_right(Attempt attempt) {
    return [attempt = std::move(attempt)](catalog::store::Catalog& catalog) -> Result<void> {
        const auto known = catalog.accounts.credentials(attempt.name);
        if (!known || known->account.id != attempt.account || known->password_hash != attempt.password_hash)
            return wrong();
        return {};
    };
}

net::Task<Result<SignIns::Attempt>> SignIns::attempt(std::string name, Proof proof) {
    if (name.empty() || name.size() > longest_word || proof.password.reveal().size() > longest_word)
        co_return wrong();
    const Turn turn(waiting_);
    if (turn.place() > most_waiting)
        co_return later(parts_.clock.now() + 5s);
    auto start = [this, name = std::move(name)](auto& catalog) { return begin(catalog, name); };
    const auto begun = co_await parts_.writer.run(std::move(start));
    if (!begun)
        co_return begun.error();
    if (!co_await is_right(*begun, proof.password))
        co_return wrong();
    auto end = [this, begun = *begun, code = std::move(proof.code)](auto& catalog) -> Result<Attempt> {
        if (const auto right = still_right(begun)(catalog); !right)
            return right.error();
        return settle(catalog, begun, code);
    };
    co_return co_await parts_.writer.run(std::move(end));
}

Result<SignIns::Attempt> SignIns::settle(catalog::store::Catalog& catalog, Attempt attempt,
                                         const std::string& code) {
    const auto account = attempt.account;
    const auto second = catalog.second_steps.find(account);
    if (second && second->confirmed) {
        // Still counted as wrong: who knows the password alone is not to try codes for nothing.
        if (code.empty())
            return Attempt{};
        const auto step = step_of_code(second->secret, code, parts_.clock.now());
        const bool right = step ? catalog.second_steps.use_step(account, *step)
                                : catalog.second_steps.use_recovery(
                                      account, token_hash(typed_code(code).reveal()));
        if (!right)
            return wrong_code();
    }
    catalog.accounts.note_success(account);
    return attempt;
}

net::Task<Result<void>> SignIns::prove_second_step(std::string name, std::string code, Then then) {
    auto prove = [this, name = std::move(name), code = std::move(code),
                  then = std::move(then)](auto& catalog) -> Result<void> {
        const auto known = catalog.accounts.credentials(name);
        const auto second = known ? catalog.second_steps.find(known->account.id) : std::nullopt;
        if (!second || !second->confirmed)
            return refuse(Refusal::conflict, "二段階認証は設定されていません。");
        const auto begun = begin(catalog, name);
        if (!begun)
            return begun.error();
        const auto settled = settle(catalog, *begun, code);
        if (!settled)
            return settled.error();
        if (settled->account.empty())
            return wrong_code();
        catalog.transaction([&] { then(catalog); });
        return {};
    };
    co_return co_await parts_.writer.run(std::move(prove));
}

Result<SignIns::Attempt> SignIns::begin(catalog::store::Catalog& catalog,
                                        const std::string& name) {
    const auto now = parts_.clock.now();
    const auto found = catalog.accounts.credentials(name);
    if (!found) {
        if (const auto paused = strangers_.note(name, now))
            return later(*paused);
        return Attempt{};
    }
    // A pause longer than any that is given was written under another clock.
    if (found->locked_until && now < *found->locked_until &&
        *found->locked_until - now <= pause_after(found->failures))
        return later(*found->locked_until);
    catalog.accounts.note_failure(found->account.id, now + pause_after(found->failures + 1));
    return Attempt{name, found->password_hash, found->account.id};
}

net::Task<bool> SignIns::is_right(const Attempt& attempt, const Secret& password) {
    auto look = [&attempt, &password] {
        if (!attempt.password_hash.empty())
            return matches(attempt.password_hash, password);
        pretend_to_match(password);
        return false;
    };
    co_return co_await net::offload(hashing_, std::move(look));
}

net::Task<Result<SignIns::SignedIn>> SignIns::open_session(catalog::AccountId account, Right right) {
    const auto token = random_token();
    auto open = [this, account = std::move(account), right = std::move(right),
                 session = token_hash(token)](auto& catalog) {
        const auto now = parts_.clock.now();
        return catalog.transaction([&]() -> Result<catalog::Viewer> {
            if (const auto given = right(catalog); !given)
                return given.error();
            catalog.sign_ins.remove_expired(now);
            catalog.sign_ins.add(session, account, now + settings_.session);
            catalog.accounts.note_sign_in(account, now);
            return catalog.sign_ins.viewer(session, now).value();
        });
    };
    auto viewer = co_await parts_.writer.run(std::move(open));
    if (!viewer)
        co_return viewer.error();
    SignedIn signed_in{std::move(*viewer), cookie(token, settings_.session)};
    co_return signed_in;
}

void SignIns::end(catalog::store::Catalog& catalog, const std::string& session) {
    catalog.sign_ins.remove(session);
    parts_.live.remove(session_tag(session));
}

net::Task<std::string> SignIns::sign_out(http::Caller caller) {
    if (!caller.session.empty()) {
        auto finish = [this, session = std::move(caller.session)](auto& catalog) {
            end(catalog, session);
        };
        co_await parts_.writer.run(std::move(finish));
    }
    co_return cookie("", 0s);
}

net::Task<std::string> SignIns::hash(Secret password) {
    auto work = [&password] { return hash_password(password); };
    co_return co_await net::offload(hashing_, std::move(work));
}

net::Task<http::Caller> SignIns::caller(const http::Request& request) {
    const auto name = transport_ == http::Site::Transport::behind_tls ? "__Host-kiroku_session"
                                                                      : "kiroku_session";
    http::Caller caller;
    const auto token = request.cookie(name);
    if (!token || token->size() != token_length)
        co_return caller;
    const auto session = token_hash(std::string(*token));
    auto look = [this, session](auto& catalog) {
        http::Caller found;
        if (auto viewer = catalog.sign_ins.viewer(session, parts_.clock.now())) {
            found.viewer = std::move(*viewer);
            found.session = session;
            demand_second_step(catalog, found);
        }
        return found;
    };
    co_return co_await parts_.readers.run(std::move(look));
}

void SignIns::demand_second_step(catalog::store::Catalog& catalog, http::Caller& caller) const {
    if (settings_.second_step != "desk" || !caller.viewer.reads_desk())
        return;
    const auto second = catalog.second_steps.find(caller.viewer.account);
    if (!second || !second->confirmed) {
        caller.owes_second_step = true;
        caller.viewer.kind = catalog::Viewer::Kind::staff;
    }
}

std::string SignIns::cookie(const std::string& value, std::chrono::seconds life) const {
    const bool tls = transport_ == http::Site::Transport::behind_tls;
    return std::string(tls ? "__Host-" : "") + "kiroku_session=" + value +
           "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(life.count()) +
           (tls ? "; Secure" : "");
}

} // namespace server::access
