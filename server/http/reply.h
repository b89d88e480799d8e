#pragma once

#include "catalog/result.h"
#include "server/http/open_file.h"
#include "server/http/status.h"
#include "server/http/stored_text.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace server::http {

using Body = std::variant<std::monostate, std::string, std::shared_ptr<const StoredText>, FileSpan>;

/// Whether a body that is a string is compressed for who accepts it. StoredText always is.
enum class Compression { where_accepted, never };

/// An answer. What every answer carries (date, security fields, length, connection) is added when
/// it is sent, as are 304, 206 and 416 where `etag` and `body` allow them.
struct Reply {
    Status status = Status::ok;
    std::string type = {};           ///< Content-Type; empty where there is no body
    std::string cache_control = {};  ///< empty: "no-store"
    std::string etag = {};           ///< quoted; empty where there is none. StoredText brings its own
    std::string fields = {};         ///< further fields as they are sent: "Location: /x\r\n"
    Body body = {};
    Compression compression = Compression::where_accepted;

    /// Adds a field. Throws std::logic_error where `value` holds a control character.
    Reply& add(std::string_view name, std::string_view value);
};

Reply json(Status status, const nlohmann::json& value);
Reply html(Status status, std::string text);
Reply plain_text(Status status, std::string text);
Reply empty(Status status);
/// 303: the address is then asked for with GET.
Reply see_other(std::string_view address);
/// The JSON form of a refusal, its status by the one map.
Reply refusal(const catalog::Error& error);
/// What was asked for, as JSON; or why it is refused.
Reply reply_of(const catalog::Result<nlohmann::json>& result, Status status = Status::ok);
/// 500, in the same form.
Reply failure();
/// Content-Disposition of a download whose name may be Japanese (RFC 6266).
std::string attachment(std::string_view file_name);

} // namespace server::http
