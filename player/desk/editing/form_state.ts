/** What the server has of something that a form changes. */
export interface Seen<Fields> {
  /** Changes with the fields; empty of what is not there yet. */
  readonly version: string;
  readonly fields: Fields;
}

/** How a form's fields are told apart by name, kept, and put back. */
export interface Codec<Fields> {
  /** What the fields say, without what belongs to this page alone; holds in JSON. */
  readonly plain: (fields: Fields) => Plain;
  readonly fields: (plain: Plain) => Fields;
}

export type Plain = Readonly<Record<string, unknown>>;

/** What a browser keeps of a form that was not saved: what was typed, and what it was typed over. */
export interface KeptInput {
  readonly version: string;
  readonly seen: Plain;
  readonly typed: Plain;
}

/** Somebody else has saved while this was being typed. Names of fields. */
export interface Clash {
  /** Theirs stands in the form: nobody has typed there. */
  readonly taken: readonly string[];
  /** Both have changed it: what was typed stands in the form, theirs is here. */
  readonly contested: readonly { readonly name: string; readonly theirs: unknown }[];
}

export interface FormState<Fields> {
  readonly seen: Seen<Fields>;
  readonly fields: Fields;
  /** Whether what was typed before this page was opened has been put back. */
  readonly restored: boolean;
  readonly clash: Clash | undefined;
}

const says = (value: unknown) => JSON.stringify(value);
const asPlain = <Fields extends object>(fields: Fields): Plain => fields as unknown as Plain;

/** Of forms whose fields are what they say. */
export function plainCodec<Fields extends object>(): Codec<Fields> {
  return { plain: asPlain, fields: (plain) => plain as unknown as Fields };
}

const namesOf = (...all: readonly Plain[]) => [...new Set(all.flatMap((each) => Object.keys(each)))];

/** What was typed over `base`, with what somebody else has made of `base` meanwhile. */
export function merged(base: Plain, typed: Plain, theirs: Plain): { readonly plain: Plain; readonly clash: Clash } {
  const plain: Record<string, unknown> = {};
  const taken = [];
  const contested = [];
  for (const name of namesOf(base, typed, theirs)) {
    const isTyped = says(typed[name]) !== says(base[name]);
    const isTheirs = says(theirs[name]) !== says(base[name]);
    plain[name] = isTyped ? typed[name] : theirs[name];
    if (!isTheirs || says(typed[name]) === says(theirs[name])) continue;
    if (isTyped) contested.push({ name, theirs: theirs[name] });
    else taken.push(name);
  }
  return { plain, clash: { taken, contested } };
}

/** The names of the fields that hold something else than the server has. */
export function typedIn<Fields>({ seen, fields }: FormState<Fields>, codec: Codec<Fields>): readonly string[] {
  const [base, typed] = [codec.plain(seen.fields), codec.plain(fields)];
  return namesOf(base, typed).filter((name) => says(base[name]) !== says(typed[name]));
}

const asSeen = <Fields>(seen: Seen<Fields>): FormState<Fields> => ({ seen, fields: seen.fields, restored: false, clash: undefined });

/** The form over what the server has now; what was typed over something older stays, and the clash is told. */
export function broughtUp<Fields>(form: FormState<Fields>, latest: Seen<Fields>, codec: Codec<Fields>): FormState<Fields> {
  if (latest.version === form.seen.version) return form;
  const { plain, clash } = merged(codec.plain(form.seen.fields), codec.plain(form.fields), codec.plain(latest.fields));
  const isClash = clash.taken.length + clash.contested.length > 0 && typedIn(form, codec).length > 0;
  return { ...form, seen: latest, fields: codec.fields(plain), clash: isClash ? clash : undefined };
}

/** A form as it opens: with what was typed into it before and not saved, where something was. */
export function opened<Fields>(seen: Seen<Fields>, kept: KeptInput | undefined, codec: Codec<Fields>): FormState<Fields> {
  if (!kept) return asSeen(seen);
  const before = { seen: { version: kept.version, fields: codec.fields(kept.seen) }, fields: codec.fields(kept.typed), restored: true, clash: undefined };
  const form = broughtUp(before, seen, codec);
  return typedIn(form, codec).length > 0 ? form : asSeen(seen);
}

/** The form when `sent` of it has been saved: what was typed while it was on its way is still to be saved. */
export function savedAs<Fields>(form: FormState<Fields>, sent: Fields, saved: Seen<Fields>, codec: Codec<Fields>): FormState<Fields> {
  const [base, typed] = [codec.plain(sent), codec.plain(form.fields)];
  if (says(typed) === says(base)) return asSeen(saved);
  return { ...asSeen(saved), fields: codec.fields(merged(base, typed, codec.plain(saved.fields)).plain) };
}

/** What has to be kept of a form; undefined where nothing is typed in it. */
export function keptOf<Fields>(form: FormState<Fields>, codec: Codec<Fields>): KeptInput | undefined {
  if (typedIn(form, codec).length === 0) return undefined;
  return { version: form.seen.version, seen: codec.plain(form.seen.fields), typed: codec.plain(form.fields) };
}
