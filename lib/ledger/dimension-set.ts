import { hash64 } from "./hash.ts";
import type { Dimensions } from "./ledger-row.ts";
import { storable } from "./storable-json.ts";

/** The columns of a dimension set, in the order that its id is hashed in. */
export const DIMENSION_COLUMNS = [
  ["kind", "kind"],
  ["team", "team"],
  ["project", "project"],
  ["environment", "environment"],
  ["service", "service"],
  ["agent", "agent"],
  ["workflow", "workflow"],
  ["tool", "tool"],
  ["provider", "provider"],
  ["model", "model"],
  ["tier", "tier"],
  ["dialect", "dialect"],
  ["status", "status"],
  ["cost_center", "costCenter"],
] as const satisfies readonly (readonly [string, keyof Dimensions])[];

/** Names come from outside and stand in pages, keys and indexes: their length has an end. */
const LONGEST_NAME = 200;

export function boundedName(name: string | null | undefined): string | null {
  if (name === null || name === undefined || name === "") return null;
  const clean = storable(name);
  if (clean.length <= LONGEST_NAME) return clean === "" ? null : clean;
  // The cut may fall into a pair of surrogates.
  return `${clean.slice(0, LONGEST_NAME - 1).toWellFormed()}…`;
}

/** Equal content, equal id, in every collector. */
export function dimensionSetId(dimensions: Dimensions): bigint {
  const parts = DIMENSION_COLUMNS.map(([, key]) => dimensions[key]);
  const content = JSON.stringify(parts);
  const known = ids.get(content);
  if (known !== undefined) return known;
  const id = hash64(...parts);
  if (ids.size >= MOST_REMEMBERED) ids.clear();
  ids.set(content, id);
  return id;
}

/** Events share few dimension sets; names come from outside, so the memory has an end. */
const ids = new Map<string, bigint>();
const MOST_REMEMBERED = 20_000;
