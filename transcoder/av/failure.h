#pragma once

#include <stdexcept>
#include <string>

namespace transcoder::av {

/// libav could not do what was asked of it. The text says what was being done and what libav said.
class Failure : public std::runtime_error {
  public:
    Failure(const std::string& doing, int code);
    int code() const { return code_; }

  private:
    int code_;
};

/// Gives `result` back, or throws a Failure where it is negative.
int check(int result, const char* doing);

/// Why a call gave nothing: it wants more input, or there is no more. Throws for all else.
enum class Answer { done, again, end };
Answer answer(int result, const char* doing);

} // namespace transcoder::av
