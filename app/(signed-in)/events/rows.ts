import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { RateSetId } from "#lib/parameters/rate-set.ts";

/** Which rows of the ledger the page shows, beyond its period and filters. */
export type Rows = {
  /** Also those that do not count. */
  readonly all: boolean;
  /** Only what was priced with it. */
  readonly rateSetId: string | null;
};

export function readRows(params: SearchParams): Rows {
  return {
    all: firstOf(params.rows) === "all",
    rateSetId: RateSetId.safeParse(firstOf(params.rate_set)).data ?? null,
  };
}

export function rowsPairs({ all, rateSetId }: Rows): [string, string][] {
  return [...(all ? [["rows", "all"] as [string, string]] : []), ...rateSetPairs(rateSetId)];
}

export function rateSetPairs(rateSetId: string | null): [string, string][] {
  return rateSetId === null ? [] : [["rate_set", rateSetId]];
}
