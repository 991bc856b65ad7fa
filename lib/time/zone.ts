/**
 * Hours and days of an IANA time zone, as instants.
 *
 * They partition time: every instant is in exactly one hour and one day, and
 * the start of an hour or day is its own start. A change of the clock that is
 * no whole number of hours (Lord Howe) cuts the hour in which it happens, so an
 * hour may be shorter than sixty minutes, never longer; a day holds all
 * instants of one date, be they 23, 24 or 25 hours.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** All offsets in use are multiples of this, and nearly all changes of clocks. */
const SLOT_MS = 900_000;
/** About three years of slots; keeps hostile times from filling the memory. */
const MAX_CACHED = 100_000;

type Slot = { readonly hour: number; readonly day: number };
type Zone = {
  readonly name: string;
  readonly format: Intl.DateTimeFormat;
  /** Null: a change of the clock or a start of an hour falls inside the slot. */
  readonly slots: Map<number, Slot | null>;
  /** By day of UTC. Null: the clock changes on it. */
  readonly offsets: Map<number, number | null>;
};

const zones = new Map<string, Zone>();
let latest: Zone | undefined;

/**
 * Epoch milliseconds of the start of the zone's hour that holds the instant.
 *
 * @throws {RangeError} when the zone is unknown or `ms` is no valid time.
 */
export function hourStart(ms: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  return slotOf(ms, zone)?.hour ?? computeHourStart(ms, zone);
}

/**
 * Epoch milliseconds of the start of the zone's day that holds the instant.
 *
 * @throws {RangeError} when the zone is unknown or `ms` is no valid time.
 */
export function dayStart(ms: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  return slotOf(ms, zone)?.day ?? computeDayStart(ms, zone);
}

/** What the zone's clock is ahead of UTC at the instant, in milliseconds. */
export function offsetAt(ms: number, timeZone: string): number {
  return computeOffset(ms, zoneOf(timeZone));
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function zoneOf(name: string): Zone {
  if (latest?.name === name) return latest;
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = { name, format: clockOf(name), slots: new Map(), offsets: new Map() };
    zones.set(name, zone);
  }
  latest = zone;
  return zone;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function slotOf(ms: number, zone: Zone): Slot | null {
  const index = Math.floor(ms / SLOT_MS);
  const known = zone.slots.get(index);
  if (known !== undefined) return known;
  const first = index * SLOT_MS;
  const last = first + SLOT_MS - 1;
  const slot = { hour: computeHourStart(first, zone), day: computeDayStart(first, zone) };
  const isUniform =
    slot.hour === computeHourStart(last, zone) && slot.day === computeDayStart(last, zone);
  if (zone.slots.size >= MAX_CACHED) zone.slots.clear();
  zone.slots.set(index, isUniform ? slot : null);
  return isUniform ? slot : null;
}

function computeHourStart(ms: number, zone: Zone): number {
  const offset = computeOffset(ms, zone);
  const start = floorTo(ms + offset, HOUR_MS) - offset;
  return startOfOffset(start, ms, zone);
}

/**
 * Walks back over changes of the clock as long as the date before them is the
 * same: midnight may exist twice (Havana) or not at all (Beirut).
 */
function computeDayStart(ms: number, zone: Zone): number {
  const date = floorTo(ms + computeOffset(ms, zone), DAY_MS);
  let start = ms;
  for (;;) {
    const offset = computeOffset(start, zone);
    start = startOfOffset(date - offset, start, zone);
    const before = start - 1;
    if (floorTo(before + computeOffset(before, zone), DAY_MS) !== date) return start;
    start = before;
  }
}

/** The first instant in [from, to] since when the clock has the offset that it has at `to`. */
function startOfOffset(from: number, to: number, zone: Zone): number {
  const offset = computeOffset(to, zone);
  if (computeOffset(from, zone) === offset) return from;
  let before = from;
  let since = to;
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (computeOffset(middle, zone) === offset) since = middle;
    else before = middle;
  }
  return since;
}

/** No zone changes its clock twice on a day of UTC, so equal ends mean one offset. */
function computeOffset(ms: number, zone: Zone): number {
  const day = Math.floor(ms / DAY_MS);
  let offset = zone.offsets.get(day);
  if (offset === undefined) {
    const first = readClock(day * DAY_MS, zone);
    offset = first === readClock((day + 1) * DAY_MS - 1, zone) ? first : null;
    if (zone.offsets.size >= MAX_CACHED) zone.offsets.clear();
    zone.offsets.set(day, offset);
  }
  return offset ?? readClock(ms, zone);
}

function readClock(ms: number, zone: Zone): number {
  const clock = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of zone.format.formatToParts(ms)) {
    if (type in clock) clock[type as keyof typeof clock] = Number(value);
  }
  const local = Date.UTC(
    clock.year,
    clock.month - 1,
    clock.day,
    clock.hour,
    clock.minute,
    clock.second,
  );
  return local - floorTo(ms, 1000);
}

function floorTo(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}
