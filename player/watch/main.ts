import { pageData, type PageData } from '../common/page.ts';
import type { WatchPage } from './chapters.ts';
import { watchStream } from './live/stream.ts';
import { startSecond } from './time_text.ts';
import { Watching } from './watching.ts';

const stage = document.getElementById('stage');
if (stage) {
  const page = pageData<PageData & WatchPage>();
  const watching = new Watching(stage, page);
  const at = startSecond(location.search);
  if (page.live) watchStream(watching, page.live, at);
  else void watching.start(at);
}
