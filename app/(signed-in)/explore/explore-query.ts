import { costPairs } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { BUCKETS, type Bucket, DIMENSIONS, type Dimension } from "#lib/reports/usage-query.ts";
import { MEASURES, type Measure } from "./measures.ts";

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

/** A chart has at most 2,000 bars, so hours go up to 80 days. */
const MOST_HOURS_MS = 80 * 86_400_000;

/** Reads the address; what it does not say, or says wrongly, is spend by team over the month to date. */
export async function readExploreQuery(params: SearchParams): Promise<ExploreQuery> {
  const query = await readPageQuery(params);
  const dimension = (name: string) => DIMENSIONS.find((one) => one === firstOf(params[name]));
  const first = dimension("by") ?? "team";
  const second = dimension("then");
  const wanted = BUCKETS.find((one) => one === firstOf(params.bucket)) ?? null;
  const isTooLong = query.period.to.getTime() - query.period.from.getTime() > MOST_HOURS_MS;
  const wantedBucket = wanted === "hour" && isTooLong ? "day" : wanted;
  const add = dimension("add");
  return {
    ...query,
    measure: MEASURES.find((one) => one === firstOf(params.measure)) ?? "spend",
    groupBy: second === undefined || second === first ? [first] : [first, second],
    bucket: wantedBucket ?? query.period.bucket,
    wantedBucket,
    compare: firstOf(params.compare) === "1",
    added: add === undefined ? null : { dimension: add, value: firstOf(params.value) ?? "" },
  };
}

/** What the address says beyond period and filters; defaults need no words. */
export function explorePairs(query: ExploreQuery): [string, string][] {
  const [first, second] = query.groupBy;
  const pairs: [string, string | undefined][] = [
    ["measure", query.measure === "spend" ? undefined : query.measure],
    ["by", first === "team" ? undefined : first],
    ["then", second],
    ["bucket", query.wantedBucket ?? undefined],
    ["compare", query.compare ? "1" : undefined],
    ["cost", costPairs(query.costBasis)[0]?.[1]],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}
