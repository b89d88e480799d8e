#pragma once

#include "catalog/clip.h"
#include "server/http/open_file.h"
#include "server/http/stored_text.h"
#include "server/play/recording_media.h"
#include "server/play/stills_index.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server::play {

/// Pictures of a recording, and its sound and slides as a presentation of their own: what of it its
/// folder `stills` has. Whole or of a clip. Never changed once made.
struct Stills {
    std::shared_ptr<const http::OpenFile> folder;  ///< pictures are opened in it when asked for
    std::set<std::string, std::less<>> pictures;   ///< the names of those that may be had, with their revisions
    std::set<std::string, std::less<>> withdrawn;  ///< of those that may no longer be had
    std::string poster;                            ///< one of them; empty where there is none
    std::vector<Thumbnail> thumbnails;
    std::vector<Slide> slides;
    std::shared_ptr<const http::StoredText> thumbnails_text;  ///< null where there are none
    std::shared_ptr<const http::StoredText> slides_text;      ///< null where there are none
    std::shared_ptr<const RecordingMedia> show;               ///< sound and slides; null where none
};

/// Reads `folder`. Null where it is not there: it comes into being as a whole, when the renditions
/// are finished. What is broken in it is logged and left out. So is what shows, or may show, something of
/// what is withheld; what was made anew has its revision in its name: "slide-0001-r1.webp".
std::shared_ptr<const Stills> load_stills(const std::filesystem::path& folder,
                                          std::span<const catalog::WithdrawnSpan> withdrawn = {});
/// What a picture is called on the disk: "slide-0001.webp".
std::string without_revision(std::string_view name);

/// What holds something of `clip`, told in the clip's time. A file of small pictures holds many: it is
/// left out where one of them is not of the clip, and so is the poster, of which nobody knows when it
/// was; the clip's first slide stands for it.
std::shared_ptr<const Stills> cut_to(const Stills& whole, const catalog::Clip& clip);

} // namespace server::play
