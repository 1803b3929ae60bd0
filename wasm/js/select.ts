// select.ts: a race that hands its losers back: they go on, and may be awaited again.
import { from } from './from.js';
import type { Future } from './future.js';
import { Generated, toFuture } from './generator.js';

/** Which future of a `select` ended first, and with what. */
export interface Selected<T> {
  /** Which won. */
  index: number;
  value: T;
}

/** The first that ends, and which it is. The others run on: await them again, or abort their tasks. When
    the select itself is cancelled, so are they. */
export function select<T>(list: readonly (Future<T> | PromiseLike<T>)[]): Future<Selected<T>> {
  const arms: readonly Future<T>[] = list.map(toFuture);
  const first = () =>
    new Promise<number>((resolve) => {
      arms.forEach((arm, i) => (arm.isDone ? resolve(i) : arm.observe(() => resolve(i))));
    });
  return new Generated<Selected<T>>(function* () {
    let won = false;
    try {
      for (const arm of arms) arm.start();
      const index: number = yield from(first);
      won = true;
      return { index, value: yield arms[index]! };
    } finally {
      if (!won) for (const arm of arms) arm.cancel();
    }
  });
}
