// guard.ts: imports whose body may run code of the user's. Nothing it throws may go through C, but a module
// that has ended meanwhile is not returned to.
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
