import { useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { clockTime } from '../common/clock_time.ts';
import { text } from '../common/page.ts';
import { AskingButton, Problem } from './parts.tsx';
import { useAttempt, usePolling } from './polling.ts';

interface Question {
  readonly id: string;
  readonly video: { readonly id: string; readonly title: string } | null;
  readonly at_s: number | null;
  readonly text: string;
  readonly answer: string;
  readonly batch: number | null;
  readonly department: string | null;
}

interface Answer {
  readonly questions: readonly Question[];
}

const ADDRESS = '/api/desk/questions';
const read = (signal: AbortSignal) => ask<Answer>('GET', ADDRESS, undefined, signal);
const aboutOf = ({ video, at_s }: Question) =>
  video ? `${video.title}${at_s === null ? '' : ` ${clockTime(at_s)}`}` : text('questions.at_large');

interface ItemProps {
  readonly question: Question;
  readonly chosen: boolean;
  readonly choose: (chosen: boolean) => void;
  readonly changed: () => void;
}

function Item({ question, chosen, choose, changed }: ItemProps) {
  const [words, setWords] = useState(question.text);
  const [answer, setAnswer] = useState(question.answer);
  const [said, setSaid] = useState('');
  const { problem, attempt } = useAttempt(changed);
  const save = () => attempt(ask('PATCH', `${ADDRESS}/${question.id}`, { text: words, answer }).then(() => setSaid(text('questions.saved'))));
  const changedHere = words !== question.text || answer !== question.answer;
  return (
    <li class="panel question-item">
      <p class="quiet">
        {question.department ?? ''} {question.video ? <a href={`/videos/${question.video.id}${question.at_s === null ? '' : `?t=${Math.floor(question.at_s)}`}`}>{aboutOf(question)}</a> : aboutOf(question)}
      </p>
      <label>
        {text('questions.words')}
        <textarea rows={2} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      <label>
        {text('questions.answer')}
        <textarea rows={4} value={answer} onInput={(event) => setAnswer(event.currentTarget.value)} />
      </label>
      {problem && <Problem>{problem}</Problem>}
      <div class="buttons">
        <button type="button" class={changedHere ? 'primary' : ''} disabled={!changedHere} onClick={() => void save()}>
          {text('questions.save')}
        </button>
        {question.batch === null && question.answer !== '' && (
          <label class="question-choice">
            <input type="checkbox" checked={chosen} onChange={(event) => choose(event.currentTarget.checked)} />
            {text('questions.choose')}
          </label>
        )}
        <AskingButton
          action={text('questions.remove')}
          question={text('questions.remove_question')}
          lost={[question.text]}
          run={() => void attempt(ask('DELETE', `${ADDRESS}/${question.id}`))}
        />
        <span role="status">{said}</span>
      </div>
    </li>
  );
}

/** Questions of viewers: answered one by one, published together. */
export function Questions() {
  const { value, problem, refresh } = usePolling(read, () => false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const questions = value?.questions ?? [];
  const publishing = useAttempt(refresh);
  const publish = () => {
    const ids = questions.filter(({ id }) => chosen.has(id)).map(({ id }) => id).reverse();
    return publishing.attempt(ask('POST', `${ADDRESS}/publish`, { ids }).then(() => setChosen(new Set())));
  };
  const groups: readonly (readonly [string, readonly Question[]])[] = [
    [text('questions.open'), questions.filter(({ answer }) => answer === '')],
    [text('questions.answered'), questions.filter(({ answer, batch }) => answer !== '' && batch === null)],
    [text('questions.done'), questions.filter(({ batch }) => batch !== null)],
  ];
  const choose = (id: string) => (wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <h1>{text('questions.desk_title')}</h1>
      <p class="lead">{text('questions.desk_lead')}</p>
      {(problem || publishing.problem) && <Problem>{problem || publishing.problem}</Problem>}
      {value && questions.length === 0 && <p class="empty">{text('questions.nothing')}</p>}
      {chosen.size > 0 && (
        <p>
          <AskingButton
            kind="primary"
            action={text('questions.publish', { count: chosen.size })}
            question={text('questions.publish_question', { count: chosen.size })}
            lost={[text('questions.publish_loses')]}
            run={() => void publish()}
          />
        </p>
      )}
      {groups
        .filter(([, group]) => group.length > 0)
        .map(([title, group]) => (
          <section key={title}>
            <h2>
              {title} ({group.length})
            </h2>
            <ul class="question-items">
              {group.map((question) => (
                <Item key={question.id} question={question} chosen={chosen.has(question.id)} choose={choose(question.id)} changed={refresh} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}
