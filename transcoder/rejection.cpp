#include "transcoder/rejection.h"

namespace transcoder {

std::string_view to_text(Kind kind) {
    switch (kind) {
    case Kind::empty:
        return "empty";
    case Kind::not_a_recording:
        return "not_a_recording";
    case Kind::playlist:
        return "playlist";
    case Kind::truncated:
        return "truncated";
    case Kind::unsupported:
        return "unsupported";
    case Kind::damaged:
        return "damaged";
    case Kind::too_large:
        return "too_large";
    case Kind::no_space:
        return "no_space";
    case Kind::internal:
        return "internal";
    case Kind::cannot_pass:
        return "cannot_pass";
    }
    return "internal";
}

Rejection reject(Kind kind) {
    switch (kind) {
    case Kind::empty:
        return {kind, "ファイルが空です。", "The file is empty."};
    case Kind::not_a_recording:
        return {kind, "録画や録音として読めないファイルです。動画か音声のファイルを選んでください。",
                "This is not a recording: choose a video or sound file."};
    case Kind::playlist:
        return {kind,
                "録画そのものではなく、ほかのファイルを指す再生リストです。録画のファイルを選んでください。",
                "This is a playlist that names other files, not a recording itself."};
    case Kind::truncated:
        return {kind,
                "録画の終わりが欠けていて、再生に必要な情報がありません。元のファイルを確かめてください。",
                "The recording's end is missing, and with it what is needed to play it."};
    case Kind::unsupported:
        return {kind, "対応していない形式の録画です。MP4（H.264とAAC）に変えてからお試しください。",
                "This kind of recording is not supported: convert it to MP4 (H.264 and AAC)."};
    case Kind::damaged:
        return {kind, "録画が壊れていて、映像も音声も取り出せませんでした。",
                "The recording is damaged: neither picture nor sound could be taken from it."};
    case Kind::too_large:
        return {kind, "録画の画面が大きすぎて、扱えません。",
                "The recording's picture is too large to be handled."};
    case Kind::no_space:
        return {kind, "保存先の空き容量が足りません。空きを作ってからもう一度お試しください。",
                "There is not enough free space to store the result."};
    case Kind::internal:
        return {kind, "変換の途中で思わぬ問題が起きました。もう一度お試しください。",
                "Something went wrong while transcoding; it may pass when tried again."};
    case Kind::cannot_pass:
        return {kind, "録画の中身をそのまま渡せません。", "The recording cannot be handed on as it is."};
    }
    return reject(Kind::internal);
}

} // namespace transcoder
