#include "tests/transcoder/program.h"
#include "transcoder/documents/picture_size.h"

#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

/// A handout's file, and the folder for its pages.
struct Handout {
    Handout() { fs::create_directory(folder); }

    /// A PDF by rsvg-convert, with a text a page.
    void draw(const std::vector<std::string>& texts, const std::string& size = R"(width="1280" height="720")") const {
        std::vector<std::string> words{"rsvg-convert", "-f", "pdf", "-o", file.string()};
        for (const auto& text : texts) {
            const auto page = place.path() / ("page" + std::to_string(words.size()) + ".svg");
            std::ofstream(page) << R"(<svg xmlns="http://www.w3.org/2000/svg" )" << size
                                << R"(><rect width="100%" height="100%" fill="#fff"/>)"
                                << R"(<text x="80" y="200" font-size="60" font-family="Noto Sans CJK JP">)" << text
                                << "</text></svg>";
            words.push_back(page.string());
        }
        REQUIRE(command(words) == 0);
    }

    void write(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }

    Run make() const {
        const json job{{"input", file.string()}, {"folder", folder.string()}};
        return transcode({"--pages"}, job.dump() + "\n");
    }

    json pages() const { return json::parse(std::ifstream(folder / "pages.json")); }
    bool is_empty() const { return fs::is_empty(folder); }

    TemporaryFolder place;
    fs::path file = place.path() / "handout.pdf";
    fs::path folder = place.path() / "pages";
};

/// A small PDF of its objects, with the table of where they stand.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer) {
    std::string text = "%PDF-1.4\n";
    std::vector<std::size_t> places;
    for (const auto& object : objects) {
        places.push_back(text.size());
        text += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
    }
    const auto table = text.size();
    text += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto place : places) {
        auto digits = std::to_string(place);
        text += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return text + "trailer\n<< /Root 1 0 R /Size " + std::to_string(objects.size() + 1) + " " + trailer +
           " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

const std::string catalog_object = "<< /Type /Catalog /Pages 2 0 R >>";

std::string failure_of(const Run& run) {
    CHECK(run.status == 1);
    return run.last("failed")["kind"];
}

} // namespace

TEST_CASE("a PDF becomes pictures of its pages and their text", "[transcoder]") {
    const Handout handout;
    handout.draw({"適応策の手引き", "ゼロカーボンシティ"});
    const auto run = handout.make();
    CHECK(run.said.empty());
    REQUIRE(run.status == 0);
    CHECK(run.last("paged") == json{{"event", "paged"}, {"pages", 2}});
    CHECK(run.last("page") == json{{"event", "page"}, {"number", 2}, {"of", 2}});
    CHECK(handout.pages() == json{{{"width", 1440}, {"height", 810}, {"text", "適応策の手引き"}},
                                  {{"width", 1440}, {"height", 810}, {"text", "ゼロカーボンシティ"}}});
    for (const char* name : {"page-0001.jpg", "page-0002.jpg"}) {
        std::ifstream stream(handout.folder / name, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(stream), {});
        CHECK(transcoder::documents::jpeg_size(bytes) == transcoder::documents::PictureSize{1440, 810});
    }
}

TEST_CASE("an upright page is as high as a lying one is wide, and what lay there before goes", "[transcoder]") {
    const Handout handout;
    std::ofstream(handout.folder / "page-0002.jpg") << "of an earlier run";
    handout.draw({"A4"}, R"(width="595" height="842")");
    REQUIRE(handout.make().status == 0);
    CHECK(handout.pages()[0]["height"] == 1440);
    CHECK(handout.pages()[0]["width"] < 1030);
    CHECK_FALSE(fs::exists(handout.folder / "page-0002.jpg"));
}

TEST_CASE("what is no PDF, locked, damaged or endless leaves nothing but its reason", "[transcoder]") {
    const Handout handout;
    SECTION("nothing at all") {
        handout.write("");
        CHECK(failure_of(handout.make()) == "unsupported");
    }
    SECTION("another kind of file") {
        handout.write("PK\x03\x04 a spreadsheet");
        CHECK(failure_of(handout.make()) == "unsupported");
    }
    SECTION("locked by a password") {
        const std::string secret(64, '5');
        handout.write(pdf_of({catalog_object, "<< /Type /Pages /Kids [] /Count 0 >>"},
                             "/ID [<31> <31>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + secret +
                                 "> /U <" + secret + "> >>"));
        const auto run = handout.make();
        CHECK(failure_of(run) == "unsupported");
        CHECK(run.last("failed")["message"] == "パスワードのかかった PDF のため、ページごとには表示できません。");
    }
    SECTION("bytes that are none") {
        handout.write("%PDF-1.7\n" + std::string(100'000, '\x80'));
        CHECK(failure_of(handout.make()) == "damaged");
    }
    SECTION("without a page") {
        handout.write(pdf_of({catalog_object, "<< /Type /Pages /Kids [] /Count 0 >>"}, ""));
        CHECK(failure_of(handout.make()) == "damaged");
    }
    SECTION("more pages than anybody reads") {
        std::string kids;
        std::vector<std::string> objects{catalog_object, ""};
        for (int page = 0; page < 501; ++page) {
            objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>");
            kids += std::to_string(objects.size()) + " 0 R ";
        }
        objects[1] = "<< /Type /Pages /Count 501 /Kids [" + kids + "] >>";
        handout.write(pdf_of(objects, ""));
        CHECK(failure_of(handout.make()) == "too_large");
    }
    SECTION("a line that is no job") {
        CHECK(failure_of(transcode({"--pages"}, "{}\n")) == "internal");
    }
    CHECK(handout.is_empty());
}

TEST_CASE("a PDF cut at any place makes pages or a reason, and never hangs", "[transcoder]") {
    const Handout handout;
    handout.draw({"一", "二"});
    std::ifstream stream(handout.file, std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(stream), {});
    for (const std::size_t parts : {1U, 3U, 6U, 7U}) {
        handout.write(whole.substr(0, whole.size() * parts / 8));
        const auto run = handout.make();
        CHECK((run.status == 0 || !run.last("failed").is_null()));
        CHECK(handout.is_empty() == (run.status != 0));
    }
}

TEST_CASE("a picture's size is read of a whole JPEG alone", "[transcoder]") {
    using transcoder::documents::jpeg_size;
    using namespace std::string_literals;
    const auto whole = "\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x0b\x08\x03\x2a\x05\xa0\x01\xff\xd9"s;
    CHECK(jpeg_size(whole) == transcoder::documents::PictureSize{1440, 810});
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(jpeg_size(whole.substr(0, length)));
    CHECK_FALSE(jpeg_size("\xff\xd8\xff\xe0\xff\xffxx\xff\xd9"s));
    CHECK_FALSE(jpeg_size("\x89PNG\r\n"s));
}
