import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeskVideo, UnfinishedUpload } from './types.ts';
import { FileUpload, unfinishedFor } from './upload.ts';

export interface Uploading {
  readonly uploads: readonly FileUpload[];
  /** Sends files; `video` is the one they belong to, empty for a new draft each. */
  add(files: Iterable<File>, video: string, unfinished: readonly UnfinishedUpload[]): void;
  remove(upload: FileUpload): void;
}

export const unfinishedOf = (videos: readonly DeskVideo[]): UnfinishedUpload[] =>
  videos.flatMap(({ upload }) => (upload ? [upload] : []));

/** The uploads of this page. `finished` is called as each arrives. Leaving while one runs asks first. */
export function useUploading(finished: () => void): Uploading {
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const [, setVersion] = useState(0);
  const told = useRef(new Set<FileUpload>());
  const running = uploads.some(({ state }) => state.phase === 'sending');
  useEffect(() => {
    if (!running) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [running]);
  useEffect(() => {
    for (const upload of uploads) {
      if (upload.state.phase !== 'done' || told.current.has(upload)) continue;
      told.current.add(upload);
      finished();
    }
  });
  const changed = () => setVersion((version) => version + 1);
  return {
    uploads,
    add: (files, video, unfinished) => {
      const begun = [...files].map((file) => new FileUpload(file, video, unfinishedFor(file, unfinished), changed));
      setUploads((before) => [...before, ...begun]);
    },
    remove: (upload) => {
      setUploads((before) => before.filter((other) => other !== upload));
      upload.cancel().catch(() => undefined).finally(finished);
    },
  };
}
