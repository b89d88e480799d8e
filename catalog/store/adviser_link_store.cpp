#include "catalog/store/adviser_link_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/question_store.h"

#include <algorithm>

namespace catalog::store {

namespace {

using namespace std::chrono_literals;

const std::string link_columns = "SELECT id, adviser, made_ms, expires_ms, revoked_ms FROM adviser_link ";
const std::string routed_columns =
    "SELECT routed_question.link, routed_question.question, routed_question.answer, routed_question.answered_ms "
    "FROM routed_question JOIN question ON question.id = routed_question.question ";

AdviserLink read_link(Query& row) {
    return {
        .id = row.take<AdviserLinkId>(),
        .adviser = row.take<std::string>(),
        .made = row.take<time::UtcTime>(),
        .expires = row.take<time::UtcTime>(),
        .revoked = row.take<std::optional<time::UtcTime>>(),
    };
}

RoutedQuestion read_routed(Query& row) {
    return {
        .link = row.take<AdviserLinkId>(),
        .question = row.take<QuestionId>(),
        .answer = row.take<std::string>(),
        .answered = row.take<std::optional<time::UtcTime>>(),
    };
}

std::ptrdiff_t characters_of(const std::string& text) {
    return std::ranges::count_if(
        text, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; });
}

} // namespace

std::vector<AdviserLink> AdviserLinkStore::all() {
    return read_all(connection_.query(link_columns + "ORDER BY made_ms DESC, id"), read_link);
}

std::vector<RoutedQuestion> AdviserLinkStore::routed() {
    return read_all(connection_.query(routed_columns + "ORDER BY routed_question.link, question.asked_ms, question.id"),
                    read_routed);
}

std::vector<RoutedQuestion> AdviserLinkStore::routed_to(const AdviserLinkId& link) {
    return read_all(connection_.query(routed_columns + "WHERE routed_question.link = ? "
                                                       "ORDER BY question.asked_ms, question.id",
                                      link),
                    read_routed);
}

std::optional<AdviserLink> AdviserLinkStore::find(const AdviserLinkId& id) {
    return read_one(connection_.query(link_columns + "WHERE id = ?", id), read_link);
}

std::optional<AdviserLink> AdviserLinkStore::opened_by(const std::string& token_hash, time::UtcTime now) {
    return read_one(connection_.query(link_columns + "WHERE token_hash = ? AND expires_ms > ? AND revoked_ms IS NULL",
                                      token_hash, now),
                    read_link);
}

Result<void> AdviserLinkStore::add(const AdviserLink& link, const std::string& token_hash,
                                   const std::vector<QuestionId>& questions) {
    constexpr std::ptrdiff_t longest_name = 100;
    if (link.adviser.empty() || characters_of(link.adviser) > longest_name) {
        return refuse(Refusal::invalid, "アドバイザーの名前を100文字までで入力してください。");
    }
    if (questions.empty()) {
        return refuse(Refusal::invalid, "依頼する質問を選んでください。");
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        connection_.run("INSERT INTO adviser_link (id, adviser, token_hash, made_ms, expires_ms, revoked_ms, saves, "
                        "saves_since_ms) VALUES (?, ?, ?, ?, ?, NULL, 0, ?)",
                        link.id, link.adviser, token_hash, link.made, link.expires, link.made);
        QuestionStore known(connection_);
        for (const auto& id : questions) {
            const auto question = known.find(id);
            if (!question) {
                return refuse(Refusal::not_found, "選んだ質問の中に、もうないものがあります。");
            }
            if (question->batch) {
                return refuse(Refusal::conflict, "すでに回答を公開した質問は依頼できません。");
            }
            connection_.run("INSERT INTO routed_question (link, question, answer, answered_ms) VALUES (?, ?, '', NULL) "
                            "ON CONFLICT DO NOTHING",
                            link.id, id);
        }
        return {};
    });
}

Result<void> AdviserLinkStore::revoke(const AdviserLinkId& id, time::UtcTime now) {
    if (connection_.run("UPDATE adviser_link SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?", now, id) == 0) {
        return refuse(Refusal::not_found, "このリンクは見つかりません。");
    }
    return {};
}

Result<void> AdviserLinkStore::answer(const RoutedQuestion& answered, time::UtcTime now) {
    if (answered.answer.find_first_not_of(" \t\r\n") == std::string::npos) {
        return refuse(Refusal::invalid, "回答を入力してください。");
    }
    if (characters_of(answered.answer) > longest_answer) {
        return refuse(Refusal::invalid, "回答は10,000文字までにしてください。");
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto question = QuestionStore(connection_).find(answered.question);
        const auto routed = routed_to(answered.link);
        if (!question || std::ranges::find(routed, answered.question, &RoutedQuestion::question) == routed.end()) {
            return refuse(Refusal::not_found, "この質問は見つかりません。");
        }
        if (question->batch) {
            return refuse(Refusal::conflict, "この質問の回答は、すでに公開されています。");
        }
        connection_.run("UPDATE adviser_link SET saves = 0, saves_since_ms = ? WHERE id = ? AND saves_since_ms <= ?", now,
                        answered.link, now - 1h);
        if (connection_.run("UPDATE adviser_link SET saves = saves + 1 WHERE id = ? AND saves < ?", answered.link,
                            most_an_hour) == 0) {
            return Error{Refusal::try_later, "短い時間に保存が続いています。しばらくしてから保存してください。", now + 1h};
        }
        connection_.run("UPDATE routed_question SET answer = ?, answered_ms = ? WHERE link = ? AND question = ?",
                        answered.answer, now, answered.link, answered.question);
        return {};
    });
}

} // namespace catalog::store
