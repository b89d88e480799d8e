#pragma once

#include "catalog/time/utc_time.h"

#include <boost/system/result.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace catalog {

/// Why something asked for is not given. A refusal is an answer that the caller acts upon; a world
/// that broke (disk, database, libav) is an exception instead.
enum class Refusal {
    not_found,
    not_yet_open,      ///< the window opens later; `Error::at` says when
    closed,            ///< the window has closed; `Error::at` says when
    withdrawn,         ///< what was asked for was taken back for good, or what holds some of it is made anew
    sign_in_required,  ///< only for staff, and nobody is signed in
    wrong_credentials, ///< a sign-in with a name or a password that is not right
    not_registered,    ///< only for registered departments, and this one is not
    forbidden,
    grant_expired,     ///< the right to fetch bytes has run out; a new one can be asked for
    not_ready,         ///< nothing can be played yet; `Error::at` says from when on, where that is known
    conflict,
    invalid,
    unsupported,
    too_large,
    no_space,
    try_later,         ///< `Error::at` says from when on
};

/// A refusal and a sentence for people. Holds no secrets.
struct Error {
    Refusal kind;
    std::string message;
    std::optional<time::UtcTime> at = std::nullopt;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T> using Result = boost::system::result<T, Error>;

inline Error refuse(Refusal kind, std::string message) { return Error{kind, std::move(message)}; }

/// Called by `Result::value()` where there is none: a caller that did not look first.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
    throw std::logic_error("a refusal was not looked at: " + error.message);
}

} // namespace catalog
