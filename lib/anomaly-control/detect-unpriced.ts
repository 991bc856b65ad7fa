import { findUnpricedUsage, type UnpricedUse } from "#lib/anomalies/unpriced-usage.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Sighting } from "./sighting.ts";
import { feedbackFactor, type WatchFacts } from "./watch-facts.ts";

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

type Row = Omit<UnpricedUse, "firstAtMs"> & { readonly is_now: boolean; readonly first: Date };

/**
 * Tokens of models that had no price-less usage in the week before: spend that
 * no total shows. For the page: the message on it is `model.unpriced`, sent
 * once a model.
 */
export async function detectUnpriced(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  const since = new Date(facts.now - 3 * HOUR_MS);
  const rows = await sql<Row[]>`
    select r.hour >= ${since} as is_now, d.provider, d.model, sum(r.unpriced_calls)::float8 as calls,
           sum(r.unpriced_tokens)::float8 as tokens, min(r.hour) as first
      from usage_hour r join dimension_set d on d.id = r.dimension_set_id
     where r.unpriced_calls > 0 and r.hour >= ${new Date(since.getTime() - WEEK_MS)}
       and d.kind = 'model_call'
     group by 1, 2, 3`;
  const uses = (isNow: boolean) =>
    rows
      .filter((row) => row.is_now === isNow)
      .map(({ first, ...use }) => ({ ...use, firstAtMs: first.getTime() }));
  const now = uses(true);
  const all = now.reduce((sum, { tokens }) => sum + tokens, 0);
  return findUnpricedUsage(now, all, uses(false))
    .filter(({ isNew, tokens }) => isNew && tokens > 0)
    .flatMap(({ provider, model, calls, tokens, firstAtMs }) => {
      const key = `unpriced_usage:${provider ?? ""}/${model ?? ""}`;
      // Somebody has said that it may be without a price.
      if (feedbackFactor(facts, key) > 1) return [];
      const sighting: Sighting = {
        source: "agent",
        kind: "unpriced_usage",
        metric: "tokens",
        direction: 1,
        scope: model === null ? {} : { model },
        // Nothing that others share: it is an anomaly of its own.
        keys: [key],
        startsAt: firstAtMs,
        endsAt: facts.now,
        isNotable: false,
        excess: tokens,
        measured: { expected: 0, actual: tokens },
        wasted: null,
        finding: { provider, model, calls, tokens },
      };
      return [sighting];
    });
}
