// prepare-script.ts: an edited program made ready to be recorded, or its mistake. Loaded with the editor, for the
// parser is large, too.
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
