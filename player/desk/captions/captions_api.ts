import { ask, sendFile } from '../../common/api.ts';

/** What the desk's API says of captions: server/README.md. */
export interface Track {
  readonly language: string;
  readonly label: string;
  /** How many. */
  readonly cues: number;
  /** Whether it came inside the recording, and nobody has changed it since. */
  readonly found?: boolean;
}

export interface TakenFile extends Track {
  readonly encoding: string;
  readonly notes: readonly string[];
}

export interface Cue {
  readonly start_s: number;
  readonly end_s: number;
  readonly text: string;
}

interface TrackList {
  readonly captions: readonly Track[];
}

interface TrackCues {
  /** Changes with its cues and its name: who saves says what they saw. */
  readonly version: string;
  readonly cues: readonly Cue[];
}

/** More than the server takes (catalog/caption_file.h). */
export const LARGEST_FILE = 20_000_000;

const all = (video: string) => `/api/desk/videos/${encodeURIComponent(video)}/captions`;
const one = (video: string, language: string) => `${all(video)}/${encodeURIComponent(language)}`;

export const listTracks = (video: string, signal?: AbortSignal) => ask<TrackList>('GET', all(video), undefined, signal);
export const putFile = (video: string, language: string, label: string, file: File) =>
  sendFile<TakenFile>(`${one(video, language)}?label=${encodeURIComponent(label)}`, file);
export const readCues = (video: string, language: string, signal?: AbortSignal) => ask<TrackCues>('GET', one(video, language), undefined, signal);
export const saveCues = (video: string, language: string, cues: readonly Cue[], version: string) =>
  ask<Track>('POST', `${one(video, language)}/cues`, { cues, version });
export const replaceWord = (video: string, language: string, from: string, to: string, version: string) =>
  ask<{ readonly replaced: number }>('POST', `${one(video, language)}/replace`, { from, to, version });
export const deleteTrack = (video: string, language: string) => ask<void>('DELETE', one(video, language));
