import { ask, Refusal } from '../common/api.ts';
import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import { sizeInWords } from '../common/size.ts';

const LOOK_AGAIN_MS = 2000;

/** How far the file of a video is: server/README.md. */
type Answer =
  | { readonly state: 'making' }
  | { readonly state: 'ready'; readonly url: string; readonly file_name: string; readonly bytes: number };

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A button that has the video's file made where it is not there, and then takes it. */
export function offerDownload(address: string, place: HTMLElement, signal: AbortSignal): void {
  const button = element('button', { type: 'button', class: 'plain' }, text('watch.download'));
  const said = element('span', { role: 'status', class: 'quiet' });
  const take = async () => {
    let answer = await ask<Answer>('POST', address, undefined, signal);
    while (answer.state === 'making') {
      said.textContent = text('watch.download_making');
      await pause(LOOK_AGAIN_MS);
      answer = await ask<Answer>('POST', address, undefined, signal);
    }
    // The answer is an attachment: the page stays.
    element('a', { href: answer.url }).click();
    said.textContent = text('watch.download_begun', { file: answer.file_name, size: sizeInWords(answer.bytes) });
  };
  button.addEventListener('click', () => {
    button.disabled = true;
    said.textContent = '';
    take()
      .catch((error: unknown) => {
        if (signal.aborted) return;
        said.textContent = error instanceof Refusal && error.message ? error.message : text('site.unreachable');
      })
      .finally(() => {
        button.disabled = false;
      });
  }, { signal });
  place.append(element('span', { class: 'download' }, button, said));
}
