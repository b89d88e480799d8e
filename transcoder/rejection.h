#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace transcoder {

/// Why no renditions are made of a source. `no_space` and `internal` may pass when tried again.
enum class Kind {
    empty,
    not_a_recording,
    playlist,
    truncated,
    unsupported,
    damaged,
    too_large,
    no_space,
    internal,
    cannot_pass,   ///< all of it has to be encoded: between the processes of a run, never told
};

std::string_view to_text(Kind kind);

/// An answer for people: one plain sentence in each language.
struct Rejection {
    Kind kind;
    std::string message;     ///< Japanese
    std::string message_en;
};

/// The usual sentences of a kind.
Rejection reject(Kind kind);

template <class T> using Outcome = boost::system::result<T, Rejection>;

[[noreturn]] inline void throw_exception_from_error(const Rejection& rejection,
                                                    const boost::source_location&) {
    throw std::logic_error("a rejection was not looked at: " + rejection.message_en);
}

} // namespace transcoder
