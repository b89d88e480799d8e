import { pageData, type PageData } from '../../common/page.ts';
import { preferredQuality } from '../../common/preferred_quality.ts';
import type { WatchPage } from '../chapters.ts';
import { startSecond } from '../time_text.ts';
import { EarlyLoads } from './early_loads.ts';

const page = pageData<PageData & WatchPage>();
// A stream is asked for when there is something to play.
if (!page.live) globalThis.kirokuEarly = new EarlyLoads(page.play, startSecond(location.search) ?? 0, preferredQuality());
