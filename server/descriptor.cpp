#include "server/descriptor.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace server {

Descriptor::~Descriptor() {
    if (number_ >= 0)
        ::close(number_);
}

int check_call(int number, const char* what) {
    if (number < 0)
        throw std::system_error(errno, std::system_category(), what);
    return number;
}

} // namespace server
