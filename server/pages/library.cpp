#include "server/pages/library.h"

#include "catalog/clip.h"

#include <algorithm>
#include <cctype>

namespace server::pages {

namespace {

template <class Things, class IdOfThing>
const typename Things::value_type* find_in(const Things& things, const IdOfThing& id) {
    const auto found = std::ranges::find(things, id, &Things::value_type::id);
    return found == things.end() ? nullptr : &*found;
}

/// Why somebody cannot have a thing whose window is open; empty where nothing is in the way.
std::string_view obstacle_of(const catalog::Result<void>& admission) {
    if (!admission) {
        switch (admission.error().kind) {
        case catalog::Refusal::sign_in_required:
            return "video.sign_in";
        case catalog::Refusal::not_registered:
            return "video.not_registered";
        default:
            break;
        }
    }
    return {};
}

std::string in_capitals(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

} // namespace

std::string address_of(const catalog::Video& video) { return "/videos/" + video.id.text(); }
std::string address_of(const catalog::Session& session) {
    return "/sessions/" + session.id.text();
}

Library::Library(catalog::store::Catalog& catalog, const play::PlayTable& table, const Visit& visit)
    : catalog_(catalog), table_(table), visit_(visit), words_(visit.words()),
      series_(catalog.series.all()) {}

const std::vector<catalog::Session>& Library::sessions() const {
    if (!sessions_) {
        sessions_ = catalog_.sessions.all();
    }
    return *sessions_;
}

const std::vector<catalog::Video>& Library::videos() const {
    if (!videos_) {
        videos_ = catalog_.videos.all();
    }
    return *videos_;
}

const catalog::Series* Library::find(const catalog::SeriesId& id) const {
    return find_in(series_, id);
}
const catalog::Session* Library::find(const catalog::SessionId& id) const {
    return find_in(sessions(), id);
}
const catalog::Video* Library::find(const catalog::VideoId& id) const {
    return find_in(videos(), id);
}

const catalog::Series* Library::series_of(const catalog::Video& video) const {
    if (!video.series.empty()) {
        return find(video.series);
    }
    const auto* session = find(video.session);
    return session == nullptr ? nullptr : find(session->series);
}

const catalog::Series* Library::series_of(const catalog::Material& material) const {
    if (const auto* video = find(material.video)) {
        return series_of(*video);
    }
    const auto* session = find(material.session);
    return session == nullptr ? nullptr : find(session->series);
}

catalog::Offering Library::offering(const catalog::Video& video) const {
    return catalog::offering_of(video, series_of(video));
}

std::string_view Library::obstacle(const catalog::Video& video) const {
    return obstacle_of(catalog::admit(offering(video), visit_.viewer, visit_.now));
}

bool Library::needs_sign_in(const catalog::Video& video) const {
    const auto admission = catalog::admit(offering(video), visit_.viewer, visit_.now);
    return !admission && admission.error().kind == catalog::Refusal::sign_in_required;
}

bool Library::is_ready(const catalog::Video& video) const {
    const auto entry = table_.find(video.id.text());
    return entry && entry->media;
}

bool Library::is_growing(const catalog::Video& video) const {
    const auto entry = table_.find(video.id.text());
    return entry && entry->media && !entry->media->ended;
}

std::string Library::duration(const catalog::Video& video) const {
    const auto recording =
        video.recording ? catalog_.recordings.find(*video.recording) : std::nullopt;
    if (const auto length =
            catalog::Clip(video).length(recording ? recording->duration : std::nullopt)) {
        return words_.duration(*length);
    }
    return video.planned_duration ? words_.duration(*video.planned_duration) : std::string();
}

void Library::put_change(const catalog::AvailabilityWindow& window, Data& data) const {
    using State = catalog::AvailabilityWindow::State;
    const auto state = window.at(visit_.now);
    const auto& edge = state == State::upcoming ? window.opens : window.closes;
    const bool changes = edge && state != State::closed;
    data["changes"] = changes ? Data(catalog::time::format_rfc3339(*edge)) : none();
    data["changed_words"] = changes ? Data(Words(visit_.messages(), visit_.zone, *edge).window(window)) : none();
}

Data Library::told(const catalog::Video& video) const {
    const auto offering = this->offering(video);
    const auto& messages = visit_.messages();
    auto note = obstacle(video);
    if (note.empty() && offering.window.admits(visit_.now) && !is_ready(video)) {
        note = "video.not_ready";
    }
    Data data(Data::type::object);
    data["href"] = Data(address_of(video));
    data["title"] = Data(video.title);
    data["number"] = video.number ? Data(std::to_string(*video.number)) : none();
    data["speaker"] = said(video.speaker);
    data["field"] = said(video.field);
    data["duration"] = said(duration(video));
    data["until"] = Data(words_.window(offering.window));
    put_change(offering.window, data);
    data["note"] = note.empty() ? none() : Data(messages.text(note));
    return data;
}

Data Library::link_to(const catalog::Session& session) const {
    Data data(Data::type::object);
    data["href"] = Data(address_of(session));
    data["title"] = Data(session.title);
    return data;
}

Data Library::told(const catalog::Material& material) const {
    const auto* video = find(material.video);
    const auto owner = video == nullptr ? catalog::Owner::published : catalog::owner(*video);
    const auto offering = catalog::offering_of(material, series_of(material), owner);
    const auto admission = catalog::admit(offering, visit_.viewer, visit_.now);
    const auto& messages = visit_.messages();
    const bool at_desk = owner == catalog::Owner::draft && visit_.viewer.reads_desk();
    std::string_view note;
    if (offering.window.admits(visit_.now)) {
        const bool lacks_file = (admission || at_desk) && material.file.empty();
        note = lacks_file ? "material.no_file" : obstacle_of(admission);
    }
    Data data(Data::type::object);
    const bool to_be_had = admission && !material.file.empty();
    const std::string address = to_be_had ? "/materials/" + material.id.text()
                                          : "/api/desk/materials/" + material.id.text() + "/file";
    data["href"] = to_be_had || (at_desk && !material.file.empty()) ? Data(address) : none();
    data["title"] = Data(material.title);
    const auto document = to_be_had ? catalog_.documents.of(material.id) : std::nullopt;
    const bool has_pages = document && document->state == catalog::Document::State::ready;
    data["pages_href"] = has_pages ? Data("/materials/" + material.id.text() + "/pages") : none();
    data["pages_label"] = Data(messages.text("material.read_label", {{"title", material.title}}));
    data["format"] = said(in_capitals(material.format));
    data["until"] = offering.window.closes || !offering.window.admits(visit_.now)
                        ? Data(words_.window(offering.window))
                        : none();
    put_change(offering.window, data);
    data["note"] = note.empty() ? none() : Data(messages.text(note));
    return data;
}

List Library::told(const std::vector<catalog::Material>& materials) const {
    List list;
    for (const auto& material : materials) {
        if (material.published) {
            list.push_back(told(material));
        }
    }
    return list;
}

std::optional<Data> Library::link_to(const std::string& id) const {
    if (const auto* session = find(catalog::SessionId(id))) {
        return link_to(*session);
    }
    if (const auto* video = find(catalog::VideoId(id))) {
        if (!video->published) {
            return std::nullopt;
        }
        Data data(Data::type::object);
        data["href"] = Data(address_of(*video));
        data["title"] = Data(video->title);
        return data;
    }
    const auto material = catalog_.materials.find(catalog::MaterialId(id));
    if (!material || !material->published) {
        return std::nullopt;
    }
    Data data(Data::type::object);
    const auto* video = find(material->video);
    const auto* session = find(material->session);
    if (video != nullptr ? !video->published : session == nullptr) {
        return std::nullopt;
    }
    // To the page it lies on: there its window is told, which a file's address cannot.
    data["href"] = Data((video != nullptr ? address_of(*video) : address_of(*session)) + "#materials");
    data["title"] = Data(material->title);
    return data;
}

} // namespace server::pages
