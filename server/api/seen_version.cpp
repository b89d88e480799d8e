#include "server/api/seen_version.h"

#include "server/access/random.h"
#include "server/api/json_values.h"

namespace server::api {

std::string version_of_fields(const nlohmann::json& fields) { return access::token_hash(fields.dump()); }

std::string take_version(nlohmann::json& body) {
    auto version = text_in(body, "version");
    body.erase("version");
    return version;
}

catalog::Result<void> made_from(const std::string& seen, const std::string& now, std::string_view thing, Unseen unseen) {
    if (seen == now || (seen.empty() && unseen == Unseen::allowed))
        return {};
    return refuse(catalog::Refusal::conflict,
                  "画面を開いた後に、ほかの人がこの" + std::string(thing) +
                      "を変えました。保存していません。今の内容を読み直してください。");
}

} // namespace server::api
