#include "catalog/admission.h"

#include <catch2/catch.hpp>

namespace catalog {

using namespace std::chrono_literals;
using std::chrono::sys_days;

namespace {

const UtcTime opens = sys_days(2021y / 6 / 28) + 15h;
const UtcTime closes = sys_days(2021y / 12 / 28) + 15h;
const SeriesId adaptation("adaptation");

Offering offering(Audience audience) {
    return {true, audience, {opens, closes}, adaptation};
}

Viewer anonymous() {
    return {};
}

Viewer staff(std::vector<SeriesId> registered) {
    return {Viewer::Kind::staff, AccountId("tanaka"), "田中", Department{"131016", "環境課"},
            std::move(registered)};
}

Viewer secretariat() {
    return {Viewer::Kind::secretariat, AccountId("office"), "事務局", std::nullopt, {}};
}

/// The refusal, or nothing where admitted.
std::optional<Refusal> answer(const Offering& what, const Viewer& viewer, UtcTime now = opens) {
    const auto result = admit(what, viewer, now);
    return result ? std::nullopt : std::optional(result.error().kind);
}

} // namespace

TEST_CASE("each audience admits its own", "[catalog]") {
    const auto everybody = offering(Audience::everybody);
    const auto of_staff = offering(Audience::staff);
    const auto of_registered = offering(Audience::registered);

    CHECK(answer(everybody, anonymous()) == std::nullopt);
    CHECK(answer(of_staff, anonymous()) == Refusal::sign_in_required);
    CHECK(answer(of_registered, anonymous()) == Refusal::sign_in_required);

    CHECK(answer(everybody, staff({})) == std::nullopt);
    CHECK(answer(of_staff, staff({})) == std::nullopt);
    CHECK(answer(of_registered, staff({})) == Refusal::not_registered);
    CHECK(answer(of_registered, staff({SeriesId("mitigation")})) == Refusal::not_registered);
    CHECK(answer(of_registered, staff({SeriesId("mitigation"), adaptation})) == std::nullopt);

    CHECK(answer(of_registered, secretariat()) == std::nullopt);
}

TEST_CASE("what belongs to no series admits no registration", "[catalog]") {
    Offering stray = offering(Audience::registered);
    stray.series = SeriesId();
    CHECK(answer(stray, staff({adaptation})) == Refusal::not_registered);
    CHECK(answer(stray, staff({SeriesId()})) == Refusal::not_registered);
    CHECK(answer(stray, secretariat()) == std::nullopt);
}

TEST_CASE("a refusal by the window says when", "[catalog]") {
    const auto what = offering(Audience::everybody);
    const auto before = admit(what, anonymous(), opens - 1ms);
    CHECK(before.error().kind == Refusal::not_yet_open);
    CHECK(before.error().at == opens);
    const auto after = admit(what, anonymous(), closes);
    CHECK(after.error().kind == Refusal::closed);
    CHECK(after.error().at == closes);
    CHECK(admit(what, anonymous(), closes - 1ms).has_value());
}

TEST_CASE("publication comes before the window and the window before the audience", "[catalog]") {
    Offering what = offering(Audience::registered);
    CHECK(answer(what, anonymous(), opens - 1ms) == Refusal::not_yet_open);
    CHECK(answer(what, staff({}), closes) == Refusal::closed);
    CHECK(answer(what, secretariat(), closes) == Refusal::closed);
    what.published = false;
    CHECK(answer(what, anonymous(), closes) == Refusal::not_found);
    CHECK(answer(what, secretariat(), opens) == Refusal::not_found);
}

TEST_CASE("behind a grant the window alone decides", "[catalog]") {
    Offering what = offering(Audience::registered);
    what.published = false;
    CHECK(admit_by_window(what, opens).has_value());
    CHECK(admit_by_window(what, opens - 1ms).error().kind == Refusal::not_yet_open);
    CHECK(admit_by_window(what, closes).error().kind == Refusal::closed);
}

TEST_CASE("what a video does not set itself is its series'", "[catalog]") {
    Series series;
    series.id = SeriesId("lectures");
    series.audience = Audience::staff;
    series.window = {opens, closes};
    Video video;
    video.published = true;
    CHECK(offering_of(video, &series) ==
          Offering{true, Audience::staff, {opens, closes}, series.id});

    video.audience = Audience::everybody;
    video.window = AvailabilityWindow{std::nullopt, opens};
    CHECK(offering_of(video, &series) ==
          Offering{true, Audience::everybody, {std::nullopt, opens}, series.id});

    Material material;
    CHECK(offering_of(material, &series, Owner::published) ==
          Offering{true, Audience::staff, {opens, closes}, series.id});
}

TEST_CASE("a draft keeps its materials to itself, and a session has none to keep", "[catalog]") {
    Video video;
    CHECK(owner(video) == Owner::draft);
    video.published = true;
    CHECK(owner(video) == Owner::published);

    Material material;
    material.audience = Audience::everybody;
    CHECK(answer(offering_of(material, nullptr, Owner::draft), anonymous()) == Refusal::not_found);
    CHECK(answer(offering_of(material, nullptr, Owner::draft), secretariat()) == Refusal::not_found);
    CHECK(answer(offering_of(material, nullptr, Owner::published), anonymous()) == std::nullopt);
    material.published = false;
    CHECK(answer(offering_of(material, nullptr, Owner::published), anonymous()) == Refusal::not_found);
    // A window of its own opens nothing of a draft: no refusal says when.
    material.published = true;
    material.window = AvailabilityWindow{opens, closes};
    CHECK(answer(offering_of(material, nullptr, Owner::draft), anonymous(), opens - 1ms) == Refusal::not_found);
}

TEST_CASE("without a series what is not set is the strictest", "[catalog]") {
    Video video;
    video.published = true;
    CHECK(offering_of(video, nullptr) == Offering{true, Audience::registered, {}, SeriesId()});
}

TEST_CASE("what decides is traced to whose setting it is", "[catalog]") {
    const Series series{adaptation, "適応策分科会", Audience::registered, {opens, closes}, {}, 0};
    Video video;
    CHECK(sources_of(video, nullptr) == OfferingSources{SetBy::nobody, SetBy::nobody});
    CHECK(sources_of(video, &series) == OfferingSources{SetBy::series, SetBy::series});
    video.window = AvailabilityWindow{};
    CHECK(sources_of(video, &series) == OfferingSources{SetBy::series, SetBy::itself});
    Material material;
    material.audience = Audience::everybody;
    CHECK(sources_of(material, nullptr) == OfferingSources{SetBy::itself, SetBy::nobody});
    CHECK(to_text(SetBy::itself) == "itself");
    CHECK(to_text(SetBy::series) == "series");
    CHECK(to_text(SetBy::nobody) == "nobody");
}

} // namespace catalog
