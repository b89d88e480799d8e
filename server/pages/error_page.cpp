#include "server/pages/error_page.h"

#include "server/http/refusal_status.h"

namespace server::pages {

namespace {

struct Sentences {
    std::string_view headline;
    std::string_view sentence;  ///< empty: the refusal's own
};

Sentences sentences_for(catalog::Refusal kind) {
    switch (kind) {
    case catalog::Refusal::not_found:
        return {"error.not_found", "error.not_found_sentence"};
    case catalog::Refusal::closed:
        return {"error.gone", ""};
    case catalog::Refusal::sign_in_required:
        return {"error.sign_in", "error.sign_in_sentence"};
    case catalog::Refusal::forbidden:
    case catalog::Refusal::not_registered:
        return {"error.forbidden", "error.forbidden_sentence"};
    default:
        return {"error.other", ""};
    }
}

http::Reply calm_page(const Visit& visit, http::Status status, std::string headline,
                      const std::string& sentence, const std::string& sign_in) {
    Data content(Data::type::object);
    content["headline"] = Data(headline);
    content["sentence"] = said(sentence);
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["sign_in_here"] = said(sign_in);
    return page(visit, status, {.name = "error", .title = std::move(headline)}, std::move(content));
}

} // namespace

http::Reply error_page(const Visit& visit, const catalog::Error& error) {
    const auto& messages = visit.messages();
    const auto [headline, sentence] = sentences_for(error.kind);
    const bool may_sign_in = error.kind == catalog::Refusal::sign_in_required;
    return calm_page(visit, http::status_of(error.kind), messages.text(headline),
                     sentence.empty() ? error.message : messages.text(sentence),
                     may_sign_in ? visit.sign_in_address() : std::string());
}

http::Reply failure_page(const Visit& visit) {
    const auto& messages = visit.messages();
    return calm_page(visit, http::Status::failure, messages.text("error.failure"),
                     messages.text("error.failure_sentence"), "");
}

} // namespace server::pages
