#pragma once

#include <utility>

namespace server {

/// A file descriptor that is closed when it goes. -1 is none.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();

    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    /// Gives it away: the caller closes it.
    int release() { return std::exchange(number_, -1); }

  private:
    int number_ = -1;
};

/// `number` where it is none of an error, else throws std::system_error that says what was tried.
int check_call(int number, const char* what);

} // namespace server
