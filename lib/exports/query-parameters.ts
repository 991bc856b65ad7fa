import type { RawParameters } from "./export-kind.ts";

/** The parameters as a query, in the order of their names; commas and colons stay legible (RFC 3986, 3.4). */
export function queryText(parameters: RawParameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const one of [value].flat()) search.append(name, one);
  }
  return search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/** The same back: filters are lists, also those of one value. */
export function parametersIn(query: string): Record<string, string | string[]> {
  const search = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name);
      return [name, name.startsWith("filter.") ? values : (values[0] ?? "")];
    }),
  );
}
