import { useState } from 'preact/hooks';
import { text } from '../common/page.ts';
import { Confirm } from '../desk/parts.tsx';
import { inWords } from '../desk/polling.ts';
import type { Player } from '../watch/player.ts';
import { preciseSeconds, preciseText } from './precise_time.ts';
import { effectOf, withdraw, type Effect, type Lost, type Withdrawals } from './withdrawals_api.ts';

interface TimeProps {
  readonly label: string;
  /** What the button beside it does. */
  readonly here: string;
  readonly value: string;
  readonly player: Player;
  readonly change: (value: string) => void;
}

/** A time to the tenth of a second, written or taken from where the player is. */
function TimeField({ label, here, value, player, change }: TimeProps) {
  const seconds = preciseSeconds(value);
  return (
    <div class="clip-time">
      <label>
        {label}
        <input type="text" size={11} required aria-invalid={value !== '' && seconds === undefined ? 'true' : undefined} value={value} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={() => change(preciseText(player.state.time))}>
        {here}
      </button>
      <button type="button" disabled={seconds === undefined} onClick={() => seconds !== undefined && player.seek(seconds)}>
        {text('withdraw.look', { what: label })}
      </button>
    </div>
  );
}

/** What is lost for good, a sentence each. */
function lostInWords(effect: Effect, lost: Lost): string[] {
  const span = { begin: preciseText(effect.begin_s), end: preciseText(effect.end_s) };
  return [
    lost === 'sound' ? text('withdraw.lost_sound', span) : text('withdraw.lost_all', span),
    ...(effect.cues ? [text('withdraw.lost_cues', { count: effect.cues })] : []),
    ...(effect.chapters ? [text('withdraw.lost_chapters', { count: effect.chapters })] : []),
    ...(effect.source ? [text('withdraw.lost_source')] : []),
    text('withdraw.of_videos', { titles: effect.videos.map((title) => `「${title || text('desk.untitled')}」`).join('') }),
    text('withdraw.in_backups'),
  ];
}

interface Props {
  readonly video: string;
  readonly player: Player;
  readonly done: (all: Withdrawals) => void;
}

/** Chooses what is taken back, and asks before it is. */
export function WithdrawForm({ video, player, done }: Props) {
  const [begin, setBegin] = useState('');
  const [end, setEnd] = useState('');
  const [lost, setLost] = useState<Lost>('picture_and_sound');
  const [reason, setReason] = useState('');
  const [effect, setEffect] = useState<Effect>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  const question = (event: Event) => {
    event.preventDefault();
    const begin_s = preciseSeconds(begin);
    const end_s = preciseSeconds(end);
    if (begin_s === undefined || end_s === undefined) setProblem(text('withdraw.wrong_time'));
    else void attempt(async () => setEffect(await effectOf(video, { begin_s, end_s })));
  };
  const answered = (confirmed: boolean) => {
    const asked = effect;
    setEffect(undefined);
    if (!confirmed || !asked) return;
    void attempt(async () => {
      done(await withdraw(video, { begin_s: asked.begin_s, end_s: asked.end_s, lost, reason }));
      setBegin('');
      setEnd('');
      setReason('');
    });
  };
  const choices: readonly (readonly [Lost, string])[] = [
    ['picture_and_sound', text('withdraw.blank')],
    ['sound', text('withdraw.mute')],
  ];
  return (
    <section class="panel" aria-labelledby="withdraw-form">
      <h2 id="withdraw-form">{text('withdraw.choose')}</h2>
      <p class="quiet">{text('withdraw.hint')}</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <form onSubmit={question}>
        <TimeField label={text('withdraw.begin')} here={text('withdraw.begin_here')} value={begin} player={player} change={setBegin} />
        <TimeField label={text('withdraw.end')} here={text('withdraw.end_here')} value={end} player={player} change={setEnd} />
        <fieldset class="withdraw-lost">
          <legend>{text('withdraw.what')}</legend>
          {choices.map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="lost" checked={lost === value} onChange={() => setLost(value)} />
              {label}
            </label>
          ))}
        </fieldset>
        <label class="withdraw-reason">
          {text('withdraw.reason')}
          <textarea rows={2} maxLength={1000} required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <p class="quiet">{text('withdraw.reason_hint')}</p>
        <div class="buttons">
          <button type="submit" class="danger" disabled={busy}>
            {text('withdraw.ask')}
          </button>
        </div>
      </form>
      {effect && <Confirm question={text('withdraw.question')} lost={lostInWords(effect, lost)} action={text('withdraw.do')} done={answered} />}
    </section>
  );
}
