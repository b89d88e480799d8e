import type { Refusal } from '../common/api.ts';
import type { DeskVideo } from '../desk/types.ts';
import { CaptionChoice } from '../watch/caption_choice.ts';
import { Chapters } from '../watch/chapters.ts';
import { Controls } from '../watch/controls.ts';
import { Grant } from '../watch/grant.ts';
import { HlsPlayer } from '../watch/hls_player.ts';
import { hlsSettings } from '../watch/hls_settings.ts';
import { LatencyChoice } from '../watch/live/latency.ts';
import type { Player } from '../watch/player.ts';
import { Thumbnails } from '../watch/thumbnails.ts';

/** Plays all of the recording, whatever the video shows of it. */
export async function wholeRecording(stage: HTMLElement, video: DeskVideo, refused: (refusal: Refusal) => void): Promise<Player> {
  const address = `/api/desk/videos/${encodeURIComponent(video.id)}/preview`;
  const grant = await Grant.ask(address, refused, { whole: true });
  const { signal } = new AbortController();
  const latency = new LatencyChoice(() => undefined);
  const nothing = () => undefined;
  const player = new HlsPlayer(video.title, hlsSettings(() => grant, latency), false, undefined, nothing, nothing);
  stage.replaceChildren(player.element);
  new Controls(player, new Chapters([]), [], new Thumbnails(() => grant), new CaptionChoice(player, signal), latency, signal);
  player.load({ url: grant.answer.url, pieces: null, captions: [], standIns: [], startAt: video.clip.begin_s ?? 0 });
  return player;
}
