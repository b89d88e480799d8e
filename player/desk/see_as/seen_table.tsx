import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { isSeen, reasonsOf, verdictInWords, verdictOf } from './reasons.ts';
import type { SeenItem } from './see_as_api.ts';
import { pageAddress } from './see_as_form.ts';

interface Props {
  readonly items: readonly SeenItem[];
  /** Says who looks, and when. */
  readonly query: string;
  readonly zone: Zone;
  /** The instant that is looked at. */
  readonly at: number;
}

/** Where they meet it: a video's page, or that of the session that a handout lies with. */
function placeOf({ kind, id, page, session_id }: SeenItem): string {
  if (kind === 'video') return `/videos/${encodeURIComponent(id)}`;
  if (page) return `/videos/${encodeURIComponent(page.id)}`;
  return session_id ? `/sessions/${encodeURIComponent(session_id)}` : '/';
}

function Row({ item, query, zone, at }: { readonly item: SeenItem } & Omit<Props, 'items'>) {
  const page = item.kind === 'video' ? item.id : item.page?.id;
  const where = [
    item.kind === 'video' ? text('windows.kind_video') : text('windows.kind_material'),
    item.page?.title ?? item.session ?? item.series?.title ?? '',
  ];
  const title = item.title || text('desk.untitled');
  const verdict = verdictOf(item);
  return (
    <tr>
      <th scope="row">
        {page ? <a href={`/desk/videos/${encodeURIComponent(page)}`}>{title}</a> : title}
        <span class="quiet"> {where.filter(Boolean).join(' ')}</span>{' '}
        <a class="see-as-open" href={pageAddress(query, placeOf(item))}>
          {text('see_as.open')}
          <span class="for-ears">{text('see_as.open_of', { title })}</span>
        </a>
      </th>
      <td data-label={text('see_as.column_verdict')}>
        <span class={`mark ${isSeen(item) ? 'mark-open' : 'mark-closed'}`}>{verdictInWords(verdict)}</span>
      </td>
      <td data-label={text('see_as.column_reason')}>
        {reasonsOf(item, zone, at).map((reason) => (
          <span class="reason" key={reason}>
            {reason}
          </span>
        ))}
      </td>
    </tr>
  );
}

/** Each video and material as somebody meets it, and why. */
export function SeenTable({ items, query, zone, at }: Props) {
  return (
    <table class="desk-table see-as-table">
      <caption class="for-ears">{text('see_as.list')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('desk.column_title')}</th>
          <th scope="col">{text('see_as.column_verdict')}</th>
          <th scope="col">{text('see_as.column_reason')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={`${item.kind} ${item.id}`} item={item} query={query} zone={zone} at={at} />
        ))}
      </tbody>
    </table>
  );
}
