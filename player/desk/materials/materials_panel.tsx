import { useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { MaterialItem } from './material_item.tsx';
import { createMaterial, listMaterials, type Material, type Owner } from './materials_api.ts';

interface Props {
  readonly owner: Owner;
  /** Whether they lie with a video that is not published: viewers have none of them then. */
  readonly ofDraft?: boolean;
}

/** The handouts of a session or a video. Each change is made at once. */
export function MaterialsPanel({ owner, ofDraft = false }: Props) {
  const [materials, setMaterials] = useState<readonly Material[]>();
  const [title, setTitle] = useState('');
  const [problem, setProblem] = useState('');
  const failed = (error: unknown) => setProblem(inWords(error));
  const load = () => {
    listMaterials(owner).then((answer) => {
      setMaterials(answer.materials);
      setProblem('');
    }, failed);
  };
  useEffect(load, []);
  const add = (event: Event) => {
    event.preventDefault();
    createMaterial(owner, title.trim()).then(() => {
      setTitle('');
      load();
    }, failed);
  };
  return (
    <section class="panel materials-panel" aria-labelledby="materials">
      <h2 id="materials">{text('session.materials')}</h2>
      {problem && <Problem>{problem}</Problem>}
      {ofDraft && materials && materials.length > 0 && <p class="quiet">{text('materials.of_draft')}</p>}
      {materials?.length === 0 && <p class="empty">{text('materials.none')}</p>}
      {materials && materials.length > 0 && (
        <ul class="material-items">
          {materials.map((material) => (
            <MaterialItem key={material.id} material={material} changed={load} />
          ))}
        </ul>
      )}
      <form class="session-new" onSubmit={add}>
        <label>
          {text('materials.new')}
          <input required maxLength={200} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <button type="submit">{text('materials.add')}</button>
      </form>
    </section>
  );
}
