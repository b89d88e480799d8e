#pragma once

#include "catalog/availability_window.h"
#include "catalog/session.h"
#include "catalog/time/zone.h"
#include "server/pages/messages.h"

#include <chrono>
#include <string>

namespace server::pages {

using catalog::time::Date;
using catalog::time::UtcTime;

/// Tells days, instants and windows in a language and a zone, as seen from `now`. A year is said
/// only where it is not the present one; weekdays are computed.
class Words {
  public:
    /// `messages` and `zone` outlive it.
    Words(const Messages& messages, const catalog::time::Zone& zone, UtcTime now);

    /// 12月28日(火)
    std::string day(Date date) const;
    /// 6月28日(月)17:00
    std::string instant(UtcTime at) const;
    /// 17:00
    std::string time_of_day(UtcTime at) const;
    /// The end of a window: its last day where it closes as a day ends, else the instant.
    std::string end(UtcTime closes) const;
    /// The start of a window: its first day where it opens as a day begins, else the instant.
    std::string start(UtcTime opens) const;
    /// What matters of a window now: until when, from when, or when it ended.
    std::string window(const catalog::AvailabilityWindow& window) const;
    /// Days of the calendar from today to the last one; 0 on it.
    int days_left(UtcTime closes) const;
    /// 残り64日, 本日まで, 本日17:00まで
    std::string left(UtcTime closes) const;

    /// 10月29日(金) 13:30〜16:30, or as fuzzy as it is: 11〜12月頃
    std::string session_date(const catalog::SessionDate& when) const;
    /// 本日, 明日, あと4日; empty where the day has passed or is not known.
    std::string countdown(const catalog::SessionDate& when) const;
    /// 2時間35分
    std::string duration(std::chrono::milliseconds length) const;
    /// 2021年度(令和3年度)
    std::string fiscal_year(std::chrono::year year) const;

    Date today() const { return today_; }

  private:
    bool starts_a_day(UtcTime at) const;
    std::string fuzzy(const catalog::SessionDate& when) const;

    const Messages& messages_;
    const catalog::time::Zone& zone_;
    UtcTime now_;
    Date today_;
};

/// "1:02:03", "2:03": a place in a video.
std::string clock_time(std::chrono::milliseconds at);

} // namespace server::pages
