/** How many groups a chart tells apart; the rest is "Other". */
export const MAX_SERIES = 8;

const SLOTS = Array.from({ length: MAX_SERIES }, (_, index) => `var(--chart-${index + 1})`);
export const OTHER_COLOR = "var(--chart-other)";

/**
 * A colour for each name. It comes from the name itself, so a team keeps its
 * colour from page to page and day to day; only where two names shown together
 * want the same colour does the one later in the alphabet take the next.
 */
export function colorsFor(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<number>();
  const colors = new Map<string, string>();
  for (const name of [...names].sort()) {
    let slot = hash(name) % MAX_SERIES;
    while (taken.has(slot) && taken.size < MAX_SERIES) slot = (slot + 1) % MAX_SERIES;
    taken.add(slot);
    colors.set(name, SLOTS[slot] ?? OTHER_COLOR);
  }
  return colors;
}

/** FNV-1a: spreads short names well and needs no state. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
