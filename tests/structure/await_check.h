#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace structure {

/// The lines of full expressions that hold a co_await beside a lambda or a brace-built value, or
/// as one of a choice by `?`: g++ 12.2 destroys those twice. `code` is without comments and literals.
std::vector<std::size_t> risky_awaits(const std::string& code);

} // namespace structure
