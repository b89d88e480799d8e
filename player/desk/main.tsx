import { render } from 'preact';
import { pageData, text, type PageData } from '../common/page.ts';
import { Zone } from '../common/zone.ts';
import { Accounts } from './accounts.tsx';
import { AuditPage } from './audit/audit_page.tsx';
import { DeskContext } from './context.ts';
import { Departments } from './departments.tsx';
import { sweepInput } from './editing/kept_input.ts';
import { NoticesPage } from './notices/notices_page.tsx';
import { Questions } from './questions.tsx';
import { ReportPage } from './report/report_page.tsx';
import { SeeAsPage } from './see_as/see_as_page.tsx';
import { Security } from './security.tsx';
import { SessionList } from './sessions/session_list.tsx';
import { SessionPage } from './sessions/session_page.tsx';
import { VideoDetails } from './video_details.tsx';
import { VideoList } from './video_list.tsx';
import { WindowsPage } from './windows/windows_page.tsx';

/** What the desk's pages hold for this script. */
interface DeskPage extends PageData {
  /** The video that the page is about; empty: the list of all. */
  readonly video: string;
  /** Another of the desk's pages; empty: videos. */
  readonly place: '' | 'accounts' | 'audit' | 'security' | 'departments' | 'questions' | 'report' | 'sessions' | 'session' | 'notices' | 'see-as' | 'windows';
  /** Who looks: what is typed is kept for this account alone. */
  readonly account: string;
  /** The session that the page `session` is about. */
  readonly session: string;
  /** Whether who looks may change nothing: an organiser. The server refuses it in any case. */
  readonly reads_only: boolean;
}

function Place({ page }: { readonly page: DeskPage }) {
  if (page.place === 'accounts') return <Accounts />;
  if (page.place === 'audit') return <AuditPage />;
  if (page.place === 'security') return <Security />;
  if (page.place === 'departments') return <Departments />;
  if (page.place === 'questions') return <Questions />;
  if (page.place === 'report') return <ReportPage />;
  if (page.place === 'sessions') return <SessionList />;
  if (page.place === 'session') return <SessionPage id={page.session} />;
  if (page.place === 'notices') return <NoticesPage />;
  if (page.place === 'windows') return <WindowsPage />;
  if (page.place === 'see-as') return <SeeAsPage />;
  return page.video ? <VideoDetails id={page.video} /> : <VideoList />;
}

/** A place where all that changes something is turned off. The report's own fields choose what is read. */
function ReadOnly({ page }: { readonly page: DeskPage }) {
  return (
    <>
      <p class="callout">{text('desk.reads_only')}</p>
      <fieldset class="desk-place" disabled={page.place !== 'report'}>
        <Place page={page} />
      </fieldset>
    </>
  );
}

const place = document.getElementById('desk');
if (place) {
  sweepInput();
  const page = pageData<DeskPage>();
  place.replaceChildren();
  render(
    <DeskContext.Provider value={{ zone: new Zone(page.zone), now: Date.parse(page.now), readsOnly: page.reads_only }}>
      {page.reads_only ? <ReadOnly page={page} /> : <Place page={page} />}
    </DeskContext.Provider>,
    place,
  );
}
