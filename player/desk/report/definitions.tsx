import { text } from '../../common/page.ts';

/** What each figure is, beside the figures. */
export function Definitions() {
  const defined: readonly (readonly [string, string])[] = [
    [text('report.watched_people'), text('report.defined_watched_people')],
    [text('report.live'), text('report.defined_live')],
    [text('report.openers'), text('report.defined_openers')],
    [text('report.viewers'), text('report.defined_viewers')],
    [text('report.live_seconds'), text('report.defined_live_seconds')],
    [text('report.seconds'), text('report.defined_seconds')],
    [text('report.venue'), text('report.defined_venue')],
    [text('report.zoom'), text('report.defined_zoom')],
    [text('report.absent'), text('report.defined_absent')],
    [text('report.row_total'), text('report.defined_total')],
    [text('report.counted'), text('report.defined_counted')],
  ];
  return (
    <section class="report-definitions" aria-labelledby="report-definitions">
      <h2 id="report-definitions">{text('report.definitions')}</h2>
      <dl>
        {defined.map(([name, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
