import { useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { clockTime } from '../common/clock_time.ts';
import { text } from '../common/page.ts';
import { AdviserLinks } from './adviser_links.tsx';
import { FormNotes, UnsavedMark } from './editing/form_notes.tsx';
import { plainCodec, type Seen } from './editing/form_state.ts';
import { useForm } from './editing/use_form.ts';
import { AskingButton, Problem } from './parts.tsx';
import { useAttempt, usePolling } from './polling.ts';

interface Question {
  readonly id: string;
  /** Changes with its words and its answer: who saves says what they saw. */
  readonly version: string;
  readonly video: { readonly id: string; readonly title: string } | null;
  readonly at_s: number | null;
  readonly text: string;
  readonly answer: string;
  readonly batch: number | null;
  readonly department: string | null;
  /** What advisers were asked it by private links, and answered. */
  readonly routed: readonly { readonly adviser: string; readonly answer: string; readonly answered_at: string | null }[];
}

interface Answer {
  readonly questions: readonly Question[];
}

const ADDRESS = '/api/desk/questions';
const read = (signal: AbortSignal) => ask<Answer>('GET', ADDRESS, undefined, signal);
interface Fields {
  readonly text: string;
  readonly answer: string;
}

const codec = plainCodec<Fields>();
const seenOf = ({ version, text: words, answer }: Question): Seen<Fields> => ({ version, fields: { text: words, answer } });

/** What is there now; where it has been removed, the server says so when it is saved. */
const readAgain = async (question: Question): Promise<Seen<Fields>> =>
  seenOf((await ask<Answer>('GET', ADDRESS)).questions.find(({ id }) => id === question.id) ?? question);

const aboutOf = ({ video, at_s }: Question) =>
  video ? `${video.title}${at_s === null ? '' : ` ${clockTime(at_s)}`}` : text('questions.at_large');

/** Answers that came back by private links: taken over into the field, or not. */
function Routed({ question, use }: { readonly question: Question; readonly use: (answer: string) => void }) {
  if (!question.routed.length) return null;
  return (
    <ul class="routed-answers">
      {question.routed.map(({ adviser, answer }) => (
        <li key={`${adviser} ${answer}`}>
          <p class="quiet">{answer ? text('adviser.answered', { adviser }) : text('adviser.asked', { adviser })}</p>
          {answer && <blockquote>{answer}</blockquote>}
          {answer && question.batch === null && (
            <button type="button" aria-label={text('adviser.use_of', { adviser })} onClick={() => use(answer)}>
              {text('adviser.use')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly routing: boolean;
  readonly route: (chosen: boolean) => void;
  readonly question: Question;
  readonly chosen: boolean;
  readonly choose: (chosen: boolean) => void;
  readonly changed: () => void;
}

function Item({ question, chosen, choose, routing, route, changed }: ItemProps) {
  const form = useForm<Fields>({ name: `question ${question.id}`, seen: seenOf(question), read: () => readAgain(question), codec });
  const { text: words, answer } = form.fields;
  const [said, setSaid] = useState('');
  const { problem, attempt } = useAttempt(changed);
  const put = (change: Partial<Fields>) => {
    form.change({ ...form.fields, ...change });
    setSaid('');
  };
  const save = () =>
    form.save(async (fields, version) => {
      await ask('PATCH', `${ADDRESS}/${question.id}`, { ...fields, version });
      setSaid(text('questions.saved'));
      changed();
      return readAgain(question);
    });
  return (
    <li class="panel question-item">
      <p class="quiet">
        {question.department ?? ''} {question.video ? <a href={`/videos/${question.video.id}${question.at_s === null ? '' : `?t=${Math.floor(question.at_s)}`}`}>{aboutOf(question)}</a> : aboutOf(question)}
      </p>
      <label>
        {text('questions.words')}
        <textarea rows={2} maxLength={2000} value={words} onInput={(event) => put({ text: event.currentTarget.value })} />
      </label>
      <label>
        {text('questions.answer')}
        <textarea rows={4} value={answer} onInput={(event) => put({ answer: event.currentTarget.value })} />
      </label>
      <Routed question={question} use={(taken) => put({ answer: taken })} />
      <FormNotes form={form} names={{ text: text('questions.words'), answer: text('questions.answer') }} />
      {problem && <Problem>{problem}</Problem>}
      <div class="buttons">
        <button type="button" class={form.unsaved ? 'primary' : ''} disabled={!form.unsaved || form.busy} onClick={() => void save()}>
          {text('questions.save')}
        </button>
        {question.batch === null && question.answer !== '' && (
          <label class="question-choice">
            <input type="checkbox" checked={chosen} onChange={(event) => choose(event.currentTarget.checked)} />
            {text('questions.choose')}
          </label>
        )}
        {question.batch === null && (
          <label class="question-choice">
            <input type="checkbox" checked={routing} onChange={(event) => route(event.currentTarget.checked)} />
            {text('adviser.choose')}
          </label>
        )}
        <AskingButton
          action={text('questions.remove')}
          question={text('questions.remove_question')}
          lost={[question.text]}
          run={() => void attempt(ask('DELETE', `${ADDRESS}/${question.id}`))}
        />
        <UnsavedMark form={form} />
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
  const [routing, setRouting] = useState<ReadonlySet<string>>(new Set());
  const chooser = (known: ReadonlySet<string>, set: (next: ReadonlySet<string>) => void) => (id: string) => (wanted: boolean) => {
    const next = new Set(known);
    if (wanted) next.add(id);
    else next.delete(id);
    set(next);
  };
  const choose = chooser(chosen, setChosen);
  const route = chooser(routing, setRouting);
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
                <Item key={question.id} question={question} chosen={chosen.has(question.id)} choose={choose(question.id)} routing={routing.has(question.id)} route={route(question.id)} changed={refresh} />
              ))}
            </ul>
          </section>
        ))}
      {questions.length > 0 && (
        <AdviserLinks
          chosen={questions.filter(({ id, batch }) => batch === null && routing.has(id)).map(({ id }) => id)}
          routed={() => {
            setRouting(new Set());
            refresh();
          }}
        />
      )}
    </>
  );
}
