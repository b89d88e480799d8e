import { text } from '../../common/page.ts';
import type { LiveView } from './live_api.ts';

/** Who watches now. */
export function ViewersPanel({ live: { viewers } }: { readonly live: LiveView }) {
  return (
    <section class="panel" aria-labelledby="live-viewers">
      <h2 id="live-viewers">{text('desk.live_viewers')}</h2>
      <p>{viewers.now ? text('desk.live_viewers_now', { count: viewers.now }) : text('desk.live_no_viewers')}</p>
      {viewers.by_municipality.length > 0 && (
        <table class="desk-table">
          <caption class="for-ears">{text('desk.live_viewers')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('desk.live_municipality')}</th>
              <th scope="col">{text('desk.live_count')}</th>
            </tr>
          </thead>
          <tbody>
            {viewers.by_municipality.map(({ code, name, count }) => (
              <tr key={code}>
                <th scope="row">{name}</th>
                <td data-label={text('desk.live_count')}>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
