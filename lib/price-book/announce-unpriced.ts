import type { SqlClient, Tx } from "#lib/db/client.ts";
import { emitEvent } from "#lib/notifications/emit-event.ts";
import { nearestModels } from "./nearest-models.ts";
import type { Pricing } from "./pricing.ts";

/** Strangers can name many models; the rest has its turn in the next run. */
const MOST_AT_ONCE = 50;
const MOST_SUGGESTIONS = 3;

/**
 * Announces each model whose calls have no price once, when it is first seen,
 * with the known models of the most similar names. The note that it was
 * announced and the event are one transaction, so it is exactly once however
 * many workers run.
 *
 * @param publicUrl The address people use, for the link to the queue.
 * @returns How many were announced.
 */
export async function announceUnpriced(
  sql: SqlClient,
  pricing: Pricing,
  { now, publicUrl }: { readonly now: Date; readonly publicUrl: string },
): Promise<number> {
  return sql.begin(async (tx) => {
    const fresh = await firstSeen(tx);
    const noted = await note(tx, fresh, now);
    for (const model of noted) {
      const suggestions = nearestModels(pricing.book, model).slice(0, MOST_SUGGESTIONS);
      await emitEvent(tx, {
        type: "model.unpriced",
        data: {
          provider: model.provider,
          model: model.model,
          calls: Number(model.calls),
          tokens: Number(model.tokens),
          first_seen: model.firstSeen.toISOString(),
          suggestions: suggestions.map(({ provider, model: name }) => ({ provider, model: name })),
          as_of: now.toISOString(),
          url: new URL("/unpriced", publicUrl).href,
        },
        orderKey: null,
        team: null,
        at: now,
      });
    }
    return noted.length;
  });
}

type FirstSeen = {
  readonly provider: string;
  readonly model: string;
  readonly calls: bigint;
  readonly tokens: bigint;
  readonly firstSeen: Date;
};

/** Unpriced rate sets are few and name their model, so the rollups are read only where one is new. */
function firstSeen(tx: Tx): Promise<FirstSeen[]> {
  return tx<FirstSeen[]>`
    with fresh as materialized (
      select id, provider, model from rate_set r
       where status = 'unpriced' and provider is not null and model is not null and model <> ''
         and not exists (select from unpriced_announcement a
                          where a.provider = r.provider and a.model = r.model)
    )
    select f.provider, f.model, sum(u.unpriced_calls)::int8 as calls,
           sum(u.unpriced_tokens)::int8 as tokens, min(u.day) as "firstSeen"
      from fresh f join usage_day u on u.rate_set_id = f.id
     group by f.provider, f.model having sum(u.unpriced_calls) > 0
     order by calls desc, f.provider, f.model
     limit ${MOST_AT_ONCE}`;
}

/** Those that no other worker has noted in the meantime. */
async function note(tx: Tx, models: readonly FirstSeen[], now: Date): Promise<FirstSeen[]> {
  if (models.length === 0) return [];
  const rows = await tx<{ provider: string; model: string }[]>`
    insert into unpriced_announcement (provider, model, announced_at)
    select provider, model, ${now}
      from unnest(${models.map(({ provider }) => provider)}::text[],
                  ${models.map(({ model }) => model)}::text[]) as n (provider, model)
     order by 1, 2
        on conflict do nothing
    returning provider, model`;
  const noted = new Set(rows.map(({ provider, model }) => `${provider}\n${model}`));
  return models.filter(({ provider, model }) => noted.has(`${provider}\n${model}`));
}
