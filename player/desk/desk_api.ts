import { ask } from '../common/api.ts';
import type { CheckedVideo, Choices, Clip, DeskVideo, VideoChange } from './types.ts';

interface VideoList {
  readonly videos: readonly DeskVideo[];
  readonly now: string;
}

const at = (id: string) => `/api/desk/videos/${encodeURIComponent(id)}`;

export const listVideos = (signal?: AbortSignal) => ask<VideoList>('GET', '/api/desk/videos', undefined, signal);
export const readVideo = (id: string, signal?: AbortSignal) => ask<CheckedVideo>('GET', at(id), undefined, signal);
export const createVideo = (change: VideoChange) => ask<CheckedVideo>('POST', '/api/desk/videos', change);
/** `version`: what was seen of it; throws Refusal (conflict) where another one has changed it meanwhile. */
export const changeVideo = (id: string, change: VideoChange, version = '') =>
  ask<CheckedVideo>('PATCH', at(id), version ? { ...change, version } : change);
export const deleteVideo = (id: string) => ask<void>('DELETE', at(id));
export const retryRecording = (id: string) => ask<void>('POST', `${at(id)}/retry`);
export const readChoices = () => ask<Choices>('GET', '/api/desk/choices');
/** `seen`: what the change was made from. Throws Refusal (conflict) where another one has changed it meanwhile. */
export const setClip = (id: string, clip: Clip, seen: Clip) => ask<DeskVideo>('POST', `${at(id)}/clip`, { ...clip, seen });
/** Another video of the same recording. */
export const copyVideo = (id: string, title: string) => ask<DeskVideo>('POST', `${at(id)}/clips`, { title });
