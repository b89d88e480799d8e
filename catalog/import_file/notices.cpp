#include "catalog/import_file/context.h"
#include "catalog/import_file/times.h"

namespace catalog::import_file {

namespace {

std::vector<std::string> read_links(const Field& list, const Context& context) {
    std::vector<std::string> links;
    for (const Field& field : list.elements()) {
        std::string id = field.needed_id();
        if (!id.empty() && !context.knows_media(id) && !context.materials.contains(id)) {
            field.mistake("there is no session, video or material \"" + id + "\"");
        }
        links.push_back(std::move(id));
    }
    return links;
}

} // namespace

std::vector<Notice> read_notices(const Context& context) {
    std::vector<Notice> all;
    std::set<std::string> seen;
    for (const Field& field : context.file["notices"].elements()) {
        if (!field.expect_object()) {
            continue;
        }
        Notice notice;
        notice.id = NoticeId(read_own_id(field["id"], seen));
        const auto date = read_date(field["date"]);
        if (!field["date"].present()) {
            field["date"].mistake("this is missing");
        }
        check_weekday(field["weekday"], date);
        notice.date = date.value_or(time::Date());
        notice.title = field["title"].needed_text();
        notice.body = field["body"].text_or_empty();
        notice.links = read_links(field["links"], context);
        all.push_back(std::move(notice));
    }
    return all;
}

} // namespace catalog::import_file
