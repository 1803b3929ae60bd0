// download.ts: saves a text as a file on the reader's machine.
import { make } from './elements.js';

export function download(name: string, text: string, type = 'application/json'): void {
  const link = make('a', '') as HTMLAnchorElement;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
