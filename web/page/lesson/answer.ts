// answer.ts: the true answer to a lesson's question. It is read from the recording, never written down.
import type { Moment } from '../story/moment.js';
import type { Check } from './lesson.js';

function printsOf(moments: readonly Moment[], side: 'c' | 'js') {
  return moments.filter((moment) => moment.side === side && moment.printed !== undefined);
}

export function trueAnswer(check: Check, moments: readonly Moment[]): string | undefined {
  if ('pollsOf' in check) {
    const born = moments.find(({ born }) => born?.name === check.pollsOf)?.actor;
    const polls = moments
      .filter(({ side }) => side === 'c')
      .reduce((sum, { what, actor, again = [] }) => {
        const others = again.find(([id]) => id === born)?.[1] ?? 0;
        return sum + others + (what === 'run' && actor === born ? 1 : 0);
      }, 0);
    return `${polls} ${polls === 1 ? 'time' : 'times'}`;
  }
  if ('lineAfter' in check) {
    const lines = printsOf(moments, check.side ?? 'c').map(({ printed }) => printed);
    return lines[lines.indexOf(check.lineAfter) + 1];
  }
  if ('prints' in check)
    return printsOf(moments, check.side).some(({ printed }) => printed === check.prints) ? 'yes' : 'no';
  return `${Math.round(printsOf(moments, check.endOf).at(-1)?.t ?? 0)} ms`;
}
