// patch.ts: a view describes what it wants on the screen as plain objects, and `patch` changes the document to match.
// It touches only what differs: a step changes little, and an element that stays keeps its focus and scroll position.

export interface Spec {
  tag: string;
  className: string;
  content: readonly (Spec | string)[];
  attributes?: Record<string, string>;
  /** Custom properties of CSS. */
  variables?: Record<string, string>;
}

export const el = (tag: string, className: string, ...content: (Spec | string)[]): Spec => ({
  tag,
  className,
  content,
});

/** For the eye only: screen readers get the same in words elsewhere. */
export const unsaid = (spec: Spec): Spec => ({ ...spec, attributes: { ...spec.attributes, 'aria-hidden': 'true' } });

/** Text with `code` between backticks. */
export const rich = (text: string): (Spec | string)[] =>
  text.split('`').map((part, i) => (i % 2 ? el('code', '', part) : part));

const shown = new WeakMap<Node, Spec>(); // what an element was made from
const NOTHING: Spec = { tag: '', className: '', content: [] };

function dress(element: HTMLElement, was: Spec, now: Spec): void {
  if (now.className !== was.className) element.className = now.className;
  for (const name in was.attributes) if (now.attributes?.[name] === undefined) element.removeAttribute(name);
  for (const name in now.attributes)
    if (now.attributes[name] !== was.attributes?.[name]) element.setAttribute(name, now.attributes[name]!);
  for (const name in now.variables)
    if (now.variables[name] !== was.variables?.[name]) element.style.setProperty(name, now.variables[name]!);
  shown.set(element, now);
}

export function create(spec: Spec | string): Node {
  if (typeof spec === 'string') return document.createTextNode(spec);
  const element = document.createElement(spec.tag);
  dress(element, NOTHING, spec);
  element.append(...spec.content.map(create));
  return element;
}

/** Changes `node` to match `spec`; false if it is of another kind. */
function become(node: Node, spec: Spec | string): boolean {
  if (typeof spec === 'string') {
    if (!(node instanceof Text)) return false;
    if (node.data !== spec) node.data = spec;
    return true;
  }
  const was = shown.get(node);
  if (was?.tag !== spec.tag) return false;
  if (was === spec) return true;
  dress(node as HTMLElement, was, spec);
  patch(node as HTMLElement, spec.content);
  return true;
}

/** Makes `wanted` the content of an element. */
export function patch(into: Element, wanted: readonly (Spec | string)[]): void {
  let old = into.firstChild;
  for (const spec of wanted) {
    const next = old ? old.nextSibling : null;
    if (!old) into.append(create(spec));
    else if (!become(old, spec)) old.replaceWith(create(spec));
    old = next;
  }
  while (old) {
    const next = old.nextSibling;
    old.remove();
    old = next;
  }
}
