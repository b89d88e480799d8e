import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { isSeen, reasonsOf, verdictInWords, verdictOf } from './reasons.ts';
import type { SeenItem } from './see_as_api.ts';

interface Props {
  readonly items: readonly SeenItem[];
  readonly zone: Zone;
  /** The instant that is looked at. */
  readonly at: number;
}

function Row({ item, zone, at }: { readonly item: SeenItem } & Omit<Props, 'items'>) {
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
        <span class="quiet"> {where.filter(Boolean).join(' ')}</span>
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
export function SeenTable({ items, zone, at }: Props) {
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
          <Row key={`${item.kind} ${item.id}`} item={item} zone={zone} at={at} />
        ))}
      </tbody>
    </table>
  );
}
