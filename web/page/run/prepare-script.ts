// prepare-script.ts: makes an edited program ready to be recorded, or finds its mistake. It is loaded with the editor,
// because the parser is large, too.
import { parse } from 'acorn';
import { rewrite, type Parse } from './rewrite-script.js';

export interface Mistake {
  line: number;
  column?: number;
  text: string;
}

/** The program with the recorder's hooks, or where it cannot be read. */
export function prepare(source: string): { recorded: string } | { mistake: Mistake } {
  try {
    return { recorded: rewrite(source, parse as Parse) };
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const text = message.replace(/ \(\d+:\d+\)$/, '');
    return { mistake: { line: loc?.line ?? 1, column: loc?.column ?? 0, text } };
  }
}
