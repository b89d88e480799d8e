type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with its attributes (true: present, false and undefined: absent) and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** A picture of the icon sheet in styles/icons.css, for eyes only. */
export function icon(name: string): HTMLSpanElement {
  return element('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });
}
