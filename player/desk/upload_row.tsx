import { text } from '../common/page.ts';
import { Meter, Problem } from './parts.tsx';
import type { FileUpload } from './upload.ts';
import { sizeInWords } from '../common/size.ts';
import { remainingInWords } from './words.ts';

interface Props {
  readonly upload: FileUpload;
  readonly remove: () => void;
}

function progressInWords({ state: { sent, length, rate } }: FileUpload): string {
  const percent = length ? Math.floor((sent / length) * 100) : 100;
  const remaining = rate > 0 ? remainingInWords((length - sent) / rate) : '';
  const words = text('desk.sent', { percent, sent: sizeInWords(sent), length: sizeInWords(length) });
  return remaining ? text('desk.with_remaining', { words, remaining }) : words;
}

/** A file on its way in, with what can be done about it. */
export function UploadRow({ upload, remove }: Props) {
  const { phase, sent, length, problem } = upload.state;
  const { name } = upload.file;
  return (
    <div class="upload">
      <p class="upload-name">{name}</p>
      <Meter fraction={length ? sent / length : 1} label={text('desk.sending_of', { file: name })} />
      <p class="upload-words">
        {phase === 'paused' && `${text('desk.paused')} `}
        {phase === 'done' ? text('desk.received') : progressInWords(upload)}
      </p>
      {phase === 'failed' && <Problem>{problem || text('desk.sending_broke')}</Problem>}
      {phase !== 'done' && (
        <div class="buttons">
          {phase === 'sending' ? (
            <button type="button" onClick={() => upload.pause()}>
              {text('desk.pause')}
            </button>
          ) : (
            <button type="button" onClick={() => upload.goOn()}>
              {text('desk.go_on')}
            </button>
          )}
          <button type="button" onClick={remove}>
            {text('desk.stop_upload')}
          </button>
        </div>
      )}
    </div>
  );
}
