#include "catalog/text/encoding.h"

#include <array>
#include <cerrno>
#include <iconv.h>
#include <stdexcept>

namespace catalog::text {

namespace {

using namespace std::string_view_literals;

/// iconv(3), closed when it is done with.
class Converter {
  public:
    explicit Converter(const std::string& encoding)
        : handle_(iconv_open("UTF-8", encoding.c_str())) {
        if (handle_ == invalid()) {
            throw std::runtime_error("this system's iconv knows no " + encoding);
        }
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { iconv_close(handle_); }

    /// Converts from the front of `bytes`, and takes it away; stops at what is not valid.
    std::string take(std::string_view& bytes) {
        std::string text;
        text.reserve(bytes.size() + bytes.size() / 2);
        std::array<char, 16384> piece{};
        for (;;) {
            // iconv takes its input as char**, and does not write there.
            auto* from = const_cast<char*>(bytes.data());
            std::size_t left = bytes.size();
            char* to = piece.data();
            std::size_t room = piece.size();
            const auto result = iconv(handle_, &from, &left, &to, &room);
            const bool is_full = result == static_cast<std::size_t>(-1) && errno == E2BIG;
            text.append(piece.data(), piece.size() - room);
            bytes.remove_prefix(bytes.size() - left);
            if (!is_full) {
                return text;
            }
        }
    }

  private:
    static iconv_t invalid() { return reinterpret_cast<iconv_t>(-1); }

    iconv_t handle_;
};

/// Text of the whole, or how many bytes from the front were valid.
struct Attempt {
    std::string encoding;
    std::string text;
    std::size_t valid = 0;
    bool is_whole = false;
};

Attempt attempt(std::string_view bytes, const char* encoding) {
    std::string_view rest = bytes;
    Attempt tried{encoding, Converter(encoding).take(rest)};
    tried.valid = bytes.size() - rest.size();
    tried.is_whole = rest.empty();
    return tried;
}

/// Whether `pattern` stands at an even place of `bytes`.
bool holds_units(std::string_view bytes, std::string_view pattern) {
    for (auto at = bytes.find(pattern); at != std::string_view::npos;
         at = bytes.find(pattern, at + 1)) {
        if (at % 2 == 0) {
            return true;
        }
    }
    return false;
}

bool holds_escapes(std::string_view bytes) {
    for (const auto escape : {"\x1B$B"sv, "\x1B$@"sv, "\x1B(J"sv}) {
        if (bytes.find(escape) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// Kana of EUC-JP are half-width kana of CP932, and both may be valid. Japanese is never without
/// kana, and half-width kana rarely look like those.
bool reads_as_euc_jp(std::string_view bytes) {
    std::size_t pairs = 0;
    std::size_t kana = 0;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
        const auto lead = static_cast<unsigned char>(bytes[at]);
        if (lead < 0x80) {
            continue;
        }
        ++pairs;
        kana += lead == 0xA4 || lead == 0xA5 ? 1 : 0;
        ++at;
    }
    return kana * 5 >= pairs;
}

Error unreadable(std::size_t line) {
    return refuse(Refusal::invalid, std::to_string(line) +
                                        "行目に、UTF-8、UTF-16、Shift_JIS、EUC-JPのどれとしても"
                                        "読み取れない文字があります。");
}

/// CR, LF and CRLF each end a line.
std::size_t count_line_ends(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_end =
            text[at] == '\n' || (text[at] == '\r' && !text.substr(at + 1).starts_with('\n'));
        count += is_end ? 1 : 0;
    }
    return count;
}

/// The line that comes behind `text`, from 1.
std::size_t line_after(std::string_view text) {
    return 1 + count_line_ends(text);
}

/// Byte order marks stay inside where files were joined.
std::string without_marks(const std::string& text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    std::string result;
    std::size_t from = 0;
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, from)) {
        result.append(text, from, at - from);
        from = at + mark.size();
    }
    return result.append(text, from);
}

Result<DecodedText> finished(const Attempt& tried) {
    if (!tried.is_whole) {
        return unreadable(line_after(tried.text));
    }
    const std::string_view text = tried.text;
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return refuse(Refusal::invalid, std::to_string(line_after(text.substr(0, nul))) +
                                            "行目に、文字ではないデータ(NUL)が入っています。");
    }
    return DecodedText{without_marks(tried.text), tried.encoding};
}

/// Whichever of all is valid; else the one that was valid longest says which line is not.
Result<DecodedText> by_validity(std::string_view bytes) {
    Attempt best = attempt(bytes, "UTF-8");
    if (best.is_whole) {
        return finished(best);
    }
    Attempt shift_jis = attempt(bytes, "CP932");
    Attempt euc = attempt(bytes, "EUC-JP-MS");
    euc.encoding = "EUC-JP";
    if (euc.is_whole && (!shift_jis.is_whole || reads_as_euc_jp(bytes))) {
        return finished(euc);
    }
    for (Attempt* other : {&shift_jis, &euc}) {
        if (other->valid > best.valid) {
            best = std::move(*other);
        }
    }
    return finished(best);
}

} // namespace

Result<DecodedText> decode(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
        return finished(attempt(bytes.substr(3), "UTF-8"));
    }
    if (bytes.starts_with("\xFF\xFE"sv)) {
        return finished(attempt(bytes.substr(2), "UTF-16LE"));
    }
    if (bytes.starts_with("\xFE\xFF"sv)) {
        return finished(attempt(bytes.substr(2), "UTF-16BE"));
    }
    if (holds_units(bytes, "-\0-\0>\0"sv)) {
        return finished(attempt(bytes, "UTF-16LE"));
    }
    if (holds_units(bytes, "\0-\0-\0>"sv)) {
        return finished(attempt(bytes, "UTF-16BE"));
    }
    if (holds_escapes(bytes)) {
        return finished(attempt(bytes, "ISO-2022-JP"));
    }
    return by_validity(bytes);
}

} // namespace catalog::text
