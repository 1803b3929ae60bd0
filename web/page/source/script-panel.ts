// script-panel.ts: the source of the JavaScript side, as a text or in the editor, which is loaded when you first edit.
// It knows whether the source was edited; its owner runs it.
import { byId } from '../dom/elements.js';
import type { Mistake } from '../run/prepare-script.js';
import type { Lines } from '../story/moment.js';
import { CodeView } from './code-view.js';
import type { Editor } from './editor.js';

const loadTools = () => Promise.all([import('./editor.js'), import('../run/prepare-script.js')]);

export class ScriptPanel {
  private own = '';
  private editor: Editor | undefined;
  private tools: Awaited<ReturnType<typeof loadTools>> | undefined;
  private readonly code = byId('js-code');
  private readonly view = new CodeView(this.code);
  private readonly host = byId('js-editor');
  private readonly mistakes = byId('js-mistake');

  constructor(
    private readonly onRun: () => void,
    private readonly onProblem: (text: string) => void,
  ) {
    byId('js-edit').addEventListener('click', () => void this.edit().then(() => this.editor?.focus()));
    byId('js-run').addEventListener('click', onRun);
    byId('js-reset').addEventListener('click', () => this.reset());
  }

  get text(): string {
    return this.editor?.text ?? this.own;
  }

  get isEdited(): boolean {
    return this.text !== this.own;
  }

  get isOpen(): boolean {
    return this.editor !== undefined;
  }

  /** Shows another program and closes the editor. */
  show(own: string): void {
    this.own = own;
    this.editor?.close();
    this.editor = undefined;
    this.view.draw(own);
    this.mark([]);
    this.update();
  }

  /** Opens the editor. */
  async edit(text = this.text): Promise<void> {
    try {
      this.tools ??= await loadTools();
    } catch (error) {
      return this.onProblem(`The editor did not load: ${(error as Error).message}`);
    }
    if (this.editor) this.editor.text = text;
    else this.editor = new this.tools[0].Editor(this.host, text, this.onRun, () => this.update());
    this.update();
  }

  private reset(): void {
    this.show(this.own);
    this.onRun();
    byId('js-edit').focus();
  }

  private update(): void {
    const { isOpen } = this;
    this.host.hidden = !isOpen;
    this.code.hidden = isOpen;
    byId('js-edit').hidden = isOpen;
    byId('js-run').hidden = !isOpen;
    byId('js-reset').hidden = !isOpen;
  }

  /** The program with hooks, ready to be recorded; undefined after showing why it cannot be parsed. */
  prepare(): string | undefined {
    const prepared = this.tools?.[1].prepare(this.text);
    if (prepared && 'recorded' in prepared) return (this.mark([]), prepared.recorded);
    if (prepared) this.mark([prepared.mistake]);
    return undefined;
  }

  mark(mistakes: readonly Mistake[]): void {
    this.editor?.mark(mistakes);
    this.mistakes.replaceChildren(...mistakes.map(({ line, text }) => `Line ${line}: ${text}`));
    this.mistakes.hidden = mistakes.length === 0;
  }

  light(lines: Lines | undefined, isNow: boolean): void {
    if (this.editor) this.editor.light(lines, isNow);
    else this.view.light(lines, isNow);
  }

  /** Scrolls to the highlighted lines. */
  reveal(): void {
    (this.editor ?? this.view).reveal();
  }
}
