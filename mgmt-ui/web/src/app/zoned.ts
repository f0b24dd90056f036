/** Times as people type them, in the zone of the server: every place of the pages shows that one. */

function offsetOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000;
}

/**
 * The instant of a local time such as `2026-11-28T06:00`, as ISO 8601 in UTC; undefined where it is none. A time that occurs twice
 * is the earlier one; one that the clock skips is as much later as it skips.
 */
export function instantOf(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  if (local === '' || Number.isNaN(wall)) {
    return undefined;
  }
  // The offsets of the day before and after: one of them holds at the time.
  const [before, after] = [offsetOf(zone, wall - 86_400_000), offsetOf(zone, wall + 86_400_000)];
  const fits = [before, after].map((offset) => wall - offset).filter((at) => at + offsetOf(zone, at) === wall);
  return new Date(fits.length > 0 ? Math.min(...fits) : wall - before).toISOString();
}

/** What a field for a local time shows for an instant: `2026-11-28T06:00`. */
export function localOf(instant: string | number, zone: string): string {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  return new Date(at + offsetOf(zone, at)).toISOString().slice(0, 16);
}
