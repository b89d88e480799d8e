#include "transcoder/documents/pages.h"

#include "catalog/document.h"
#include "transcoder/contained.h"
#include "transcoder/documents/document.h"
#include "transcoder/folder/files.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace transcoder::documents {

namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr std::chrono::minutes longest_work{30};

void empty(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
        fs::remove_all(entry.path());
}

void put(const fs::path& path, std::string_view bytes) {
    folder::AppendFile file(path, 0);
    file.append(bytes);
    file.sync();
}

Outcome<int> make(const PagesJob& job, Events& events) {
    empty(job.folder);
    const auto file = av::SourceFile::open(job.input);
    const auto document = Document::open(file);
    if (!document)
        return document.error();
    const auto give_up = steady_clock::now() + longest_work;
    auto list = nlohmann::json::array();
    for (int number = 1; number <= document->pages(); ++number) {
        const auto page = document->page(number);
        if (!page)
            return page.error();
        put(job.folder / catalog::picture_name(number), page->picture);
        list.push_back({{"width", page->size.width}, {"height", page->size.height}, {"text", page->text}});
        events.page(number, document->pages());
        if (steady_clock::now() > give_up)
            return Rejection{Kind::too_large, "PDF が複雑すぎるため、ページごとには表示できません。",
                             "The PDF is too intricate to be shown page by page."};
    }
    folder::sync_folder(job.folder);
    folder::replace_file(job.folder / "pages.json", list.dump());
    return document->pages();
}

} // namespace

Outcome<PagesJob> read_pages_job(std::string_view line) {
    try {
        const auto text = nlohmann::json::parse(line);
        return PagesJob{text.at("input").get<std::string>(), text.at("folder").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
        return Rejection{Kind::internal, "資料の指示を読めません。", "The handout's line is no job."};
    }
}

Outcome<int> make_pages(const PagesJob& job, Events& events) {
    const auto made = [&]() -> Outcome<int> {
        try {
            return make(job, events);
        } catch (const std::system_error& error) {
            return rejection_of(error);
        }
    }();
    if (!made)
        empty(job.folder);
    return made;
}

} // namespace transcoder::documents
