#pragma once

#include <string>
#include <utility>

namespace server::access {

/// A text that must not be seen: it cannot be printed or compared by accident, and its memory is
/// wiped when it goes.
class Secret {
  public:
    explicit Secret(std::string text) : text_(std::move(text)) {}
    Secret(Secret&& other) noexcept : text_(other.text_) { other.wipe(); }
    Secret& operator=(Secret&&) = delete;
    ~Secret() { wipe(); }

    const std::string& reveal() const { return text_; }

  private:
    void wipe() noexcept;
    std::string text_;
};

} // namespace server::access
