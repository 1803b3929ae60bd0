// address.ts: what the fragment of the address says.
//
//   #l=6&s=14       lesson 6 at step 14; &b=1 its variant; #l=0 is the scratch page
//   #v1.6.DATA&s=4  the same with a program that was edited (pack.ts); #v1.6b.DATA of the variant
//
// Links live longer than pages: what version 1 wrote is read for ever, and of what cannot be read as much
// as possible is kept.

export interface Place {
  lesson: number;
  step: number;
  isTwisted: boolean;
  /** The edited program, packed. */
  packed?: string;
}

const VERSION = 1;
const EDITED = /^v(\d+)\.(\d+)(b?)\.([\w-]*)/;
const count = (text: string | null) => Math.max(Math.floor(Number(text)) || 0, 0);

/** Anything that is no number counts as not said. `problem`: what the link says and nobody understands. */
export function readPlace(hash: string): Place & { problem?: string } {
  const text = hash.replace(/^#/, '');
  const words = new URLSearchParams(text);
  const step = count(words.get('s'));
  const edited = EDITED.exec(text);
  if (edited) {
    const [, version, lesson, b, packed] = edited;
    const place = { lesson: count(lesson!), step, isTwisted: b === 'b' };
    if (count(version!) === VERSION) return { ...place, packed: packed! };
    const problem = 'This link was made by a newer version of the page, so its program cannot be read. This is the one of the lesson.';
    return { ...place, problem };
  }
  const isSaid = /^\d+$/.test(words.get('l') ?? '');
  const place = { lesson: isSaid ? count(words.get('l')) : 1, step, isTwisted: words.get('b') === '1' };
  if (text === '' || isSaid) return place;
  return { ...place, problem: 'This link is damaged: it names no lesson. This is the first one.' };
}

export function writePlace({ lesson, step, isTwisted, packed }: Place): string {
  const s = step > 0 ? `&s=${step}` : '';
  if (packed !== undefined) return `#v${VERSION}.${lesson}${isTwisted ? 'b' : ''}.${packed}${s}`;
  return `#l=${lesson}${isTwisted ? '&b=1' : ''}${s}`;
}
