import { useContext, useEffect, useState } from 'preact/hooks';
import { instantInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { sizeInWords } from '../../common/size.ts';
import type { Zone } from '../../common/zone.ts';
import { DeskContext } from '../context.ts';
import { AskingButton, FilePicker, Problem } from '../parts.tsx';
import { FormNotes, UnsavedMark } from '../editing/form_notes.tsx';
import { plainCodec, type Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { useAttempt } from '../polling.ts';
import { FileUpload } from '../upload.ts';
import { UploadRow } from '../upload_row.tsx';
import { WindowFields } from '../window_fields.tsx';
import { formOf, mistakeIn, windowOf, type WindowForm } from '../window_form.ts';
import { windowInWords } from '../words.ts';
import { changeMaterial, deleteMaterial, fileAddress, putBackVersion, readMaterial, versionAddress, type Material } from './materials_api.ts';

interface Props {
  readonly material: Material;
  readonly changed: () => void;
}

/** A file of this material on its way; what was there before stays as a version. */
function MaterialFile({ material, changed }: Props) {
  const [upload, setUpload] = useState<FileUpload>();
  const [, setRound] = useState(0);
  const phase = upload?.state.phase;
  useEffect(() => {
    if (phase !== 'done') return;
    setUpload(undefined);
    changed();
  }, [phase]);
  if (upload && phase !== 'done') return <UploadRow upload={upload} remove={() => void upload.cancel().finally(() => setUpload(undefined))} />;
  return (
    <FilePicker
      label={material.bytes ? text('materials.replace_of', { title: material.title }) : text('materials.pick_of', { title: material.title })}
      pick={([file]) => file && setUpload(new FileUpload(file, '', undefined, () => setRound((round) => round + 1), material.id))}
    />
  );
}

function Versions({ material, changed }: Props) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  if (!material.versions.length) return null;
  return (
    <details>
      <summary>{text('materials.versions', { count: material.versions.length })}</summary>
      {problem && <Problem>{problem}</Problem>}
      <ul class="material-versions">
        {material.versions.map(({ number, file_name, bytes, replaced_at }) => (
          <li key={number}>
            <a href={versionAddress(material.id, number)} download>
              {file_name}
            </a>{' '}
            <span class="quiet">
              {sizeInWords(bytes)} {text('materials.replaced_at', { time: instantInWords(replaced_at, zone, now) })}
            </span>{' '}
            <button type="button" aria-label={text('materials.put_back_of', { file: file_name })} onClick={() => void attempt(putBackVersion(material.id, number))}>
              {text('materials.put_back')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface MaterialForm {
  readonly title: string;
  readonly window: WindowForm;
}

const codec = plainCodec<MaterialForm>();
const seenOf = ({ version, title, window }: Material, zone: Zone): Seen<MaterialForm> => ({ version, fields: { title, window: formOf(window, zone) } });

/** What a material is called and when it is there. */
function MaterialFields({ material, changed }: Props) {
  const { zone, now } = useContext(DeskContext);
  const { id } = material;
  const form = useForm<MaterialForm>({ name: `material ${id}`, seen: seenOf(material, zone), read: async () => seenOf(await readMaterial(id), zone), codec });
  const { title, window } = form.fields;
  const mistake = mistakeIn(window, zone);
  const [open, setOpen] = useState(form.unsaved);
  const save = () =>
    form.save(async (fields, version) => {
      const saved = await changeMaterial(id, { title: fields.title.trim(), window: windowOf(fields.window, zone) }, version);
      changed();
      return seenOf(saved, zone);
    });
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('materials.edit')}</summary>
      {open && <div class="desk-form">
        <label>
          {text('materials.name')}
          <input maxLength={200} value={title} onInput={(event) => form.change({ title: event.currentTarget.value, window })} />
        </label>
        <WindowFields
          name={`${id}-`}
          form={window}
          mistake={mistake}
          ofSeries={windowInWords(material.effective_window, zone, now)}
          change={(next) => form.change({ title, window: next })}
        />
        <FormNotes form={form} names={{ title: text('materials.name'), window: text('desk.window') }} />
        <div class="buttons">
          <button type="button" class="primary" disabled={form.busy || mistake !== undefined} onClick={() => void save()}>
            {text('desk.save')}
          </button>
          <UnsavedMark form={form} />
        </div>
      </div>}
    </details>
  );
}

/** One material: its file and the ones before, its name, its window, whether it is published. */
export function MaterialItem({ material, changed }: Props) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  const { id, title, published, bytes } = material;
  return (
    <li>
      <p>
        {bytes ? <a href={fileAddress(id)}>{title}</a> : <strong>{title}</strong>}{' '}
        <span class="mark">{published ? text('audit.is_published') : text('audit.is_not_published')}</span>{' '}
        <span class="quiet">{windowInWords(material.effective_window, zone, now)}</span>
      </p>
      <p class="quiet">{bytes ? `${material.file_name} ${sizeInWords(bytes)}` : text('materials.no_file')}</p>
      <MaterialFile material={material} changed={changed} />
      <Versions material={material} changed={changed} />
      <MaterialFields key={id} material={material} changed={changed} />
      {problem && <Problem>{problem}</Problem>}
      <div class="buttons">
        <button
          type="button"
          aria-label={published ? text('materials.unpublish_of', { title }) : text('materials.publish_of', { title })}
          onClick={() => void attempt(changeMaterial(id, { published: !published }))}
        >
          {published ? text('desk.unpublish') : text('desk.publish')}
        </button>
        <AskingButton
          action={text('desk.delete')}
          name={text('materials.delete_of', { title })}
          question={text('desk.delete_question', { title })}
          lost={[text('materials.lost_file', { count: material.versions.length + (bytes ? 1 : 0) }), text('materials.lost_figures')]}
          run={() => void attempt(deleteMaterial(id))}
        />
      </div>
    </li>
  );
}
