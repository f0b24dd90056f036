/** The last so many things, the newest counted from 0. Adding to a full ring forgets the oldest; nothing is moved or copied. */
export class Ring<T> {
  private readonly slots: (T | undefined)[];
  private added = 0;

  constructor(readonly capacity: number) {
    this.slots = new Array<T | undefined>(capacity);
  }

  /** How many are in it. */
  get length(): number {
    return Math.min(this.added, this.capacity);
  }

  /** How many were ever added: the number of the next one. */
  get total(): number {
    return this.added;
  }

  add(value: T) {
    this.slots[this.added % this.capacity] = value;
    this.added++;
  }

  /** By its number since the beginning; undefined where it is forgotten or did not come yet. */
  at(number: number): T | undefined {
    return number < 0 || number >= this.added || number < this.added - this.capacity ? undefined : this.slots[number % this.capacity];
  }

  clear() {
    this.slots.fill(undefined);
    this.added = 0;
  }
}
