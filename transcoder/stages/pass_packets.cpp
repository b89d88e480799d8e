#include "transcoder/stages/pass_packets.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/input.h"
#include "transcoder/stages/cannot_pass.h"
#include "transcoder/stages/passed_picture_lane.h"
#include "transcoder/stages/passed_sound_lane.h"
#include "transcoder/stages/stopped.h"

#include <optional>

namespace transcoder::stages {

namespace {

void pass_all(const av::SourceFile& file, const plan::Plan& plan, FragmentSink& picture,
              FragmentSink* sound, const std::stop_token& stop) {
    av::Input input(file);
    const int picture_stream = plan.source.picture->stream;
    const int sound_stream = sound != nullptr ? plan.source.sound->stream : -1;
    PassedPictureLane picture_lane(plan, input.stream(picture_stream), picture);
    std::optional<PassedSoundLane> sound_lane;
    if (sound != nullptr)
        sound_lane.emplace(plan, input.stream(sound_stream), *sound);
    input.only(picture_stream, sound_stream);
    while (auto packet = input.read()) {
        if (stop.stop_requested())
            throw Stopped{};
        if (packet->stream_index == picture_stream)
            picture_lane.take(std::move(packet));
        else if (sound_lane && packet->stream_index == sound_stream)
            sound_lane->take(std::move(packet));
    }
    picture_lane.finish();
    if (sound_lane)
        sound_lane->finish();
}

} // namespace

void pass_packets(const av::SourceFile& file, const plan::Plan& plan, FragmentSink& picture,
                  FragmentSink* sound, const std::stop_token& stop) {
    try {
        pass_all(file, plan, picture, sound, stop);
    } catch (const av::Failure& failure) {
        if (failure.code() == AVERROR(ENOMEM) || failure.code() == AVERROR(ENOSPC) ||
            failure.code() == AVERROR(EDQUOT))
            throw;
        // The packets are others than those that were looked at, or say what no file can hold.
        throw CannotPass{};
    }
}

} // namespace transcoder::stages
