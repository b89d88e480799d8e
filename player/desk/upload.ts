import { DetailedError, Upload } from 'tus-js-client';
import type { UnfinishedUpload } from './types.ts';

const ENDPOINT = '/api/uploads';
/** A request's size: small enough for gateways that hold a body back, large enough for a sync each. */
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

export interface UploadState {
  readonly phase: 'sending' | 'paused' | 'done' | 'failed';
  readonly sent: number;
  readonly length: number;
  /** Bytes a second, of this sending. */
  readonly rate: number;
  /** The server's sentence where it said one. */
  readonly problem: string;
}

/** The server's unfinished upload that a file goes on with, by what both know of it. */
export function unfinishedFor(file: Pick<File, 'name' | 'size'>, unfinished: readonly UnfinishedUpload[]): UnfinishedUpload | undefined {
  return unfinished.find(({ file_name, length }) => file_name === file.name && length === file.size);
}

/** The sentence in a refusal's body. */
export function sentenceOf(error: Error): string {
  if (!(error instanceof DetailedError)) return '';
  try {
    const body = JSON.parse(error.originalResponse?.getBody() ?? '') as { error?: { message?: string } };
    return body.error?.message ?? '';
  } catch {
    return '';
  }
}

/** One file on its way in. It can be paused, and goes on after a reload when the same file is picked again. */
export class FileUpload {
  #state: UploadState;
  readonly #upload: Upload;
  #begun = 0;
  #begunAt = 0;

  /**
   * `video` empty: the server makes a draft, unless the file is a `material`'s. `known`: what the server has of this file
   * already.
   */
  constructor(
    readonly file: File,
    readonly video: string,
    known: UnfinishedUpload | undefined,
    private readonly changed: () => void,
    material = '',
  ) {
    this.#state = { phase: 'sending', sent: known?.offset ?? 0, length: file.size, rate: 0, problem: '' };
    const metadata: Record<string, string> = { filename: file.name, filetype: file.type };
    if (video) metadata['video'] = video;
    if (material) metadata['material'] = material;
    this.#upload = new Upload(file, {
      endpoint: ENDPOINT,
      uploadUrl: known ? `${ENDPOINT}/${known.id}` : null,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata,
      removeFingerprintOnSuccess: true,
      onProgress: (sent) => this.#progress(sent),
      onSuccess: () => this.#set({ phase: 'done', sent: file.size }),
      onError: (error) => this.#set({ phase: 'failed', problem: sentenceOf(error) }),
      onUploadUrlAvailable: () => this.changed(),
    });
    void this.#begin(known !== undefined);
  }

  async #begin(known: boolean): Promise<void> {
    if (!known) {
      const [previous] = await this.#upload.findPreviousUploads();
      if (previous) this.#upload.resumeFromPreviousUpload(previous);
    }
    this.#upload.start();
  }

  get state(): UploadState {
    return this.#state;
  }

  /** The upload's id on the server; empty while it is not known. */
  get id(): string {
    return this.#upload.url?.split('/').at(-1) ?? '';
  }

  pause(): void {
    void this.#upload.abort().then(() => this.#set({ phase: 'paused', rate: 0 }));
  }

  goOn(): void {
    this.#begunAt = 0;
    this.#set({ phase: 'sending', problem: '' });
    this.#upload.start();
  }

  /** Ends it here and on the server. */
  async cancel(): Promise<void> {
    await this.#upload.abort(true);
  }

  #progress(sent: number): void {
    const now = performance.now();
    if (!this.#begunAt) [this.#begun, this.#begunAt] = [sent, now];
    const seconds = (now - this.#begunAt) / 1000;
    this.#set({ sent, rate: seconds > 1 ? (sent - this.#begun) / seconds : 0 });
  }

  #set(change: Partial<UploadState>): void {
    this.#state = { ...this.#state, ...change };
    this.changed();
  }
}
