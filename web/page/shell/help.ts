// help.ts: the window that explains the keys and the words. In it you can switch off single-character keys: speech
// input, or a key hit by accident, would trigger them.
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
    // A click beside the window has the window itself as its target.
    this.window.addEventListener('click', (event) => event.target === this.window && this.window.close());
  }

  open(): void {
    this.window.showModal();
  }

  /** Whether single-character keys are switched on. */
  get hasLetters(): boolean {
    return this.letters.checked;
  }
}
