import { AccessFeed } from "#lib/access/access-feed.ts";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { AnomalyFeed } from "#lib/anomaly-control/anomaly-feed.ts";
import { AlertFeed } from "#lib/budget-control/alert-feed.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type TodayTotals, todayTotals } from "#lib/reports/today.ts";
import { UsageChanges } from "#lib/reports/usage-changes.ts";

/** Routes may be bundled apart: what all streams share lives on the process. */
const holder = globalThis as typeof globalThis & {
  outlayUsageChanges?: UsageChanges;
  outlayAlerts?: AlertFeed;
  outlayAnomalies?: AnomalyFeed;
  outlayAccess?: AccessFeed;
  outlayTotals?: Map<string, { readonly atMs: number; readonly totals: Promise<TodayTotals> }>;
};

/** Streams of one scope that ask in the same moment share one read. */
const FRESH_MS = 900;

/** The changes that streams wait for; what was read before a change is forgotten with it. */
export function usageChanges(sql: SqlClient): UsageChanges {
  if (holder.outlayUsageChanges === undefined) {
    const changes = new UsageChanges(sql);
    holder.outlayUsageChanges = changes;
    changes
      .subscribe(() => holder.outlayTotals?.clear())
      .catch(() => {
        delete holder.outlayUsageChanges;
      });
  }
  return holder.outlayUsageChanges;
}

/** The budgets' messages that streams pass on. */
export function alertFeed(sql: SqlClient): AlertFeed {
  holder.outlayAlerts ??= new AlertFeed(sql);
  return holder.outlayAlerts;
}

/** The anomalies' messages that streams pass on. */
export function anomalyFeed(sql: SqlClient): AnomalyFeed {
  holder.outlayAnomalies ??= new AnomalyFeed(sql);
  return holder.outlayAnomalies;
}

/** Changes of anybody's access, which end streams. */
export function accessFeed(sql: SqlClient): AccessFeed {
  holder.outlayAccess ??= new AccessFeed(sql);
  return holder.outlayAccess;
}

export function sharedTotals(
  sql: SqlClient,
  scope: ReadScope,
  nowMs: number,
): Promise<TodayTotals> {
  holder.outlayTotals ??= new Map();
  const cache = holder.outlayTotals;
  const key = JSON.stringify(teamsOf(scope));
  const known = cache.get(key);
  if (known !== undefined && nowMs - known.atMs < FRESH_MS) return known.totals;
  for (const [old, { atMs }] of cache) if (nowMs - atMs >= FRESH_MS) cache.delete(old);
  const totals = todayTotals(sql, scope, nowMs);
  cache.set(key, { atMs: nowMs, totals });
  return totals;
}
