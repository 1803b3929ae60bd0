// slots.ts: values behind numbers that C holds. A number has the slot in its lower half and the slot's
// generation above: one that was given back finds nothing, also when the slot has a new tenant.

const SLOT_BITS = 20;
const MOST = 2 ** SLOT_BITS - 1;
const GENERATIONS = 2 ** (31 - SLOT_BITS); // ids are positive i32

export class Slots<T> {
  #values: (T | undefined)[] = [undefined]; // 0 is nobody's id
  #ids: number[] = [0];
  #free: number[] = [];
  /** How many are in use. */
  size = 0;

  add(value: T): number {
    let slot = this.#free.pop();
    if (slot === undefined) {
      slot = this.#ids.length;
      if (slot > MOST) throw new RangeError('more than a million values at once: a leak?');
      this.#ids.push(slot | (1 << SLOT_BITS));
    }
    this.#values[slot] = value;
    this.size++;
    return this.#ids[slot]!;
  }

  get(id: number): T | undefined {
    const slot = id & MOST;
    return this.#ids[slot] === id ? this.#values[slot] : undefined;
  }

  has(id: number): boolean {
    const slot = id & MOST;
    return id !== 0 && this.#ids[slot] === id;
  }

  delete(id: number): void {
    if (!this.has(id)) return;
    const slot = id & MOST;
    const generation = ((id >>> SLOT_BITS) % (GENERATIONS - 1)) + 1;
    this.#values[slot] = undefined;
    this.#ids[slot] = slot | (generation << SLOT_BITS);
    this.#free.push(slot);
    this.size--;
  }

  /** Takes all out. */
  drain(): T[] {
    const free = new Set(this.#free);
    const all: T[] = [];
    for (let slot = 1; slot < this.#ids.length; slot++)
      if (!free.has(slot)) {
        all.push(this.#values[slot]!);
        this.delete(this.#ids[slot]!);
      }
    return all;
  }
}
