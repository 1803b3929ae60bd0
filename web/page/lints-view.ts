// lints-view.ts: what looked wrong so far. The runtime's lints are events of the trace; of the JavaScript side
// it is whatever warns.
import { make, richText } from './dom.js';
import type { Moment } from './moment.js';

const nameOf = ({ lint, fate, side }: Moment) =>
  lint ?? (fate === 'unpolled' ? 'never-polled' : side === 'js' ? 'unhandled' : 'stopped');

/** What warns; a lint says better what a plain step says, too. */
function findings(moments: readonly Moment[]): { step: number; moment: Moment }[] {
  const known = new Set(moments.flatMap((moment) => (moment.lint ? [moment.lint] : [])));
  return moments.flatMap((moment, i) => {
    const isSaidTwice = !moment.lint && known.has(nameOf(moment));
    return moment.warning && !isSaidTwice ? [{ step: i + 1, moment }] : [];
  });
}

export function drawLints(into: HTMLElement, moments: readonly Moment[], step: number, onStep: (step: number) => void): void {
  const all = findings(moments);
  const items = all.filter((finding) => finding.step <= step).map((finding) => {
    const { moment } = finding;
    const go = make('button', 'lint-step', `step ${finding.step}`);
    go.setAttribute('type', 'button');
    go.addEventListener('click', () => onStep(finding.step));
    const head = make('div', 'lint-head', make('b', 'badge', moment.side === 'c' ? 'C' : 'JS'), make('b', '', nameOf(moment)), go);
    return make('li', `lint ${moment.side}`, head, make('p', '', ...richText(moment.text)));
  });
  const more = all.length - items.length;
  const rest = more > 0 ? `${more} more to come.` : all.length === 0 ? 'Nothing looks wrong in this run.' : '';
  const nodes: HTMLElement[] = items.length > 0 ? [make('ul', '', ...items)] : [];
  if (rest) nodes.push(make('p', 'none', rest));
  into.replaceChildren(...nodes);
}
