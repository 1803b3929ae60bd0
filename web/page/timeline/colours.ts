// colours.ts: reads the colours of style.css, for drawing on a canvas.

const NAMES = ['c', 'c-soft', 'js', 'js-soft', 'warn', 'text', 'quiet', 'edge', 'panel'] as const;
export type Colours = Readonly<Record<(typeof NAMES)[number] | 'done', string>>;

const isForced = matchMedia('(forced-colors: active)');
const isDark = matchMedia('(prefers-color-scheme: dark)');

/** In forced-colours mode the reader's own colours take the place of ours. */
const FORCED: Partial<Record<string, string>> = {
  panel: 'Canvas',
  'c-soft': 'Canvas',
  'js-soft': 'Canvas',
  done: 'Highlight',
};

/** The colours at `element`. `done` is the colour of a finished bar, or '' for that of its side. */
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

/** Calls `run` when the colours may have changed. */
export function onColours(run: () => void): void {
  for (const query of [isForced, isDark]) query.addEventListener('change', run);
  new MutationObserver(run).observe(document.documentElement, { attributes: true });
}
