import { render } from 'preact';
import { pageData, type PageData } from '../common/page.ts';
import { Zone } from '../common/zone.ts';
import { DeskContext } from './context.ts';
import { Departments } from './departments.tsx';
import { VideoDetails } from './video_details.tsx';
import { VideoList } from './video_list.tsx';

/** What the desk's pages hold for this script. */
interface DeskPage extends PageData {
  /** The video that the page is about; empty: the list of all. */
  readonly video: string;
  /** Another of the desk's pages; empty: videos. */
  readonly place: '' | 'departments';
}

const place = document.getElementById('desk');
if (place) {
  const page = pageData<DeskPage>();
  place.replaceChildren();
  render(
    <DeskContext.Provider value={{ zone: new Zone(page.zone), now: Date.parse(page.now) }}>
      {page.place === 'departments' ? <Departments /> : page.video ? <VideoDetails id={page.video} /> : <VideoList />}
    </DeskContext.Provider>,
    place,
  );
}
