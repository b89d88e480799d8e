#include "server/control/change.h"

#include "catalog/import.h"
#include "catalog/random_id.h"
#include "catalog/store/import_into.h"
#include "server/live/stream_changes.h"

#include <nlohmann/json.hpp>

#include <type_traits>

namespace server::control {
namespace {

using catalog::Refusal;
using nlohmann::json;

Answer refused(std::string sentence) { return {{}, {std::move(sentence)}}; }

void note(catalog::store::Catalog& catalog, catalog::time::UtcTime now, std::string action,
          std::string subject, const json& after) {
    catalog.audit.append({now, {}, std::move(action), std::move(subject), {}, after.dump()});
}

Answer make(catalog::store::Catalog& catalog, const Import& import, catalog::time::UtcTime now,
            const catalog::time::Zone& zone) {
    const auto reading = catalog::read_import(import.text, zone);
    Answer answer;
    for (const auto& mistake : reading.mistakes)
        answer.refused.push_back(mistake.place + ": " + mistake.message);
    if (!answer.refused.empty())
        return answer;
    catalog.transaction([&] {
        catalog::store::import_into(catalog, reading.catalog);
        note(catalog, now, "catalog.import", "catalog",
             {{"sessions", reading.catalog.sessions.size()},
              {"videos", reading.catalog.videos.size()}});
    });
    answer.done = "Imported " + std::to_string(reading.catalog.sessions.size()) +
                  " sessions and " + std::to_string(reading.catalog.videos.size()) + " videos.";
    return answer;
}

Answer make(catalog::store::Catalog& catalog, const AddAccount& add, catalog::time::UtcTime now,
            const catalog::time::Zone&) {
    const catalog::Account account{catalog::AccountId(catalog::random_id()), add.name, add.role,
                                   add.department};
    const auto added = catalog.transaction([&]() -> catalog::Result<void> {
        auto result = catalog.accounts.add(account, add.password_hash);
        if (result)
            note(catalog, now, "account.add", account.id.text(),
                 {{"name", add.name}, {"role", to_text(add.role)}});
        return result;
    });
    if (!added)
        return refused(added.error().message);
    return {"Added the account " + add.name + ".", {}};
}

Answer make(catalog::store::Catalog& catalog, const EndSecondStep& end, catalog::time::UtcTime now,
            const catalog::time::Zone&) {
    const auto known = catalog.accounts.credentials(end.account);
    if (!known)
        return refused("There is no account " + end.account + ", or it is disabled.");
    const auto& id = known->account.id;
    if (!catalog.second_steps.find(id))
        return refused("The account " + end.account + " has no second step.");
    catalog.transaction([&] {
        catalog.second_steps.remove(id);
        note(catalog, now, "account.second_step_off", id.text(), {{"name", end.account}});
    });
    return {"The account " + end.account + " signs in with its password alone again.", {}};
}

Answer make(catalog::store::Catalog& catalog, const AddRegistration& add,
            catalog::time::UtcTime now, const catalog::time::Zone&) {
    const auto& [department, series] = add.registration;
    const auto added = catalog.transaction([&]() -> catalog::Result<void> {
        auto result = catalog.municipalities.add_registration(add.registration);
        if (result)
            note(catalog, now, "registration.add", series.text(),
                 {{"municipality", department.municipality}, {"department", department.name}});
        return result;
    });
    if (!added)
        return refused(added.error().message);
    return {"Registered " + department.municipality + " " + department.name + " for " +
                series.text() + ".",
            {}};
}

Answer make(catalog::store::Catalog& catalog, const SetStreamKey& set, catalog::time::UtcTime now,
            const catalog::time::Zone&) {
    const auto made = live::set_key(catalog, set.video, set.key_hash, {now, {}});
    if (!made)
        return refused(made.error().message);
    return {"Made a new stream key for " + set.video.text() + "; the old one is void.", {}};
}

Answer make(catalog::store::Catalog& catalog, const EndLive& end, catalog::time::UtcTime now,
            const catalog::time::Zone&) {
    const auto ended = live::end_stream(catalog, end.video, {now, {}});
    if (!ended)
        return refused(ended.error().message);
    return {"Ended " + end.video.text() + ".", {}};
}

json to_json(const Import& import) { return {{"change", "import"}, {"text", import.text}}; }

json to_json(const AddAccount& add) {
    json value{{"change", "account.add"},
               {"name", add.name},
               {"role", to_text(add.role)},
               {"password_hash", add.password_hash}};
    if (add.department) {
        value["municipality"] = add.department->municipality;
        value["department"] = add.department->name;
    }
    return value;
}

json to_json(const EndSecondStep& end) {
    return {{"change", "account.second_step_off"}, {"name", end.account}};
}

json to_json(const AddRegistration& add) {
    return {{"change", "registration.add"},
            {"municipality", add.registration.department.municipality},
            {"department", add.registration.department.name},
            {"series", add.registration.series.text()}};
}

json to_json(const SetStreamKey& set) {
    return {{"change", "live.key"}, {"video", set.video.text()}, {"key_hash", set.key_hash}};
}

json to_json(const EndLive& end) {
    return {{"change", "live.end"}, {"video", end.video.text()}};
}

Change change_from(const json& value) {
    const auto& kind = value.at("change").get_ref<const std::string&>();
    if (kind == "import")
        return Import{value.at("text")};
    if (kind == "account.add") {
        const auto role = catalog::role_from_text(value.at("role").get<std::string>());
        if (!role)
            throw std::invalid_argument("no role");
        AddAccount add{value.at("name"), *role, {}, value.at("password_hash")};
        if (value.contains("municipality"))
            add.department = {value.at("municipality"), value.at("department")};
        return add;
    }
    if (kind == "account.second_step_off")
        return EndSecondStep{value.at("name")};
    if (kind == "registration.add")
        return AddRegistration{{{value.at("municipality"), value.at("department")},
                                catalog::SeriesId(value.at("series"))}};
    if (kind == "live.key")
        return SetStreamKey{catalog::VideoId(value.at("video")), value.at("key_hash")};
    if (kind == "live.end")
        return EndLive{catalog::VideoId(value.at("video"))};
    throw std::invalid_argument("no change");
}

std::string line_of(const json& value) { return value.dump() + '\n'; }

} // namespace

Answer apply(catalog::store::Catalog& catalog, const Change& change, catalog::time::UtcTime now,
             const catalog::time::Zone& zone) {
    return std::visit([&](const auto& one) { return make(catalog, one, now, zone); }, change);
}

std::string to_line(const Change& change) {
    return std::visit([](const auto& one) { return line_of(to_json(one)); }, change);
}

catalog::Result<Change> read_change(std::string_view line) {
    try {
        return change_from(json::parse(line));
    } catch (const json::exception&) {
        return refuse(Refusal::invalid, "This is no change that can be made here.");
    } catch (const std::invalid_argument&) {
        return refuse(Refusal::invalid, "This is no change that can be made here.");
    }
}

std::string to_line(const Answer& answer) {
    return line_of({{"done", answer.done}, {"refused", answer.refused}});
}

catalog::Result<Answer> read_answer(std::string_view line) {
    try {
        const auto value = json::parse(line);
        return Answer{value.at("done"), value.at("refused")};
    } catch (const json::exception&) {
        return refuse(Refusal::invalid, "The server's answer cannot be read.");
    }
}

} // namespace server::control
