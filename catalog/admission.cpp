#include "catalog/admission.h"

#include <algorithm>

namespace catalog {

namespace {

/// What a video and a material have in common.
template <class Subject> Offering resolve(const Subject& subject, const Series* series) {
    Offering offering;
    offering.published = subject.published;
    if (series != nullptr) {
        offering.audience = series->audience;
        offering.window = series->window;
        offering.series = series->id;
    }
    offering.audience = subject.audience.value_or(offering.audience);
    offering.window = subject.window.value_or(offering.window);
    return offering;
}

template <class Subject> OfferingSources sources(const Subject& subject, const Series* series) {
    const auto inherited = series != nullptr ? SetBy::series : SetBy::nobody;
    return {subject.audience ? SetBy::itself : inherited, subject.window ? SetBy::itself : inherited};
}

Result<void> admit_by_audience(const Offering& offering, const Viewer& viewer) {
    if (offering.audience == Audience::everybody || viewer.reads_desk()) {
        return {};
    }
    if (viewer.kind == Viewer::Kind::anonymous) {
        return refuse(Refusal::sign_in_required, "ご覧になるにはサインインが必要です。");
    }
    if (offering.audience == Audience::staff) {
        return {};
    }
    const bool registered =
        !offering.series.empty() && std::ranges::find(viewer.registered_series, offering.series) !=
                                        viewer.registered_series.end();
    if (!registered) {
        return refuse(Refusal::not_registered, "参加登録をした部署の方だけがご覧になれます。");
    }
    return {};
}

} // namespace

Offering offering_of(const Video& video, const Series* series) {
    return resolve(video, series);
}

Owner owner(const Video& video) { return video.published ? Owner::published : Owner::draft; }

Offering offering_of(const Material& material, const Series* series, Owner owner) {
    auto offering = resolve(material, series);
    offering.published = offering.published && owner == Owner::published;
    return offering;
}

std::string_view to_text(SetBy who) {
    switch (who) {
    case SetBy::itself:
        return "itself";
    case SetBy::series:
        return "series";
    case SetBy::nobody:
        break;
    }
    return "nobody";
}

OfferingSources sources_of(const Video& video, const Series* series) {
    return sources(video, series);
}

OfferingSources sources_of(const Material& material, const Series* series) {
    return sources(material, series);
}

Result<void> admit_by_window(const Offering& offering, UtcTime now) {
    switch (offering.window.at(now)) {
    case AvailabilityWindow::State::upcoming:
        return Error{Refusal::not_yet_open, "まだ公開していません。", offering.window.opens};
    case AvailabilityWindow::State::closed:
        return Error{Refusal::closed, "公開期間は終わりました。", offering.window.closes};
    case AvailabilityWindow::State::open:
        break;
    }
    return {};
}

Result<void> admit(const Offering& offering, const Viewer& viewer, UtcTime now) {
    if (!offering.published) {
        return refuse(Refusal::not_found, "見つかりません。");
    }
    if (const auto in_window = admit_by_window(offering, now); !in_window) {
        return in_window;
    }
    return admit_by_audience(offering, viewer);
}

} // namespace catalog
