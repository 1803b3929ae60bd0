// address.ts: what the fragment of the address says.
//
//   #l=6&s=14       lesson 6 at step 14; &b=1 its first variant; #l=0 is the scratch page
//   #v1.6.DATA&s=4  the same with a program that was edited (pack.ts); #v1.6b.DATA of the first variant, 6b2 of
//                   the second
//
// Links live longer than pages: links of version 1 must work for ever, and of a broken link as much as possible is
// used.

export interface Place {
  lesson: number;
  step: number;
  /** 0 is the lesson itself. */
  variant: number;
  /** The edited program, packed. */
  packed?: string;
}

const VERSION = 1;
const EDITED = /^v(\d+)\.(\d+)(b\d*)?\.([\w-]*)/;
const NEWER =
  'A newer version of the page made this link, so its program cannot be read. You see the program of the lesson.';
const count = (text: string | null) => Math.max(Math.floor(Number(text)) || 0, 0);

/** What is no number counts as missing. `problem` says what is wrong with the link. */
export function readPlace(hash: string): Place & { problem?: string } {
  const text = hash.replace(/^#/, '');
  const words = new URLSearchParams(text);
  const step = count(words.get('s'));
  const edited = EDITED.exec(text);
  if (edited) {
    const [, version, lesson, b, packed] = edited;
    const variant = b === undefined ? 0 : count(b.slice(1)) || 1;
    const place = { lesson: count(lesson!), step, variant };
    if (count(version!) === VERSION) return { ...place, packed: packed! };
    return { ...place, problem: NEWER };
  }
  const isSaid = /^\d+$/.test(words.get('l') ?? '');
  const place = { lesson: isSaid ? count(words.get('l')) : 1, step, variant: count(words.get('b')) };
  if (text === '' || isSaid) return place;
  return { ...place, problem: 'This link is damaged: it names no lesson. You see the first one.' };
}

export function writePlace({ lesson, step, variant, packed }: Place): string {
  const s = step > 0 ? `&s=${step}` : '';
  const b = variant > 1 ? `b${variant}` : variant ? 'b' : '';
  if (packed !== undefined) return `#v${VERSION}.${lesson}${b}.${packed}${s}`;
  return `#l=${lesson}${variant ? `&b=${variant}` : ''}${s}`;
}
