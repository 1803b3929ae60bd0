// import-guard.ts: for imports that may run the user's code. What that code throws must not pass through C. But if the
// module has ended meanwhile, its failure is thrown: nothing returns to that module.
import type { Instance } from './instance.js';

export function rethrow({ failure }: Instance): void {
  if (failure) throw failure;
}

export function guard<T>(instance: Instance, body: () => T, thrown: (error: unknown) => T): T {
  let result: T;
  try {
    result = body();
  } catch (error) {
    result = thrown(error);
  }
  rethrow(instance);
  return result;
}
