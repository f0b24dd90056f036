import type { Schema } from '../../api/client';
import type { RowSource } from '../../components/DataTable';
import { Ring } from '../../live/ring';

export type TrafficEvent = Schema<'Event'>;

/** How many live events are kept to scroll back to; older ones are asked of the index. */
export const KEPT = 20_000;

/**
 * What Traffic shows, newest first: live events as they come, and below them what the index has of before. Paused, it keeps what it
 * shows, however much comes.
 */
export class TrafficLog {
  private readonly live: Ring<TrafficEvent>;
  private past: TrafficEvent[] = [];
  /** The live events that are shown while paused, newest first. */
  private still: TrafficEvent[] | undefined;
  private stillTotal = 0;
  private lostEvents = 0;
  private end = false;
  private changes = 0;
  private came = 0;

  constructor(kept = KEPT) {
    this.live = new Ring(kept);
  }

  /** Changes with whatever there is to draw. */
  get version(): number {
    return this.changes;
  }

  get paused(): boolean {
    return this.still !== undefined;
  }

  /** How many came since it was paused. */
  get waiting(): number {
    return this.still ? this.live.total - this.stillTotal : 0;
  }

  /** How many came live so far, under this and earlier filters. */
  get seen(): number {
    return this.came;
  }

  /** How many this browser was too slow for. */
  get lost(): number {
    return this.lostEvents;
  }

  /** There is nothing older. */
  get complete(): boolean {
    return this.end;
  }

  /** The number of the oldest event that the index gave. */
  get oldestId(): number | undefined {
    return this.past[this.past.length - 1]?.id;
  }

  clear() {
    this.live.clear();
    this.past = [];
    this.still = undefined;
    this.lostEvents = 0;
    this.end = false;
    this.changes++;
  }

  /** In the order of their time. */
  add(events: TrafficEvent[]) {
    for (const event of events) {
      this.live.add(event);
    }
    this.came += events.length;
    this.changes++;
  }

  addLost(events: number) {
    this.lostEvents += events;
    this.came += events;
    this.changes++;
  }

  /** The first page of the past; live events that it has, too, are shown once. */
  setPast(page: Schema<'EventPage'>) {
    const newest = page.events[0]?.at;
    if (newest !== undefined) {
      const later: TrafficEvent[] = [];
      for (let number = Math.max(0, this.live.total - this.live.length); number < this.live.total; number++) {
        const event = this.live.at(number)!;
        if (event.at > newest) {
          later.push(event);
        }
      }
      this.live.clear();
      later.forEach((event) => this.live.add(event));
    }
    this.past = page.events;
    this.end = page.complete;
    this.changes++;
  }

  addPast(page: Schema<'EventPage'>) {
    this.past = [...this.past, ...page.events];
    this.end = page.complete;
    this.changes++;
  }

  pause() {
    if (!this.still) {
      const shown: TrafficEvent[] = [];
      for (let i = 0; i < this.live.length; i++) {
        shown.push(this.live.at(this.live.total - 1 - i)!);
      }
      this.still = shown;
      this.stillTotal = this.live.total;
      this.changes++;
    }
  }

  follow() {
    if (this.still) {
      this.still = undefined;
      this.changes++;
    }
  }

  /** As it is now; another object each time, so that tables see that it changed. */
  rows(): RowSource<TrafficEvent> {
    const { still, live, past } = this;
    if (still) {
      return { length: still.length + past.length, at: (index) => (index < still.length ? still[index] : past[index - still.length]) };
    }
    const [total, length] = [live.total, live.length];
    return { length: length + past.length, at: (index) => (index < length ? live.at(total - 1 - index) : past[index - length]) };
  }
}
