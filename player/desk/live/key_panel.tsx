import { useContext } from 'preact/hooks';
import { instantInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { AskingButton } from '../parts.tsx';
import type { LiveView, StreamKey } from './live_api.ts';

interface LineProps {
  readonly name: string;
  readonly value: string;
  readonly tell: (words: string) => void;
}

/** A value to be copied into another program. */
function CopyLine({ name, value, tell }: LineProps) {
  const copy = () => {
    // Absent where the page came without TLS from another machine.
    const copied = navigator.clipboard?.writeText(value) ?? Promise.reject(new Error('no clipboard'));
    copied.then(() => tell(text('desk.copied', { name })), () => tell(text('desk.copy_failed')));
  };
  return (
    <div class="copy-line">
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <button type="button" aria-label={text('desk.copy_of', { name })} onClick={copy}>
          {text('desk.copy')}
        </button>
      </dd>
    </div>
  );
}

interface KeyLinesProps {
  readonly made: StreamKey;
  readonly page: string;
  readonly tell: (words: string) => void;
}

function KeyLines({ made: { key, passphrase, rtmp, srt }, page, tell }: KeyLinesProps) {
  const lines: [string, string][] = [];
  if (rtmp) lines.push([text('desk.live_server'), rtmp], [text('desk.live_stream_key'), key]);
  if (rtmp) lines.push([text('desk.live_zoom_page'), page], [text('desk.live_ffmpeg'), `${rtmp}/${key}`]);
  const encrypted = `${srt?.split('?')[0] ?? ''}?streamid=#!::r=${key},m=publish,e=1&passphrase=${passphrase}`;
  if (srt) lines.push([text('desk.live_srt'), srt], [text('desk.live_srt_encrypted'), encrypted]);
  return (
    <div class="key-lines">
      <p class="warning">{text('desk.live_key_once')}</p>
      <dl>
        {lines.map(([name, value]) => (
          <CopyLine key={name} name={name} value={value} tell={tell} />
        ))}
      </dl>
    </div>
  );
}

interface Props {
  readonly id: string;
  readonly live: LiveView;
  readonly busy: boolean;
  readonly made: StreamKey | undefined;
  readonly make: () => void;
  readonly tell: (words: string) => void;
}

/** The secret with which a publisher sends: shown once, when it is made. */
export function KeyPanel({ id, live: { key_made_at, addresses }, busy, made, make, tell }: Props) {
  const { zone, now } = useContext(DeskContext);
  const listens = addresses.rtmp !== null || addresses.srt !== null;
  const page = new URL(`/videos/${encodeURIComponent(id)}`, location.href).href;
  const words = key_made_at ? text('desk.live_key_made', { time: instantInWords(key_made_at, zone, now) }) : text('desk.live_no_key');
  return (
    <section class="panel" aria-labelledby="live-key">
      <h2 id="live-key">{text('desk.live_key')}</h2>
      <p class="quiet">{text('desk.live_key_hint')}</p>
      {!listens && <p class="warning">{text('desk.live_not_listening')}</p>}
      {made ? <KeyLines made={made} page={page} tell={tell} /> : <p>{words}</p>}
      <div class="buttons">
        {key_made_at ? (
          <AskingButton
            action={text('desk.live_new_key')}
            disabled={busy}
            question={text('desk.live_new_key_question')}
            lost={[text('desk.live_old_key_void')]}
            run={make}
          />
        ) : (
          <button type="button" disabled={busy} onClick={make}>
            {text('desk.live_make_key')}
          </button>
        )}
      </div>
    </section>
  );
}
