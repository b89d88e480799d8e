import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';

interface Props {
  /** What has not been done, in words. */
  readonly failed: string;
  /** What was said the last time. */
  readonly before: string;
  /** The reason; nothing where it is not to be published after all. */
  readonly done: (reason: string | undefined) => void;
}

/** Asks why something is published though a check fails. */
export function ReasonDialog({ failed, before, done }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const answer = useRef<string | undefined>(undefined);
  const [reason, setReason] = useState(before);
  useEffect(() => dialog.current?.showModal(), []);
  // Closed before it is taken away: the browser then gives the focus back to what had it.
  const close = (given: string | undefined) => {
    answer.current = given;
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="reason-question" onClose={() => done(answer.current)}>
      <form
        class="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) close(reason.trim());
        }}
      >
        <h2 id="reason-question">{text('checklist.question')}</h2>
        <p>{text('checklist.question_subjects', { subjects: failed })}</p>
        <label>
          {text('checklist.reason')}
          <textarea rows={2} maxLength={300} required autofocus value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <p class="quiet">{text('checklist.reason_hint')}</p>
        <div class="buttons">
          <button type="button" onClick={() => close(undefined)}>
            {text('desk.cancel')}
          </button>
          <button type="submit" class="primary" disabled={!reason.trim()}>
            {text('checklist.publish_despite')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
