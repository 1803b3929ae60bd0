// lints-view.ts: what looks wrong so far: the runtime's lints, which are events of the trace, and the warnings of the
// JavaScript side.
import { el, patch, rich, type Spec } from '../dom/patch.js';
import type { Moment } from '../story/moment.js';

const MOST = 100; // of the last ones are shown

export interface Finding {
  step: number;
  moment: Moment;
}

const nameOf = ({ lint, fate, side }: Moment) =>
  lint ?? (fate === 'unpolled' ? 'never-polled' : side === 'js' ? 'unhandled' : 'stopped');

/** All warnings, without a step's own if a lint says the same. */
export function findingsIn(moments: readonly Moment[]): Finding[] {
  const known = new Set(moments.flatMap((moment) => (moment.lint ? [moment.lint] : [])));
  return moments.flatMap((moment, i) => {
    const isSaidTwice = !moment.lint && known.has(nameOf(moment));
    return moment.warning && !isSaidTwice ? [{ step: i + 1, moment }] : [];
  });
}

function item({ step, moment }: Finding): Spec {
  const go: Spec = {
    ...el('button', 'lint-step', `step ${step}`),
    attributes: { type: 'button', 'data-step': String(step) },
  };
  const head = el(
    'div',
    'lint-head',
    el('b', 'badge', moment.side === 'c' ? 'C' : 'JS'),
    el('b', '', nameOf(moment)),
    go,
  );
  return el('li', `lint ${moment.side}`, head, el('p', '', ...rich(moment.text)));
}

export function drawLints(into: HTMLElement, all: readonly Finding[], step: number): void {
  const past = all.filter((finding) => finding.step <= step);
  const shown = past.slice(-MOST);
  const more = all.length - past.length;
  const rest = more > 0 ? `${more} more to come.` : all.length === 0 ? 'Nothing looks wrong in this run.' : '';
  const before = past.length > shown.length ? [el('p', 'none', `${past.length - shown.length} earlier ones.`)] : [];
  const list = shown.length > 0 ? [el('ul', '', ...shown.map(item))] : [];
  patch(into, [...before, ...list, ...(rest ? [el('p', 'none', rest)] : [])]);
}
