import { hrefWith } from "#app/_query/links.ts";

/** The file of a table of the cost book with all its versions: of one team, or of all that one may see. */
export function bookHref(
  table: "charges" | "cost-models" | "shared-costs",
  team: string | null,
): string {
  return hrefWith(`/api/v1/export/${table}.csv`, [
    ["history", "true"],
    ...(team === null ? [] : [["team", team] as [string, string]]),
  ]);
}
