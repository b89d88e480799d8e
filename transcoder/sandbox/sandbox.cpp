#include "transcoder/sandbox/sandbox.h"

#include "transcoder/sandbox/calls.h"
#include "transcoder/sandbox/files.h"
#include "transcoder/sandbox/network.h"
#include "transcoder/sandbox/privileges.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <system_error>

namespace transcoder::sandbox {

namespace {

Standing close_all_but(std::vector<int> kept) {
    std::ranges::sort(kept);
    unsigned next = 0;
    const auto close_up_to = [&next](unsigned end) {
        if (next < end && ::close_range(next, end - 1, 0) != 0)
            throw std::system_error(errno, std::generic_category(), "close descriptors");
        next = end + 1;
    };
    for (const int descriptor : kept)
        close_up_to(static_cast<unsigned>(descriptor));
    close_up_to(~0U);
    return {Layer::descriptors, Standing::State::holds, "close_range"};
}

} // namespace

const std::set<Layer> all_layers{Layer::descriptors, Layer::network, Layer::privileges,
                                 Layer::limits,      Layer::files,   Layer::calls};

std::vector<Standing> Sandbox::enter(const std::set<Layer>& layers) const {
    assert(folder < 0 || std::ranges::find(kept, folder) != kept.end());
    std::vector<Standing> standings;
    auto threads = ThreadsAreCounted::with_the_users;
    for (const auto layer : layers) {
        switch (layer) {
        case Layer::descriptors:
            standings.push_back(close_all_but(kept));
            break;
        case Layer::network: {
            auto own = enter_own_network();
            threads = own.threads;
            standings.push_back(std::move(own.standing));
            break;
        }
        case Layer::privileges:
            standings.push_back(give_up_privileges(folder));
            break;
        case Layer::limits:
            standings.push_back(limit(limits, threads));
            break;
        case Layer::files:
            standings.push_back(program.empty() ? confine_to(folder) : confine_to_program(program));
            break;
        case Layer::calls:
            standings.push_back(program.empty() ? filter_calls() : filter_calls_of_program());
            break;
        }
    }
    return standings;
}

} // namespace transcoder::sandbox
