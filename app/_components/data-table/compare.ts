import type { SortValue } from "./table-column.ts";

/** Below zero when `a` comes before `b`; texts by the reader's own order. */
export function comparing(locale: string): (a: SortValue, b: SortValue) => number {
  const collator = new Intl.Collator(locale, { numeric: true });
  return (a, b) => {
    if (typeof a === "string" && typeof b === "string") return collator.compare(a, b);
    return a < b ? -1 : a > b ? 1 : 0;
  };
}
