#include "catalog/store/catalog.h"

#include "catalog/store/connection.h"

namespace catalog::store {

Catalog::Catalog(const std::filesystem::path& file, Access access)
    : connection_(std::make_unique<Connection>(file, access)), series(*connection_),
      sessions(*connection_), videos(*connection_), recordings(*connection_),
      materials(*connection_), documents(*connection_), notices(*connection_), captions(*connection_), clips(*connection_), withdrawals(*connection_),
      municipalities(*connection_), accounts(*connection_), departments(*connection_), sign_ins(*connection_), second_steps(*connection_),
      uploads(*connection_), jobs(*connection_), live(*connection_), places(*connection_), watching(*connection_), line_checks(*connection_), questions(*connection_),
      adviser_links(*connection_), search_index(*connection_), audit(*connection_) {}

Catalog::Catalog(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

std::vector<std::string> Catalog::broken_rows() {
    const auto read_line = [](Query& row) { return row.take<std::string>(); };
    auto broken = read_all(connection_->query("PRAGMA integrity_check"), read_line);
    std::erase(broken, "ok");
    auto dangling = read_all(
        connection_->query("SELECT 'a row of ' || \"table\" || ' refers to a ' || parent || "
                           "' that is not there' FROM pragma_foreign_key_check"),
        read_line);
    broken.insert(broken.end(), dangling.begin(), dangling.end());
    return broken;
}

void Catalog::copy_to(const std::filesystem::path& file) { connection_->copy_to(file); }

} // namespace catalog::store
