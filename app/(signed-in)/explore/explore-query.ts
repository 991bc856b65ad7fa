import { readPageQuery } from "#app/_query/page-query.ts";
import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { BUCKETS, DIMENSIONS } from "#lib/reports/usage-query.ts";
import type { ExploreQuery } from "./explore-pairs.ts";
import { MEASURES } from "./measures.ts";

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
