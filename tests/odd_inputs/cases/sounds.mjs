// Codecs, channels and sample rates of sound; recordings of sound alone.
import { aac, behindEachOther, film, h264, plays } from '../recipe.mjs';

const heard = (name, file, sound, audio, expected = {}) => ({ name, file, make: film({ sound, audio }), expect: plays(4, expected) });

const alone = (name, file, audio, expected = {}, sound = {}) => ({
    name, file, make: film({ seconds: 5, picture: null, sound, audio }), expect: plays(5, { picture: false, pairs: 0, beeps: 4, ...expected }),
});

const withCover = (name, file, audio, extra = []) => ({
    name, file,
    make: async (kit, target) => {
        await kit.ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=600x600:d=0.04', '-frames:v', '1', 'cover.jpg');
        await kit.film('sound.wav', { seconds: 5, picture: null, audio: ['-c:a', 'pcm_s16le'] });
        await kit.ffmpeg('-i', 'sound.wav', '-i', 'cover.jpg', '-map', '0', '-map', '1', ...audio, '-c:v', 'copy', '-disposition:v:0', 'attached_pic', ...extra, target);
    },
    expect: plays(5, { picture: false, pairs: 0, beeps: 4 }),
});

export const cases = [
    heard('mono', 'film.mp4', { layout: 'mono' }, aac),
    heard('rate-8000', 'film.mp4', { layout: 'mono', sampleRate: 8000 }, aac, { within: 45 }),
    heard('rate-11025', 'film.mov', { sampleRate: 11025 }, ['-c:a', 'pcm_s16be']),
    heard('rate-22050', 'film.mp4', { sampleRate: 22050 }, aac),
    heard('rate-32000', 'film.mp4', { layout: 'mono', sampleRate: 32000 }, aac),
    heard('rate-44100', 'film.mp4', { sampleRate: 44100 }, aac),
    heard('rate-96000', 'film.mp4', { sampleRate: 96000 }, aac),
    heard('rate-192000', 'film.mov', { sampleRate: 192000 }, ['-c:a', 'pcm_s24le']),
    heard('surround-5.1', 'film.mp4', { layout: '5.1' }, ['-c:a', 'aac', '-b:a', '256k']),
    heard('surround-5.1-centre-alone', 'film.mp4', { layout: '5.1', channels: [0, 0, 1, 0, 0, 0] }, ['-c:a', 'ac3']),
    heard('surround-7.1', 'film.mkv', { layout: '7.1' }, ['-c:a', 'flac']),
    heard('surround-7.1-aac', 'film.mp4', { layout: '7.1' }, ['-c:a', 'aac', '-b:a', '320k']),
    heard('surround-quad', 'film.mkv', { layout: 'quad' }, ['-c:a', 'pcm_s16le']),
    heard('one-side-alone', 'film.mp4', { channels: [1, 0] }, aac),
    heard('out-of-phase', 'film.mp4', { channels: [1, -1] }, aac),
    heard('dual-mono', 'film.mkv', {}, ['-af', 'pan=mono|c0=c0', '-c:a', 'ac3', '-ac', '2']),
    heard('silent', 'film.mp4', { volume: 0 }, aac, { pairs: 0, flashes: 3 }),
    heard('far-too-loud', 'film.mkv', { volume: 8 }, ['-c:a', 'pcm_f32le']),
    heard('not-a-number', 'film.mkv', {}, ['-af', "aeval='if(gt(t,3.3),0/0,val(0))|if(gt(t,3.3),1/0,val(1))'", '-c:a', 'pcm_f32le']),
    heard('pcm-16', 'film.mov', {}, ['-c:a', 'pcm_s16le']),
    heard('pcm-24', 'film.mkv', {}, ['-c:a', 'pcm_s24le']),
    heard('pcm-8', 'film.avi', { sampleRate: 22050 }, ['-c:a', 'pcm_u8']),
    heard('mp3', 'film.mp4', {}, ['-c:a', 'libmp3lame'], { within: 45 }),
    heard('mp3-avi', 'film.avi', {}, ['-c:a', 'libmp3lame'], { within: 60 }),
    heard('opus-mp4', 'film.mp4', {}, ['-c:a', 'libopus', '-b:a', '48k']),
    heard('vorbis', 'film.mkv', {}, ['-c:a', 'libvorbis']),
    heard('ac3', 'film.ts', {}, ['-c:a', 'ac3']),
    heard('eac3', 'film.mp4', {}, ['-c:a', 'eac3']),
    heard('flac-mp4', 'film.mp4', {}, ['-c:a', 'flac', '-strict', '-2']),
    heard('alac', 'film.mov', {}, ['-c:a', 'alac']),
    heard('mp2', 'film.ts', {}, ['-c:a', 'mp2']),
    heard('mu-law', 'film.mov', { layout: 'mono', sampleRate: 8000 }, ['-c:a', 'pcm_mulaw']),
    heard('aac-latm', 'film.ts', {}, [...aac, '-mpegts_flags', 'latm']),
    { name: 'sample-rate-changes', file: 'film.ts', make: behindEachOther({ name: 'a.ts' }, { name: 'b.ts', sound: { sampleRate: 32000 }, output: ['-output_ts_offset', '4'] }), expect: plays(8, { pairs: 6, give: 0.3 }) },
    { name: 'channels-change', file: 'film.ts', make: behindEachOther({ name: 'a.ts' }, { name: 'b.ts', sound: { layout: 'mono' }, output: ['-output_ts_offset', '4'] }), expect: plays(8, { pairs: 6, give: 0.3 }) },
    { name: 'channels-grow', file: 'film.ts', make: behindEachOther({ name: 'a.ts', sound: { layout: 'mono' } }, { name: 'b.ts', sound: { layout: '5.1' }, output: ['-output_ts_offset', '4'] }), expect: plays(8, { pairs: 6, give: 0.3 }) },

    alone('alone-m4a', 'talk.m4a', aac),
    alone('alone-mp3', 'talk.mp3', ['-c:a', 'libmp3lame']),
    alone('alone-mp3-variable', 'talk.mp3', ['-c:a', 'libmp3lame', '-q:a', '5', '-write_xing', '0'], { give: 0.25 }),
    alone('alone-wav', 'talk.wav', ['-c:a', 'pcm_s16le']),
    alone('alone-wav-8000', 'talk.wav', ['-c:a', 'pcm_s16le'], {}, { sampleRate: 8000, layout: 'mono' }),
    alone('alone-wav-ms-adpcm', 'talk.wav', ['-c:a', 'adpcm_ms']),
    alone('alone-wav-64-bit-float', 'talk.wav', ['-c:a', 'pcm_f64le']),
    alone('alone-ogg-vorbis', 'talk.ogg', ['-c:a', 'libvorbis']),
    alone('alone-ogg-opus', 'talk.opus', ['-c:a', 'libopus']),
    alone('alone-flac', 'talk.flac', ['-c:a', 'flac']),
    alone('alone-adts', 'talk.aac', aac, { give: 0.25 }),
    alone('alone-aiff', 'talk.aiff', ['-c:a', 'pcm_s16be']),
    alone('alone-wma', 'talk.wma', ['-c:a', 'wmav2'], { give: 0.25 }),
    alone('alone-webm', 'talk.webm', ['-c:a', 'libopus']),
    alone('alone-transport-stream', 'talk.ts', aac),
    { ...alone('alone-one-packet', 'talk.m4a', aac, { seconds: 0.02, give: 0.2, beeps: 0 }), make: film({ picture: null, sound: { seconds: 0.02 } }) },
    { name: 'alone-short-wav', file: 'talk.wav', make: film({ picture: null, sound: { seconds: 0.001 }, audio: ['-c:a', 'pcm_s16le'] }), expect: plays(0, { picture: false, pairs: 0, give: 0.2, mayBeRefused: true }) },
    { name: 'alone-joined', file: 'talk.mp3', make: behindEachOther({ name: 'a.mp3', picture: null, audio: ['-c:a', 'libmp3lame'] }, { name: 'b.mp3', picture: null, audio: ['-c:a', 'libmp3lame'] }), expect: plays(8, { picture: false, pairs: 0, give: 4.3, beeps: 3 }) },
    withCover('cover-mp3', 'talk.mp3', ['-c:a', 'libmp3lame'], ['-id3v2_version', '3']),
    withCover('cover-m4a', 'talk.m4a', aac),
    withCover('cover-flac', 'talk.flac', ['-c:a', 'flac']),
    { name: 'picture-alone', file: 'film.mp4', make: film({ sound: null, video: h264 }), expect: plays(4, { sound: false, pairs: 0, flashes: 3 }) },
    { name: 'picture-alone-transport-stream', file: 'film.ts', make: film({ sound: null, video: h264 }), expect: plays(4, { sound: false, pairs: 0, flashes: 3 }) },
];
