import { useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { text } from '../common/page.ts';
import { Problem } from './parts.tsx';
import { inWords, usePolling } from './polling.ts';

interface State {
  readonly on: boolean;
  readonly recovery_codes: number;
  /** Whether the desk is kept from who has none. */
  readonly demanded: boolean;
}

interface Begun {
  readonly secret: string;
  readonly uri: string;
  readonly qr: { readonly size: number; readonly path: string };
}

const ADDRESS = '/api/desk/second-step';
const read = (signal: AbortSignal) => ask<State>('GET', ADDRESS, undefined, signal);
/** 「ABCD EFGH …」: as it is read from one screen and typed into another. */
const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

interface CodeFormProps {
  readonly label: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly send: (code: string) => Promise<unknown>;
}

function CodeForm({ label, action, danger = false, send }: CodeFormProps) {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    send(code).catch((error: unknown) => setProblem(inWords(error)));
  };
  return (
    <form class="department-form" onSubmit={submit}>
      <label>
        {label}
        <input required maxLength={20} autocomplete="one-time-code" spellcheck={false} value={code} onInput={(event) => setCode(event.currentTarget.value)} />
      </label>
      {problem && <Problem>{problem}</Problem>}
      <button type="submit" class={danger ? 'danger' : 'primary'}>
        {action}
      </button>
    </form>
  );
}

function SettingUp({ begun, confirmed }: { readonly begun: Begun; readonly confirmed: (codes: readonly string[]) => void }) {
  const { size, path } = begun.qr;
  return (
    <section class="panel" aria-labelledby="setting-up">
      <h2 id="setting-up">{text('security.read_code')}</h2>
      <p>{text('security.read_code_hint')}</p>
      <svg class="qr-code" role="img" aria-label={text('security.qr_code')} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <dl class="shown-keys">
        <dt>{text('security.secret')}</dt>
        <dd class="totp-secret">{inFours(begun.secret)}</dd>
        <dt>{text('security.uri')}</dt>
        <dd>
          <input type="text" readOnly value={begun.uri} aria-label={text('security.uri')} onFocus={(event) => event.currentTarget.select()} />
        </dd>
      </dl>
      <CodeForm
        label={text('security.code')}
        action={text('security.turn_on')}
        send={async (code) => confirmed((await ask<{ recovery_codes: readonly string[] }>('POST', `${ADDRESS}/confirm`, { code })).recovery_codes)}
      />
    </section>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <section class="panel shown-keys" aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">{text('security.recovery')}</h2>
      <p>{text('security.recovery_once')}</p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </section>
  );
}

/** One's own second step of signing in. */
export function Security() {
  const { value, problem, refresh } = usePolling(read, () => false);
  const [begun, setBegun] = useState<Begun>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [refused, setRefused] = useState('');
  const begin = () =>
    ask<Begun>('POST', ADDRESS).then(
      (answer) => {
        setRefused('');
        setBegun(answer);
      },
      (error: unknown) => setRefused(inWords(error)),
    );
  const confirmed = (shown: readonly string[]) => {
    setBegun(undefined);
    setCodes(shown);
    refresh();
  };
  const end = async (code: string) => {
    await ask('POST', `${ADDRESS}/end`, { code });
    setCodes(undefined);
    refresh();
  };
  return (
    <>
      <h1>{text('security.title')}</h1>
      <p class="lead">{text('security.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      {value?.demanded && !value.on && <p class="callout">{text('security.demanded')}</p>}
      {codes && <RecoveryCodes codes={codes} />}
      {value && !value.on && !begun && (
        <section class="panel" aria-labelledby="security-off">
          <h2 id="security-off">{text('security.is_off')}</h2>
          {refused && <Problem>{refused}</Problem>}
          <button type="button" class="primary" onClick={() => void begin()}>
            {text('security.set_up')}
          </button>
        </section>
      )}
      {begun && <SettingUp begun={begun} confirmed={confirmed} />}
      {value?.on && (
        <section class="panel" aria-labelledby="security-on">
          <h2 id="security-on">{text('security.is_on')}</h2>
          <p>{text('security.recovery_left', { count: value.recovery_codes })}</p>
          <p>
            <a href="/desk">{text('security.to_desk')}</a>
          </p>
          <h3>{text('security.turn_off')}</h3>
          <p>{text('security.turn_off_hint')}</p>
          <CodeForm label={text('security.code_or_recovery')} action={text('security.turn_off')} danger send={end} />
        </section>
      )}
    </>
  );
}
