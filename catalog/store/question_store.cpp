#include "catalog/store/question_store.h"

#include "catalog/store/connection.h"

#include <algorithm>

namespace catalog::store {

namespace {

using namespace std::chrono_literals;

const std::string columns = "SELECT id, video, at_ms, account, municipality, department, asked_ms, text, "
                            "answer, batch FROM question ";

std::optional<Department> take_department(Query& row) {
    const auto municipality = row.take<std::optional<std::string>>();
    const auto name = row.take<std::optional<std::string>>();
    return municipality && name ? std::optional(Department{*municipality, *name}) : std::nullopt;
}

Question read_question(Query& row) {
    return {
        .id = row.take<QuestionId>(),
        .video = row.take<VideoId>(),
        .at = row.take<std::optional<std::chrono::milliseconds>>(),
        .account = row.take<AccountId>(),
        .department = take_department(row),
        .asked = row.take<time::UtcTime>(),
        .text = row.take<std::string>(),
        .answer = row.take<std::string>(),
        .batch = row.take<std::optional<int>>(),
    };
}

/// Neither empty nor too long to be a question.
Result<void> check_text(const std::string& text) {
    constexpr std::ptrdiff_t longest = 2'000;
    const auto characters = std::ranges::count_if(
        text, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; });
    if (text.find_first_not_of(" \t\n") == std::string::npos) {
        return refuse(Refusal::invalid, "質問を入力してください。");
    }
    if (characters > longest) {
        return refuse(Refusal::invalid, "質問は2,000文字までにしてください。");
    }
    return {};
}

catalog::Error unknown() { return refuse(Refusal::not_found, "この質問は見つかりません。"); }

} // namespace

std::vector<Question> QuestionStore::all() {
    return read_all(connection_.query(columns + "ORDER BY asked_ms DESC, id"), read_question);
}

std::optional<Question> QuestionStore::find(const QuestionId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_question);
}

std::vector<Question> QuestionStore::of_account(const AccountId& account) {
    return read_all(
        connection_.query(columns + "WHERE account = ? ORDER BY asked_ms DESC, id", account),
        read_question);
}

std::vector<Question> QuestionStore::published_of(const VideoId& video) {
    return read_all(connection_.query(columns + "WHERE video = ? AND batch IS NOT NULL "
                                                "ORDER BY at_ms IS NULL, at_ms, asked_ms",
                                      video),
                    read_question);
}

std::vector<Question> QuestionStore::published() {
    return read_all(connection_.query(columns + "WHERE batch IS NOT NULL "
                                                "ORDER BY batch DESC, asked_ms, id"),
                    read_question);
}

std::map<int, time::UtcTime> QuestionStore::batches() {
    Query rows = connection_.query("SELECT number, published_ms FROM answer_batch");
    std::map<int, time::UtcTime> batches;
    while (rows.next()) {
        const int number = rows.take<int>();
        batches.emplace(number, rows.take<time::UtcTime>());
    }
    return batches;
}

Result<void> QuestionStore::ask(const Question& question) {
    if (const auto checked = check_text(question.text); !checked) {
        return checked.error();
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto asked = read_one(
            connection_.query("SELECT count(*) FROM question WHERE account = ? AND asked_ms > ?",
                              question.account, question.asked - 24h),
            [](Query& row) { return row.take<int>(); });
        if (asked.value_or(0) >= most_a_day) {
            return Error{Refusal::try_later, "1日に送れる質問の数を超えました。明日お送りください。",
                         question.asked + 24h};
        }
        const auto& department = question.department;
        const auto municipality = department ? std::optional(department->municipality) : std::nullopt;
        const auto name = department ? std::optional(department->name) : std::nullopt;
        connection_.run("INSERT INTO question (id, video, at_ms, account, municipality, department, "
                        "asked_ms, text, answer, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', NULL)",
                        question.id, question.video, question.at, question.account, municipality,
                        name, question.asked, question.text);
        return {};
    });
}

Result<void> QuestionStore::edit(const QuestionId& id, const std::string& text,
                                 const std::string& answer) {
    if (const auto checked = check_text(text); !checked) {
        return checked.error();
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find(id);
        if (!known) {
            return unknown();
        }
        if (known->batch && answer.empty()) {
            return refuse(Refusal::invalid, "公開した回答を空にはできません。");
        }
        connection_.run("UPDATE question SET text = ?, answer = ? WHERE id = ?", text, answer, id);
        return {};
    });
}

Result<int> QuestionStore::publish(const std::vector<QuestionId>& ids, time::UtcTime now) {
    if (ids.empty()) {
        return refuse(Refusal::invalid, "公開する回答を選んでください。");
    }
    return in_transaction(connection_, [&]() -> Result<int> {
        connection_.run("INSERT INTO answer_batch (number, published_ms) "
                        "SELECT coalesce(max(number), 0) + 1, ? FROM answer_batch",
                        now);
        const int batch = read_one(connection_.query("SELECT max(number) FROM answer_batch"),
                                   [](Query& row) { return row.take<int>(); })
                              .value();
        for (const auto& id : ids) {
            const auto question = find(id);
            if (!question) {
                return unknown();
            }
            if (question->answer.empty() || question->batch) {
                return refuse(Refusal::conflict, question->batch
                                                     ? "すでに公開した回答が含まれています。"
                                                     : "回答のない質問は公開できません。");
            }
            connection_.run("UPDATE question SET batch = ? WHERE id = ?", batch, id);
        }
        return {boost::system::in_place_value, batch};
    });
}

Result<void> QuestionStore::remove(const QuestionId& id) {
    if (connection_.run("DELETE FROM question WHERE id = ?", id) == 0) {
        return unknown();
    }
    return {};
}

} // namespace catalog::store
