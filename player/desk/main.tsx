import { render } from 'preact';
import { pageData, type PageData } from '../common/page.ts';
import { Zone } from '../common/zone.ts';
import { DeskContext } from './context.ts';
import { Departments } from './departments.tsx';
import { Questions } from './questions.tsx';
import { ReportPage } from './report/report_page.tsx';
import { VideoDetails } from './video_details.tsx';
import { VideoList } from './video_list.tsx';

/** What the desk's pages hold for this script. */
interface DeskPage extends PageData {
  /** The video that the page is about; empty: the list of all. */
  readonly video: string;
  /** Another of the desk's pages; empty: videos. */
  readonly place: '' | 'departments' | 'questions' | 'report';
}

function Place({ page }: { readonly page: DeskPage }) {
  if (page.place === 'departments') return <Departments />;
  if (page.place === 'questions') return <Questions />;
  if (page.place === 'report') return <ReportPage />;
  return page.video ? <VideoDetails id={page.video} /> : <VideoList />;
}

const place = document.getElementById('desk');
if (place) {
  const page = pageData<DeskPage>();
  place.replaceChildren();
  render(
    <DeskContext.Provider value={{ zone: new Zone(page.zone), now: Date.parse(page.now) }}>
      <Place page={page} />
    </DeskContext.Provider>,
    place,
  );
}
