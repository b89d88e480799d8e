#pragma once

#include "server/live/rtmp/amf.h"
#include "server/live/rtmp/message.h"

#include <cstdint>
#include <string>
#include <vector>

namespace test::rtmp {

/// C0, C1 and C2 of a publisher.
std::string handshake();

/// A message in chunks, written as encoders do: a header of format 0 first, then of format 3.
std::string in_chunks(const server::live::rtmp::Message& message, std::uint32_t chunk_stream = 3,
                      std::size_t chunk_size = 128);
std::string command(const std::vector<server::live::rtmp::AmfValue>& values,
                    std::uint32_t stream = 0);

/// What ffmpeg says until it may send: connect, releaseStream, FCPublish, createStream, publish.
std::string asking_to_publish(const std::string& key);
/// "onMetaData", as it stands behind "@setDataFrame".
std::string metadata();
std::string setting_metadata();

server::live::rtmp::Message video(std::uint32_t timestamp, std::string body);
server::live::rtmp::Message audio(std::uint32_t timestamp, std::string body);

/// A stream of a few messages: metadata, parameters, a key frame, sound, a picture that needs it.
std::string short_stream();

} // namespace test::rtmp
