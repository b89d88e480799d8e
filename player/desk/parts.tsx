import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../common/page.ts';
import type { DeskVideo } from './types.ts';
import { stateInWords } from './words.ts';

export function StateMark({ state }: { readonly state: DeskVideo['state'] }) {
  return <span class={`mark mark-${state}`}>{stateInWords(state)}</span>;
}

export function Meter({ fraction, label }: { readonly fraction: number; readonly label: string }) {
  return <progress class="meter" max={1} value={fraction} aria-label={label} />;
}

export function Problem({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="problem" role="alert">
      {children}
    </div>
  );
}

interface FilePickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly multiple?: boolean;
  readonly pick: (files: File[]) => void;
}

/** A field for files that takes them by drag and drop too. */
export function FilePicker({ label, hint, multiple = false, pick }: FilePickerProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length) pick(multiple ? files : files.slice(0, 1));
    if (input.current) input.current.value = '';
  };
  return (
    <label
      class={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <span class="drop-label">{label}</span>
      {hint && <span class="drop-hint">{hint}</span>}
      <span class="drop-button" aria-hidden="true">
        {text('desk.choose')}
      </span>
      <input ref={input} type="file" multiple={multiple} onChange={(event) => take(event.currentTarget.files)} />
    </label>
  );
}

interface ConfirmProps {
  readonly question: string;
  readonly lost: readonly string[];
  readonly action: string;
  readonly done: (confirmed: boolean) => void;
}

/** Asks before what cannot be undone, and names what is lost. */
export function Confirm({ question, lost, action, done }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const confirmed = useRef(false);
  useEffect(() => dialog.current?.showModal(), []);
  // Closed before it is taken away: the browser then gives the focus back to what had it.
  const close = (answer: boolean) => {
    confirmed.current = answer;
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-question" onClose={() => done(confirmed.current)}>
      <h2 id="confirm-question">{question}</h2>
      <ul>
        {lost.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" autofocus onClick={() => close(false)}>
          {text('desk.cancel')}
        </button>
        <button type="button" class="danger" onClick={() => close(true)}>
          {action}
        </button>
      </div>
    </dialog>
  );
}

interface AskingButtonProps extends Omit<ConfirmProps, 'action' | 'done'> {
  /** What is done, in the words of the button and of the dialog. */
  readonly action: string;
  /** The button's name where its words alone do not say what it is about. */
  readonly name?: string;
  readonly kind?: 'primary' | 'danger';
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** A button that asks before it does what cannot be undone. */
export function AskingButton({ action, name, kind, disabled = false, question, lost, run }: AskingButtonProps) {
  const [asks, setAsks] = useState(false);
  const done = (confirmed: boolean) => {
    setAsks(false);
    if (confirmed) run();
  };
  return (
    <>
      <button type="button" class={kind} aria-label={name} disabled={disabled} onClick={() => setAsks(true)}>
        {action}
      </button>
      {asks && <Confirm question={question} lost={lost} action={action} done={done} />}
    </>
  );
}
