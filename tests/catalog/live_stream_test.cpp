#include "catalog/live_stream.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace std::chrono_literals;

namespace {

const UtcTime lobby = std::chrono::sys_days(std::chrono::year(2021) / 10 / 27) + 4h;
const LivePlan plan{lobby, lobby + 30min, lobby + 3h, "", true};

} // namespace

TEST_CASE("publishers are let in from before the lobby to after the planned end", "[catalog]") {
    CHECK(ingest_window(plan, {30min, 120min}) ==
          AvailabilityWindow{lobby - 30min, lobby + 5h});
    CHECK(ingest_window({}, {}) == AvailabilityWindow{});
    LivePlan without_lobby = plan;
    without_lobby.lobby_opens.reset();
    CHECK(ingest_window(without_lobby, {30min, 120min}).opens == lobby);
}

TEST_CASE("before, waiting, live, interrupted, break and ended are different words", "[catalog]") {
    LiveStream stream;
    CHECK(shown_state(plan, nullptr, lobby - 1ms) == ShownState::before);
    CHECK(shown_state(plan, nullptr, lobby) == ShownState::waiting);
    CHECK(shown_state({}, nullptr, lobby) == ShownState::before);
    CHECK(shown_state(plan, &stream, lobby) == ShownState::waiting);
    CHECK(shown_since(plan, &stream, lobby + 1h) == lobby);
    stream.heard = lobby + 1min;
    stream.state = LiveStream::State::live;
    CHECK(shown_state(plan, &stream, lobby - 1h) == ShownState::live);
    CHECK(shown_since(plan, &stream, lobby + 1h) == lobby + 1min);
    stream.state = LiveStream::State::interrupted;
    CHECK(shown_state(plan, &stream, lobby) == ShownState::interrupted);
    stream.pause = LiveStream::Break::on;
    CHECK(shown_state(plan, &stream, lobby) == ShownState::on_break);
    stream.state = LiveStream::State::ended;
    stream.ended = lobby + 2h;
    CHECK(shown_state(plan, &stream, lobby) == ShownState::ended);
    CHECK(shown_since(plan, &stream, lobby + 3h) == lobby + 2h);
}
