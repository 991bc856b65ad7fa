import type { LedgerItem } from "#lib/ledger/ledger-row.ts";

/** An item told twice under different times (so with two ids) is still one item: the stored one stays, else the lesser id. */
export function withoutRepeats(
  items: ReadonlyMap<string, LedgerItem>,
): ReadonlyMap<string, LedgerItem> {
  const first = new Map<string, LedgerItem>();
  for (const item of items.values()) {
    const key = `${item.event.kind}|${item.event.identity}`;
    const other = first.get(key);
    if (other === undefined || isBefore(item, other)) first.set(key, item);
  }
  if (first.size === items.size) return items;
  return new Map([...first.values()].map((item) => [item.id, item]));
}

function isBefore(a: LedgerItem, b: LedgerItem): boolean {
  const [storedA, storedB] = [a.filing !== null, b.filing !== null];
  return storedA === storedB ? a.id < b.id : storedA;
}
