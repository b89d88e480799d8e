import { render } from 'preact';
import { pageData, type PageData } from '../common/page.ts';
import { Zone } from '../common/zone.ts';
import { DeskContext } from './context.ts';
import { ReportPage } from './report/report_page.tsx';
import { VideoDetails } from './video_details.tsx';
import { VideoList } from './video_list.tsx';

/** What the desk's pages hold for this script. */
interface DeskPage extends PageData {
  /** The video that the page is about; empty: the list of all. */
  readonly video: string;
  /** Whether it is the report of who took part. */
  readonly report: boolean;
}

function Desk({ video, report }: DeskPage) {
  if (report) return <ReportPage />;
  return video ? <VideoDetails id={video} /> : <VideoList />;
}

const place = document.getElementById('desk');
if (place) {
  const page = pageData<DeskPage>();
  place.replaceChildren();
  render(
    <DeskContext.Provider value={{ zone: new Zone(page.zone), now: Date.parse(page.now) }}>
      <Desk {...page} />
    </DeskContext.Provider>,
    place,
  );
}
