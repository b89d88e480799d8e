// Recordings made for the tests: a counting picture and a tone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from '../../support/node/program.mjs';

/** A folder for the files of a test. */
export async function mediaFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kiroku-media-'));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Makes a recording of `seconds` and gives its path. */
export async function makeRecording(folder, { name = 'recording.mp4', seconds = 24, size = '854x480', bitrate = '600k' } = {}) {
  const file = path.join(folder, name);
  const made = await runProgram('ffmpeg', [
    '-v', 'error', '-y',
    '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=24:duration=${seconds}`,
    '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
    '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', bitrate, '-minrate', bitrate, '-maxrate', bitrate,
    '-bufsize', bitrate, '-x264-params', 'nal-hrd=cbr:force-cfr=1', '-g', '48',
    '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', file,
  ]);
  if (made.code !== 0) throw new Error(made.errors);
  return file;
}

/** Makes a recording of slides that stand for `each` seconds, one a colour, with a tone. Gives its path. */
export async function makeSlides(folder, { name = 'slides.mp4', each = 12, size = '640x360', colours = ['0x902020', '0x208020', '0x2020a0', '0x808020'] } = {}) {
  const file = path.join(folder, name);
  const slide = (colour) => `color=c=${colour}:s=${size}:r=12:d=${each},drawgrid=w=80:h=60:t=4:c=white`;
  const made = await runProgram('ffmpeg', [
    '-v', 'error', '-y',
    ...colours.flatMap((colour) => ['-f', 'lavfi', '-i', slide(colour)]),
    '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${each * colours.length}`,
    '-filter_complex', `concat=n=${colours.length}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '24',
    '-c:a', 'aac', '-b:a', '96k', file,
  ]);
  if (made.code !== 0) throw new Error(made.errors);
  return file;
}
