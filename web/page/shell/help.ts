// help.ts: the window that tells what the keys do and what the words mean. There the keys of one character can
// be switched off: who speaks to a computer, or hits a key by accident, would set them off unawares.
import { byId } from '../dom/elements.js';
import { recall, remember } from '../dom/storage.js';

const KEY = 'keys';

export class Help {
  private readonly window = byId<HTMLDialogElement>('help');
  private readonly letters = byId<HTMLInputElement>('letters');

  constructor() {
    this.letters.checked = recall(KEY) !== 'off';
    this.letters.addEventListener('change', () => remember(KEY, this.letters.checked ? undefined : 'off'));
    byId('help-open').addEventListener('click', () => this.open());
    byId('help-close').addEventListener('click', () => this.window.close());
    // A press beside the window, which is what the window itself is hit by.
    this.window.addEventListener('click', (event) => event.target === this.window && this.window.close());
  }

  open(): void {
    this.window.showModal();
  }

  /** Whether keys of one character do anything. */
  get hasLetters(): boolean {
    return this.letters.checked;
  }
}
