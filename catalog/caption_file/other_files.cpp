#include "catalog/caption_file/other_files.h"

#include <array>

namespace catalog::caption_file {

namespace {

using namespace std::string_view_literals;

struct Kind {
    std::string_view begins;
    std::string_view name;
    std::size_t at = 0;
};

constexpr std::array<Kind, 20> kinds{{
    {"\x89PNG"sv, "PNGの画像"},
    {"\xFF\xD8\xFF"sv, "JPEGの画像"},
    {"GIF8"sv, "GIFの画像"},
    {"%PDF-"sv, "PDF"},
    {"PK\x03\x04"sv, "WordやExcelなどの文書かZIP"},
    {"\xD0\xCF\x11\xE0"sv, "WordやExcelなどの文書"},
    {"{\\rtf"sv, "リッチテキスト(RTF)"},
    {"<!DOCTYPE"sv, "HTML"},
    {"<!doctype"sv, "HTML"},
    {"<html"sv, "HTML"},
    {"<?xml"sv, "XML"},
    {"<tt"sv, "TTMLの字幕"},
    {"[Script Info]"sv, "ASSの字幕"},
    {"ftyp"sv, "動画", 4},
    {"\x1A\x45\xDF\xA3"sv, "動画"},
    {"RIFF"sv, "動画か音声"},
    {"ID3"sv, "音声"},
    {"OggS"sv, "動画か音声"},
    {"\x1F\x8B"sv, "圧縮ファイル"},
    {"7z\xBC\xAF"sv, "圧縮ファイル"},
}};

} // namespace

std::optional<std::string_view> other_kind_of_file(std::string_view bytes) {
    const std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(mark)) {
        bytes.remove_prefix(mark.size());
    }
    for (const Kind& kind : kinds) {
        if (bytes.size() > kind.at && bytes.substr(kind.at).starts_with(kind.begins)) {
            return kind.name;
        }
    }
    return std::nullopt;
}

} // namespace catalog::caption_file
