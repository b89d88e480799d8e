import { useState } from 'preact/hooks';
import { instantInWords } from '../common/dates.ts';
import { pageData, text } from '../common/page.ts';
import { Zone } from '../common/zone.ts';
import { Meter } from '../desk/parts.tsx';
import { useAttempt, usePolling } from '../desk/polling.ts';
import type { DeskVideo } from '../desk/types.ts';
import type { Player } from '../watch/player.ts';
import { preciseText } from './precise_time.ts';
import { WithdrawForm } from './withdraw_form.tsx';
import { readWithdrawals, tryAgain, type Withdrawal, type Withdrawals } from './withdrawals_api.ts';

const isAtWork = ({ withdrawals }: Withdrawals) => withdrawals.some(({ state }) => state === 'withheld');

function WithdrawalRow({ withdrawal }: { readonly withdrawal: Withdrawal }) {
  const { zone, now } = pageData();
  const { begin_s, end_s, lost, reason, by, at, state } = withdrawal;
  return (
    <li>
      <p>
        <b>{text('withdraw.span', { begin: preciseText(begin_s), end: preciseText(end_s) })}</b> {lost === 'sound' ? text('withdraw.mute') : text('withdraw.blank')}
      </p>
      <p>{reason}</p>
      <p class="quiet">{text('withdraw.by', { who: by ?? text('withdraw.unknown'), when: instantInWords(at, new Zone(zone), Date.parse(now)) })}</p>
      <p>{state === 'removed' ? text('withdraw.is_removed') : text('withdraw.is_withheld')}</p>
    </li>
  );
}

interface Props {
  readonly video: DeskVideo;
  readonly player: Player;
}

/** What was taken back of a recording, and how far its files are. */
export function WithdrawPage({ video, player }: Props) {
  const polled = usePolling((signal) => readWithdrawals(video.id, signal), isAtWork);
  const { problem, attempt } = useAttempt(polled.refresh);
  const [told, setTold] = useState('');
  const all = polled.value;
  const trouble = problem || polled.problem;
  const done = (now: Withdrawals) => {
    polled.put(now);
    polled.refresh();
    setTold(text('withdraw.done'));
  };
  return (
    <>
      <p role="status" class="told">
        {told}
      </p>
      {trouble && (
        <p class="problem" role="alert">
          {trouble}
        </p>
      )}
      <WithdrawForm video={video.id} player={player} done={done} />
      <section class="panel" aria-labelledby="withdraw-list">
        <h2 id="withdraw-list">{text('withdraw.list')}</h2>
        {all && isAtWork(all) && !all.failure && (
          <div>
            <p>{text('withdraw.making')}</p>
            <Meter fraction={all.fraction ?? 0} label={text('withdraw.making')} />
          </div>
        )}
        {all?.failure && (
          <div class="problem" role="alert">
            <p>{all.failure}</p>
            <p>{text('withdraw.still_withheld')}</p>
            <button type="button" onClick={() => void attempt(tryAgain(video.id))}>
              {text('withdraw.again')}
            </button>
          </div>
        )}
        {all && all.withdrawals.length === 0 && <p class="quiet">{text('withdraw.none')}</p>}
        {all && all.withdrawals.length > 0 && (
          <ul class="withdrawals">
            {all.withdrawals.map((withdrawal) => (
              <WithdrawalRow key={withdrawal.id} withdrawal={withdrawal} />
            ))}
          </ul>
        )}
        <p>
          <a href={`/videos/${encodeURIComponent(video.id)}?preview`}>{text('desk.preview')}</a>
        </p>
      </section>
    </>
  );
}
