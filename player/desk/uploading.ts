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

/** What the server knows of an upload: nothing, that it is on its way, or all of it. */
const stageOf = (upload: FileUpload) => (upload.state.phase === 'done' ? 'arrived' : upload.id ? 'begun' : 'nothing');

/** The uploads of this page. `news` is called when the server knows more of one. Leaving while one runs asks first. */
export function useUploading(news: () => void): Uploading {
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const [, setVersion] = useState(0);
  const stages = useRef(new Map<FileUpload, string>());
  const running = uploads.some(({ state }) => state.phase === 'sending');
  useEffect(() => {
    if (!running) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [running]);
  useEffect(() => {
    for (const upload of uploads) {
      const stage = stageOf(upload);
      if (stage === (stages.current.get(upload) ?? 'nothing')) continue;
      stages.current.set(upload, stage);
      news();
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
      upload.cancel().catch(() => undefined).finally(news);
    },
  };
}
