// colours.ts: the colours of style.css for what is drawn on a canvas.

const NAMES = ['c', 'c-soft', 'js', 'js-soft', 'warn', 'text', 'quiet', 'edge', 'panel'] as const;
export type Colours = Readonly<Record<(typeof NAMES)[number] | 'done', string>>;

const isForced = matchMedia('(forced-colors: active)');
const isDark = matchMedia('(prefers-color-scheme: dark)');

/** The few that a person has chosen instead of ours. */
const FORCED: Partial<Record<string, string>> = {
  panel: 'Canvas',
  'c-soft': 'Canvas',
  'js-soft': 'Canvas',
  done: 'Highlight',
};

/** As they are where `element` stands; `done` is a bar that has come to its end, if it is not its side's colour. */
export function coloursAt(element: HTMLElement): Colours {
  const colourOf = (name: string) => {
    if (isForced.matches) return FORCED[name] ?? 'CanvasText';
    element.style.color = `var(--${name})`;
    return getComputedStyle(element).color;
  };
  const all = Object.fromEntries(NAMES.map((name) => [name, colourOf(name)]));
  element.style.color = '';
  return { ...all, done: isForced.matches ? FORCED.done! : '' } as Colours;
}

/** When they may have changed. */
export function onColours(run: () => void): void {
  for (const query of [isForced, isDark]) query.addEventListener('change', run);
  new MutationObserver(run).observe(document.documentElement, { attributes: true });
}
