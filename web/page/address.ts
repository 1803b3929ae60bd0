// address.ts: what the fragment of the address says: #l=6&s=14, and &b=1 for the variant of a lesson.

export interface Place {
  lesson: number;
  step: number;
  isTwisted: boolean;
}

const count = (text: string | null) => Math.max(Math.floor(Number(text)) || 0, 0);

/** Anything that is no number counts as not said. */
export function readPlace(hash: string): Place {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  return { lesson: count(words.get('l')) || 1, step: count(words.get('s')), isTwisted: words.get('b') === '1' };
}

export function writePlace({ lesson, step, isTwisted }: Place): string {
  return `#l=${lesson}${isTwisted ? '&b=1' : ''}${step > 0 ? `&s=${step}` : ''}`;
}
