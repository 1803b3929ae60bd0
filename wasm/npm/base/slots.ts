// slots.ts: values behind numbers that C holds. The low bits of a number are its slot, the bits above count how often
// the slot was used: an old number finds nothing, also when its slot holds another value.

const SLOT_BITS = 20;
const MOST = 2 ** SLOT_BITS - 1;
const GENERATIONS = 2 ** (31 - SLOT_BITS); // ids are positive i32

export class Slots<T> {
  #values: (T | undefined)[] = [undefined]; // 0 is never an id
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

  /** Takes all values out. */
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
