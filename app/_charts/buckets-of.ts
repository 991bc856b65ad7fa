import type { Bucket } from "#lib/reports/usage-query.ts";
import { unitEdges } from "#lib/time/calendar.ts";

const MAX_BARS = 2_000;

/** The stretch of time that a chart is about. */
type Stretch = { readonly from: Date; readonly to: Date; readonly timeZone: string };

/**
 * All buckets of the period, so that a day without usage is a gap and not left out.
 *
 * @throws {RangeError} with more than 2,000 of them.
 */
export function bucketsOf({ from, to, timeZone }: Stretch, bucket: Bucket) {
  if (bucket === "none") return [{ start: from, end: to }];
  const edges = unitEdges(from.getTime(), to.getTime(), bucket, timeZone, MAX_BARS);
  return edges
    .slice(0, -1)
    .map((edge, index) => ({ start: new Date(edge), end: new Date(edges[index + 1] ?? edge) }));
}
