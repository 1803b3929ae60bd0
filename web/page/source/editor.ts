// editor.ts: the JavaScript editor. It is loaded when you want to edit, because it is larger than the rest of the page.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
  bracketMatching,
  continuedIndent,
  delimitedIndent,
  HighlightStyle,
  indentNodeProp,
  indentOnInput,
  LRLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parser } from '@lezer/javascript';
import { reveal } from '../dom/elements.js';
import type { Mistake } from '../run/prepare-script.js';
import type { Lines } from '../story/moment.js';

const language = LRLanguage.define({
  name: 'javascript',
  parser: parser.configure({
    props: [
      indentNodeProp.add({
        Block: delimitedIndent({ closing: '}' }),
        'Statement Property': continuedIndent({ except: /^\s*{/ }),
      }),
    ],
  }),
});

const light = StateEffect.define<{ lines: Lines | undefined; isNow: boolean }>();
const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, changes, state }) {
    for (const effect of effects) {
      if (!effect.is(light)) continue;
      const { lines, isNow } = effect.value;
      const line = lines && lines[0] <= state.doc.lines ? state.doc.line(lines[0]) : undefined;
      const mark = Decoration.line({ class: isNow ? 'lit now' : 'lit' });
      return line ? Decoration.set(mark.range(line.from)) : Decoration.none;
    }
    return marks.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Uses the variables of style.css: they reach into the shadow tree, its rules do not.
const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--string)' },
  { tag: tags.keyword, color: 'var(--keyword)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: tags.function(tags.variableName), color: 'var(--call)' },
]);
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--text)', backgroundColor: 'var(--panel)' },
  '&.cm-focused': { outline: '3px solid var(--call)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.45' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--quiet)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--edge)',
  },
  '.lit': { backgroundColor: 'var(--raised)', boxShadow: 'inset 3px 0 var(--quiet)' },
  '.lit.now': { backgroundColor: 'var(--js-soft)', boxShadow: 'inset 3px 0 var(--js)' },
  '.cm-tooltip': { color: 'var(--text)', backgroundColor: 'var(--panel)', border: '1px solid var(--edge)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--warn)' },
});

export class Editor {
  private readonly view: EditorView;
  private lit: number | undefined; // line

  /** It lives in a shadow tree, where its styles need no exception in the page's policy. */
  constructor(host: HTMLElement, text: string, onRun: () => void, onChange: () => void) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    root.replaceChildren();
    const run = () => (onRun(), true);
    const extensions = [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      lintGutter(),
      litLines,
      language,
      syntaxHighlighting(colours),
      look,
      keymap.of([{ key: 'Mod-Enter', run }, ...defaultKeymap, ...historyKeymap]),
      EditorState.tabSize.of(2),
      EditorView.contentAttributes.of({ 'aria-label': 'JavaScript source' }),
      EditorView.updateListener.of((update) => update.docChanged && onChange()),
    ];
    this.view = new EditorView({
      parent: root as unknown as HTMLElement,
      root,
      state: EditorState.create({ doc: text, extensions }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  focus(): void {
    this.view.focus();
  }

  light(lines: Lines | undefined, isNow: boolean): void {
    this.lit = lines?.[0];
    this.view.dispatch({ effects: light.of({ lines, isNow }) });
  }

  /** Scrolls only the editor: its own way of doing so scrolls the page, too. */
  reveal(): void {
    const { view, lit } = this;
    if (lit === undefined || lit > view.state.doc.lines) return;
    const { top, bottom } = view.lineBlockAt(view.state.doc.line(lit).from);
    reveal(view.scrollDOM, top, bottom + 8, 'y');
  }

  mark(mistakes: readonly Mistake[]): void {
    const { doc } = this.view.state;
    const list = mistakes.map(({ line, column, text }) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      const start = Math.min(from + (column ?? 0), to);
      const end = column === undefined ? to : Math.min(start + 1, to);
      return { from: Math.min(start, end), to: end, severity: 'error' as const, message: text };
    });
    this.view.dispatch(setDiagnostics(this.view.state, list));
    const first = list[0];
    if (first) this.view.dispatch({ selection: { anchor: first.from }, scrollIntoView: true });
  }

  close(): void {
    this.view.destroy();
  }
}
