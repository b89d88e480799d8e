/** Plays a page's recording from any web server, without Kiroku. One classic script: pages opened as files take no modules. */
import Hls from 'hls.js';

const video = document.querySelector('video');
const source = video?.querySelector('source');

/** Shows one of the sentences that the page holds. */
function tell(when: 'file' | 'failed'): void {
  const sentence = document.querySelector<HTMLElement>(`[data-when="${when}"]`);
  if (sentence) sentence.hidden = false;
}

function goTo(player: HTMLVideoElement, seconds: string | undefined): void {
  if (!seconds) return;
  player.currentTime = Number(seconds);
  player.play().catch(() => tell('failed'));
}

if (video && source && location.protocol === 'file:') {
  tell('file');
} else if (video && source && Hls.isSupported()) {
  const hls = new Hls({ maxBufferLength: 30, startLevel: 0 });
  hls.on(Hls.Events.ERROR, (_event, { fatal }) => {
    if (fatal) tell('failed');
  });
  hls.loadSource(source.src);
  hls.attachMedia(video);
} else {
  source?.addEventListener('error', () => tell('failed'));
}

document.addEventListener('click', (event) => {
  const chapter = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-at]') : null;
  if (!chapter || !video) return;
  event.preventDefault();
  goTo(video, chapter.dataset['at']);
});
