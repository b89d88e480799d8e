// A meeting room: ffmpeg in the place of Zoom, OBS or a hardware encoder.
import { spawn } from 'node:child_process';

/** Sends `file` at its own speed, round and round, until it is stopped. */
export class Publisher {
  constructor(file, address) {
    this.process = spawn('ffmpeg', [
      '-v', 'error', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy', '-f', 'flv', address,
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.errors = '';
    this.process.stderr.on('data', (bytes) => (this.errors += bytes));
    this.gone = new Promise((resolve) => this.process.once('close', resolve));
  }

  /** The line is cut. */
  async cut() {
    this.process.kill('SIGKILL');
    await this.gone;
  }
}
