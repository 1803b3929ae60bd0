// theme.ts: light or dark: as the system says, until you choose.
import { byId } from '../dom/elements.js';
import { recall, remember } from '../dom/storage.js';

export function bindTheme(): void {
  const { style } = document.documentElement;
  const chosen = recall('theme');
  if (chosen === 'dark' || chosen === 'light') style.colorScheme = chosen;
  byId('theme').addEventListener('click', () => {
    const now = style.colorScheme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    style.colorScheme = now === 'dark' ? 'light' : 'dark';
    remember('theme', style.colorScheme);
  });
}
