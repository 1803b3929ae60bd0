// notice.ts: the two notices above the lesson: what went wrong, and what is good to know.
import { byId, make } from './elements.js';

export function showProblem(text: string): void {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';
}

/** `action`: a button for what you can do about it. */
export function say(text: string, action?: { label: string; run: () => void }): void {
  const said = byId('said');
  const nodes: HTMLElement[] = [make('span', '', text)];
  if (action) {
    const button = make('button', 'tool', action.label);
    button.setAttribute('type', 'button');
    button.addEventListener('click', () => (say(''), action.run()));
    nodes.push(button);
  }
  said.replaceChildren(...nodes);
  said.hidden = text === '';
}
