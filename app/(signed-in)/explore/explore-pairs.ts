import { usageCsvHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Bucket, Dimension } from "#lib/reports/usage-query.ts";
import type { Measure } from "./measures.ts";

/** A question as the address of the page asks it. */
export type ExploreQuery = PageQuery & {
  readonly measure: Measure;
  /** One or two, the first one chosen. */
  readonly groupBy: readonly Dimension[];
  readonly bucket: Bucket;
  /** Null: by the length of the period. */
  readonly wantedBucket: Bucket | null;
  readonly compare: boolean;
  /** A filter that was just typed in and is to become part of the address. */
  readonly added: { readonly dimension: Dimension; readonly value: string } | null;
};

/** What the address says beyond period, filters and cost; defaults need no words. */
export function explorePairs(query: ExploreQuery): [string, string][] {
  const [first, second] = query.groupBy;
  const pairs: [string, string | undefined][] = [
    ["measure", query.measure === "spend" ? undefined : query.measure],
    ["by", first === "team" ? undefined : first],
    ["then", second],
    ["bucket", query.wantedBucket ?? undefined],
    ["compare", query.compare ? "1" : undefined],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

/** What leads from a count to the groups that it is the sum of. */
export function countPairs(measure: Measure, by: Dimension): [string, string][] {
  return [
    ["measure", measure],
    ["by", by],
  ];
}

/** The download of the same groups, or of the same chart. */
export function csvOf(query: ExploreQuery, bucket: Bucket): string {
  return usageCsvHref(query, query.groupBy, bucket);
}
