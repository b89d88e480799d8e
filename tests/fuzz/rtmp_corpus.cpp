// Writes a few exchanges into a folder: what the fuzzer begins with.
#include "tests/support/rtmp/exchange.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

using namespace server::live::rtmp;
using namespace test::rtmp;
using namespace std::string_literals;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: rtmp_corpus FOLDER\n";
        return EXIT_FAILURE;
    }
    const auto asking = asking_to_publish("0123");
    const auto set_size = in_chunks({Message::set_chunk_size, 0, 0, "\0\0\x10\0"s}, 2);
    const std::map<std::string, std::string> exchanges{
        {"whole", asking + short_stream()},
        {"handshake", handshake() + asking + short_stream()},
        {"chunk_size", asking + set_size + in_chunks(video(0, "\x17\x01"s + std::string(500, 'k')), 6, 4096)},
        {"formats", asking + in_chunks(audio(40, "\xaf\x01one"s), 4) +
                        "\x44\0\0\x14\0\0\x05\x08\xaf\x01two\x84\0\0\x16\xaf\x01six\xc4\xaf\x01ten"s},
        {"extended", asking + in_chunks(video(0x01020304, "\x17\x01"s + std::string(300, 'k')), 400)},
        {"enhanced", asking + in_chunks(video(0, "\x90hvc1\0\0\0"s), 6)},
        {"window", in_chunks({Message::window_size, 0, 0, "\0\0\0\x40"s}, 2) + asking},
        {"abort", asking + in_chunks(audio(0, "\xaf\x01"s + std::string(200, 's')), 4).substr(0, 140) +
                      in_chunks({Message::abort, 0, 0, "\0\0\0\x04"s}, 2) + short_stream()},
        {"end", asking + command({{"deleteStream"s}, {6.0}, {}, {1.0}}, 1)},
        {"arrays", command({{"connect"s}, {1.0}, {AmfValue::Array{{AmfValue::Object{{"a", {true}}}}, {}}}})},
    };
    for (const auto& [name, bytes] : exchanges) {
        const char first = name == "handshake" ? '\x70' : '\x37';
        std::ofstream(std::string(argv[1]) + "/" + name, std::ios::binary) << first << bytes;
    }
    return EXIT_SUCCESS;
}
