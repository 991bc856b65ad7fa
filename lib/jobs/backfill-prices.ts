import { backfillAll } from "#lib/price-book/backfill-all.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Gives calls without a price the one that is known by now: what a request had no time for, and what a release brought. */
export async function backfillPrices({ sql, signal }: JobDeps): Promise<JobResult> {
  const { rows, filed } = await backfillAll(sql, await loadPricing(sql), { signal });
  return { rows, filed };
}
