import { text } from '../../common/page.ts';
import type { Entry } from './audit_api.ts';

// A type, not an interface: it stands for values of messages.
type Named = Readonly<Record<'who' | 'title', string>>;

/** What each action is called, of whom and what. A test holds it against the actions that the server writes. */
export const SENTENCES: Readonly<Record<string, (named: Named) => string>> = {
  'video.create': (named) => text('audit.video_create', named),
  'video.update': (named) => text('audit.video_update', named),
  'video.undo': (named) => text('audit.video_undo', named),
  'video.clip': (named) => text('audit.video_clip', named),
  'video.withdraw': (named) => text('audit.video_withdraw', named),
  'video.publish_despite': (named) => text('audit.video_publish_despite', named),
  'video.chapters': (named) => text('audit.video_chapters', named),
  'video.remove': (named) => text('audit.video_remove', named),
  'video.recording': (named) => text('audit.video_recording', named),
  'recording.retry': (named) => text('audit.recording_retry', named),
  'recording.remove': (named) => text('audit.recording_remove', named),
  'captions.upload': (named) => text('audit.captions_upload', named),
  'captions.edit': (named) => text('audit.captions_edit', named),
  'captions.replace': (named) => text('audit.captions_replace', named),
  'captions.remove': (named) => text('audit.captions_remove', named),
  'material.create': (named) => text('audit.material_create', named),
  'material.put_back': (named) => text('audit.material_put_back', named),
  'material.remove': (named) => text('audit.material_remove', named),
  'material.update': (named) => text('audit.material_update', named),
  'material.undo': (named) => text('audit.video_undo', named),
  'material.file': (named) => text('audit.material_file', named),
  'series.update': (named) => text('audit.series_update', named),
  'series.undo': (named) => text('audit.video_undo', named),
  'session.create': (named) => text('audit.session_create', named),
  'session.update': (named) => text('audit.session_update', named),
  'session.remove': (named) => text('audit.session_remove', named),
  'session.attendance': (named) => text('audit.session_attendance', named),
  'notice.create': (named) => text('audit.notice_create', named),
  'notice.update': (named) => text('audit.notice_update', named),
  'notice.remove': (named) => text('audit.notice_remove', named),
  'adviser_link.create': (named) => text('audit.adviser_link_create', named),
  'adviser_link.revoke': (named) => text('audit.adviser_link_revoke', named),
  'adviser_link.answer': (named) => text('audit.adviser_link_answer', named),
  'question.edit': (named) => text('audit.question_edit', named),
  'question.publish': (named) => text('audit.question_publish', named),
  'question.remove': (named) => text('audit.question_remove', named),
  'department.code': (named) => text('audit.department_code', named),
  'department.series': (named) => text('audit.department_series', named),
  'department.remove': (named) => text('audit.department_remove', named),
  'registration.add': (named) => text('audit.registration_add', named),
  'account.add': (named) => text('audit.account_add', named),
  'account.password_link': (named) => text('audit.account_password_link', named),
  'account.password': (named) => text('audit.account_password', named),
  'account.disable': (named) => text('audit.account_disable', named),
  'account.enable': (named) => text('audit.account_enable', named),
  'account.second_step_on': (named) => text('audit.account_second_step_on', named),
  'account.second_step_off': (named) => text('audit.account_second_step_off', named),
  'live.key': (named) => text('audit.live_key', named),
  'live.break': (named) => text('audit.live_break', named),
  'live.resume': (named) => text('audit.live_resume', named),
  'live.mark': (named) => text('audit.live_mark', named),
  'live.trim': (named) => text('audit.live_trim', named),
  'live.end': (named) => text('audit.live_end', named),
  'catalog.import': (named) => text('audit.catalog_import', named),
};

export function whoInWords({ id, name }: Entry['who']): string {
  if (name !== null) return name;
  return id === '' ? text('audit.command_line') : text('audit.gone_account');
}

const ofPublishing = new Set(['published', 'audience', 'window']);

/** A change of publishing alone is told as that, not as a change of contents. */
function publishingInWords({ action, changes }: Entry, named: Named): string | undefined {
  const updates = action === 'video.update' || action === 'material.update' || action === 'series.update';
  if (!updates || !changes.length || !changes.every(({ field }) => ofPublishing.has(field))) return undefined;
  const published = changes.find(({ field }) => field === 'published');
  if (published) return published.after === true ? text('audit.published', named) : text('audit.unpublished', named);
  return changes.some(({ field }) => field === 'window') ? text('audit.window', named) : text('audit.audience', named);
}

/** 「jimukyokuさんが「第1回講演」を公開しました。」 */
export function sentence(entry: Entry): string {
  const named = { who: whoInWords(entry.who), title: entry.title ?? text('audit.unnamed') };
  return publishingInWords(entry, named) ?? SENTENCES[entry.action]?.(named) ?? text('audit.other', { ...named, action: entry.action });
}
