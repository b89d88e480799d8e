import { useContext, useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { instantInWords } from '../common/dates.ts';
import { text } from '../common/page.ts';
import { DeskContext } from './context.ts';
import { AskingButton, Problem } from './parts.tsx';
import { inWords, useAttempt, usePolling } from './polling.ts';

type Role = 'viewer' | 'adviser' | 'organiser' | 'secretariat';

interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly has_password: boolean;
  readonly disabled_at: string | null;
  readonly last_sign_in_at: string | null;
  readonly own: boolean;
}

interface Answer {
  readonly accounts: readonly Account[];
}

/** What is shown once: the link with which a password is set. */
interface Link {
  readonly name: string;
  readonly path: string;
  readonly expires_at: string;
}

const ADDRESS = '/api/desk/accounts';
const read = (signal: AbortSignal) => ask<Answer>('GET', ADDRESS, undefined, signal);

function roleInWords(role: Role): string {
  switch (role) {
    case 'secretariat':
      return text('accounts.secretariat');
    case 'organiser':
      return text('accounts.organiser');
    case 'adviser':
      return text('accounts.adviser');
    default:
      return text('accounts.viewer');
  }
}

function roleHint(role: Role): string {
  switch (role) {
    case 'organiser':
      return text('accounts.organiser_hint');
    case 'adviser':
      return text('accounts.adviser_hint');
    default:
      return text('accounts.secretariat_hint');
  }
}

function NewAccount({ made }: { readonly made: (link: Link) => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('secretariat');
  const [problem, setProblem] = useState('');
  const add = async (event: Event) => {
    event.preventDefault();
    try {
      made({ ...(await ask<Omit<Link, 'name'>>('POST', ADDRESS, { name, role })), name: name.trim() });
      setName('');
      setProblem('');
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <form class="panel department-form" onSubmit={(event) => void add(event)}>
      <h2>{text('accounts.add')}</h2>
      <label>
        {text('accounts.name')}
        <input required maxLength={100} autocomplete="off" spellcheck={false} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label>
        {text('accounts.role')}
        <select value={role} aria-describedby="role-hint" onChange={(event) => setRole(event.currentTarget.value as Role)}>
          {(['secretariat', 'organiser', 'adviser'] as const).map((each) => (
            <option key={each} value={each}>
              {roleInWords(each)}
            </option>
          ))}
        </select>
      </label>
      <p id="role-hint" class="quiet">
        {roleHint(role)}
      </p>
      {problem && <Problem>{problem}</Problem>}
      <button type="submit" class="primary">
        {text('accounts.make')}
      </button>
    </form>
  );
}

function ShownLink({ link }: { readonly link: Link }) {
  const { zone, now } = useContext(DeskContext);
  const address = location.origin + link.path;
  return (
    <section class="panel shown-keys" aria-labelledby="shown-link">
      <h2 id="shown-link">{text('accounts.link_of', { name: link.name })}</h2>
      <p>{text('accounts.link_once', { time: instantInWords(link.expires_at, zone, now) })}</p>
      <dl>
        <dt>{text('accounts.link')}</dt>
        <dd>
          <input type="text" readOnly value={address} aria-label={text('accounts.link')} onFocus={(event) => event.currentTarget.select()} />
        </dd>
      </dl>
    </section>
  );
}

interface RowProps {
  readonly account: Account;
  readonly changed: () => void;
  readonly made: (link: Link) => void;
}

function stateInWords({ disabled_at, has_password }: Account): string {
  if (disabled_at) return text('accounts.disabled');
  return has_password ? text('accounts.in_use') : text('accounts.without_password');
}

function Row({ account, changed, made }: RowProps) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  const { name } = account;
  const post = (verb: string) => ask<Omit<Link, 'name'> | undefined>('POST', `${ADDRESS}/${account.id}/${verb}`);
  const renew = () => attempt(post('password-link').then((link) => link && made({ ...link, name })));
  return (
    <tr>
      <th scope="row">{account.own ? text('accounts.own', { name }) : name}</th>
      <td data-label={text('accounts.role')}>{roleInWords(account.role)}</td>
      <td data-label={text('accounts.state')}>{stateInWords(account)}</td>
      <td data-label={text('accounts.last_sign_in')}>{account.last_sign_in_at ? instantInWords(account.last_sign_in_at, zone, now) : text('accounts.never')}</td>
      <td>
        {problem && <Problem>{problem}</Problem>}
        <div class="buttons">
          {!account.disabled_at && account.has_password && (
            <AskingButton
              action={text('accounts.new_link')}
              name={text('accounts.new_link_of', { name })}
              question={text('accounts.new_link_question', { name })}
              lost={[text('accounts.new_link_lost')]}
              run={() => void renew()}
            />
          )}
          {!account.disabled_at && !account.has_password && (
            <button type="button" aria-label={text('accounts.new_link_of', { name })} onClick={() => void renew()}>
              {text('accounts.new_link')}
            </button>
          )}
          {!account.disabled_at && !account.own && (
            <AskingButton
              action={text('accounts.disable')}
              name={text('accounts.disable_of', { name })}
              question={text('accounts.disable_question', { name })}
              lost={[text('accounts.disable_lost')]}
              run={() => void attempt(post('disable'))}
            />
          )}
          {account.disabled_at && (
            <button type="button" aria-label={text('accounts.enable_of', { name })} onClick={() => void attempt(post('enable'))}>
              {text('accounts.enable')}
            </button>
          )}
        </div>
      </td>
    </tr>
  );
}

/** Who signs in with a name and a password: the secretariat, organisers, advisers. */
export function Accounts() {
  const { value, problem, refresh } = usePolling(read, () => false);
  const [link, setLink] = useState<Link>();
  const made = (shown: Link) => {
    setLink(shown);
    refresh();
  };
  return (
    <>
      <h1>{text('accounts.title')}</h1>
      <p class="lead">{text('accounts.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      {link && <ShownLink link={link} />}
      <NewAccount made={made} />
      {value && (
        <table class="desk-table">
          <caption class="for-ears">{text('accounts.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('accounts.name')}</th>
              <th scope="col">{text('accounts.role')}</th>
              <th scope="col">{text('accounts.state')}</th>
              <th scope="col">{text('accounts.last_sign_in')}</th>
              <th scope="col">{text('accounts.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {value.accounts.map((account) => (
              <Row key={account.id} account={account} changed={refresh} made={made} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
