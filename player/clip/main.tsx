import { render } from 'preact';
import { element } from '../common/dom.ts';
import { pageData, type PageData } from '../common/page.ts';
import { readVideo } from '../desk/desk_api.ts';
import { inWords } from '../desk/polling.ts';
import { ClipForm } from './clip_form.tsx';
import { wholeRecording } from './whole_recording.ts';

interface ClipPage extends PageData {
  readonly video: string;
}

async function start(stage: HTMLElement, place: HTMLElement): Promise<void> {
  const say = (words: string) => place.replaceChildren(element('p', { class: 'problem', role: 'alert' }, words));
  try {
    const video = await readVideo(pageData<ClipPage>().video);
    const player = await wholeRecording(stage, video, (refusal) => say(refusal.message));
    place.replaceChildren();
    render(<ClipForm video={video} player={player} />, place);
  } catch (error) {
    stage.hidden = true;
    say(inWords(error));
  }
}

const stage = document.getElementById('stage');
const place = document.getElementById('clip');
if (stage && place) void start(stage, place);
