// narrow-screen.ts: what only a narrow screen has: one of three views at a time, and the inspector as a sheet that
// comes up from below. On wide screens everything is visible, and the style sheet hides these buttons.
import { byId } from '../dom/elements.js';

export type View = 'time' | 'c' | 'js';

export function showView(view: View): void {
  document.body.dataset.view = view;
  for (const button of byId('views').children)
    button.setAttribute('aria-pressed', String((button as HTMLElement).dataset.view === view));
}

/** `onShow` is called when something becomes visible, and so has a size now. */
export function bindNarrow(onShow: () => void): void {
  const opener = byId('sheet-open');
  const setSheet = (isOpen: boolean) => {
    document.body.dataset.sheet = isOpen ? 'open' : 'closed';
    opener.setAttribute('aria-expanded', String(isOpen));
    onShow();
    if (isOpen) byId('inspector').querySelector<HTMLElement>('[aria-selected="true"]')!.focus();
    else opener.focus();
  };
  byId('views').addEventListener('click', ({ target }) => {
    const { view } = (target as HTMLElement).dataset;
    if (view) (showView(view as View), onShow());
  });
  opener.addEventListener('click', () => setSheet(document.body.dataset.sheet !== 'open'));
  byId('sheet-close').addEventListener('click', () => setSheet(false));
  byId('inspector').addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && document.body.dataset.sheet === 'open') setSheet(false);
  });
}
