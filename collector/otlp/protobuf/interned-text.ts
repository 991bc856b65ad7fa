/**
 * Attribute keys, model names and service names repeat without end. Looking
 * their bytes up here is several times faster than decoding them again, and
 * the strings are then shared by all spans that hold them.
 *
 * The table is direct-mapped: a text evicts the one in its place, so hostile
 * keys cost speed and never memory.
 */

/** Texts that are longer are rarely repeated. */
export const MAX_INTERNED_BYTES = 64;

const SLOTS = 8192;
const slotBytes: (Uint8Array | undefined)[] = new Array(SLOTS).fill(undefined);
const slotTexts: string[] = new Array(SLOTS).fill("");

/** The text at `start` to `end`, from the table or decoded into it. */
export function internedText(bytes: Buffer, start: number, end: number): string {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);

  const known = slotBytes[slot];
  if (known !== undefined && isSame(known, bytes, start, end)) return slotTexts[slot] ?? "";

  const text = bytes.toString("utf8", start, end);
  // A copy: a view would keep the whole request body alive.
  slotBytes[slot] = Uint8Array.prototype.slice.call(bytes, start, end);
  slotTexts[slot] = text;
  return text;
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}
