#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/documents/picture_size.h"
#include "transcoder/rejection.h"

#include <string>

namespace transcoder::documents {

/// A page, as people see it and as it reads.
struct Page {
    std::string picture;  ///< a JPEG's bytes
    PictureSize size;
    std::string text;     ///< UTF-8, without control characters; empty where there is none
};

/// A PDF file. All that looks into it are programs of poppler, each run inside the sandbox: this process
/// never reads a byte of the file but the first five.
class Document {
  public:
    /// Looks how many pages it has. Rejects what is no PDF, is locked by a password, damaged or too large.
    static Outcome<Document> open(const av::SourceFile& file);

    int pages() const { return pages_; }
    /// The page, from 1 on. Rejects one that cannot be drawn. Text that cannot be read is none.
    Outcome<Page> page(int number) const;

  private:
    Document(const av::SourceFile& file, int pages) : file_(file), pages_(pages) {}
    const av::SourceFile& file_;
    int pages_;
};

} // namespace transcoder::documents
