import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import type { LiveView, Publisher } from './live_api.ts';

const oneDigit = (value: number) => (Math.round(value * 10) / 10).toString();

function figuresOf({ protocol, width, height, frame_rate, bit_rate, late_s, key_frame_s, dropped_frames, sound }: Publisher) {
  const figures: [string, string][] = [[text('desk.live_protocol'), protocol.toUpperCase()]];
  if (width === undefined || height === undefined) return figures;
  const seconds = (value = 0) => text('desk.live_seconds', { seconds: oneDigit(value) });
  figures.push(
    [text('desk.live_picture'), text('desk.live_picture_of', { width, height, rate: oneDigit(frame_rate ?? 0) })],
    [text('desk.live_bit_rate'), text('desk.live_bit_rate_of', { rate: oneDigit((bit_rate ?? 0) / 1e6) })],
    [text('desk.live_key_frames'), seconds(key_frame_s)],
    [text('desk.live_late'), seconds(late_s)],
    [text('desk.live_dropped'), String(dropped_frames ?? 0)],
    [text('desk.live_sound'), sound ? text('desk.live_has_sound') : text('desk.live_no_sound')],
  );
  return figures;
}

/** What comes in, and what becomes of it. */
export function PublisherPanel({ live: { publisher, dropped } }: { readonly live: LiveView }) {
  return (
    <section class="panel" aria-labelledby="live-publisher">
      <h2 id="live-publisher">{text('desk.live_publisher')}</h2>
      {!publisher && <p class="quiet">{text('desk.live_nobody')}</p>}
      {publisher && publisher.width === undefined && <p class="quiet">{text('desk.live_waiting_for_figures')}</p>}
      {publisher && (
        <dl class="figures">
          {figuresOf(publisher).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {dropped.length > 0 && <Problem>{text('desk.live_rungs_dropped', { names: dropped.join('、') })}</Problem>}
    </section>
  );
}
