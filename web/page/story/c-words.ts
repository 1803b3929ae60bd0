// c-words.ts: what the C program's events are called in sentences. WHO stands for who it is about.

const STATUSES: Readonly<Record<number, string>> = {
  [-1]: 'cancelled',
  [-2]: 'no memory',
  [-3]: 'closed',
  [-4]: 'timeout',
  [-5]: 'full',
  [-6]: 'empty',
  [-7]: 'lagged',
  [-8]: 'invalid',
  [-9]: 'not supported',
  [-10]: 'deadlock',
};

/** A failure, as the trace has it: 32 bits without a sign. */
export function statusText(word: number): string {
  const status = word | 0;
  return STATUSES[status] ?? `status ${status}`;
}

/** By what follows `chan.`; `held` is how many items are in it then. */
export const CHANNELS: Readonly<Record<string, (held: number) => string>> = {
  send: (held) => `An item goes into the channel: it now holds ${held}.`,
  recv: (held) => `An item comes out of the channel: ${held === 0 ? 'it is now empty' : `${held} left`}.`,
  full: () => 'The channel is full: WHO has to wait.',
  empty: () => 'The channel is empty: WHO has to wait.',
};

/** By what follows `lock.`. */
export const LOCKS: Readonly<Record<string, (what: string) => string>> = {
  wait: (what) => `The ${what} is taken: WHO waits in line.`,
  take: (what) => `WHO takes the ${what}.`,
  release: (what) => `The ${what} is released.`,
};

/** docs/lints.md, in the words of a beginner. */
export const LINTS: Readonly<Record<string, string>> = {
  'self-wakes': 'WHO wakes itself again and again instead of waiting for anything.',
  'lost-waker': 'WHO is pending, and nobody has a waker for it: it will never be polled again.',
  'never-yielded': 'WHO ran from start to end without yielding.',
  'slow-poll': 'a poll of WHO took a long time, and everything else waited for it.',
  'large-future': 'the struct of WHO is large.',
  'never-polled': 'WHO was made and never polled, so nothing of it ever ran.',
  'dropped-while-pending': 'the program ended before WHO did.',
  'moved-after-poll': 'WHO was moved after its first poll.',
  'unobserved-result': 'WHO failed, and nobody looked at its result.',
  'budget-exhausted': 'everything that WHO awaits is ready at once, so it has to yield.',
};
