import { findCacheCollapse } from "#lib/anomalies/cache-collapse.ts";
import { findModelChange } from "#lib/anomalies/model-change.ts";
import { findRetryStorm } from "#lib/anomalies/retry-storm.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { floatOf } from "#lib/money/float-usd.ts";
import { parseUsd, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { mostRetries } from "./most-retries.ts";
import type { AgentKind, AnomalyScope, Finding, Sighting } from "./sighting.ts";
import { isSilentChange } from "./silent-change.ts";
import { feedbackFactor, type WatchFacts } from "./watch-facts.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MILLION = 1_000_000;
/** So long something may go on and be told with all of its cost. */
const LONGEST_MS = 3 * DAY_MS;

/** What an agent of a team used of one model, now or in the week before. */
type Use = {
  readonly is_now: boolean;
  /** Of the last three; null in the week before. */
  readonly first_hour: Date | null;
  readonly team: string;
  readonly agent: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly retries: number;
  readonly errors: number;
  readonly failed_cost: string;
  readonly context: number;
  readonly cache_read: number;
  readonly cost: string;
  readonly content: RateSet | null;
};

/**
 * Compares how agents use models in the last three hours with the week before:
 * a cache that no longer answers, another model than before, calls that are
 * mostly retried. Two reads of rollups; what goes on for longer is read from its
 * beginning, so that its cost is that of all of its time.
 */
export async function detectShifts(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  const since = facts.now - 3 * HOUR_MS;
  const agents = Map.groupBy(await readUses(sql, facts, since), ({ team, agent }) =>
    JSON.stringify([team, agent]),
  );
  const told: Sighting[] = [];
  for (const each of [...agents.values()].flatMap((own) => shiftsOf(own, since, facts))) {
    const isSilent =
      each.kind === "model_change" && (await isSilentChange(sql, each.scope, new Date(since)));
    // A dearer model is told whoever chose it; a cheaper one where nobody did.
    if (each.direction === -1 && !isSilent) continue;
    const whole = await fromItsBeginning(sql, each, facts);
    const more = {
      ...(isSilent ? { silent: true } : {}),
      ...(each.kind === "retry_storm" ? { most_retries: await mostRetries(sql, whole) } : {}),
    };
    told.push({ ...whole, finding: { ...whole.finding, ...more } });
  }
  return told;
}

/** The same over the time for which it is known. */
async function fromItsBeginning(
  sql: SqlClient,
  sighting: Sighting,
  facts: WatchFacts,
): Promise<Sighting> {
  const { kind, scope, startsAt } = sighting;
  const [known] = await sql<{ starts_at: Date }[]>`
    select min(starts_at) as starts_at from anomaly
     where source = 'agent' and kind = ${kind} and state in ('open', 'acknowledged')
       and scope = ${JSON.stringify(scope)}::text::jsonb
       and ends_at >= ${new Date(facts.now - 3 * HOUR_MS)}`;
  const began = Math.max(known?.starts_at?.getTime() ?? startsAt, facts.now - LONGEST_MS);
  if (began >= startsAt) return sighting;
  const uses = await readUses(sql, facts, began, scope);
  return shiftsOf(uses, began, facts).find((one) => one.kind === kind) ?? sighting;
}

/** @param only The agent to read; all unless given. */
async function readUses(
  sql: SqlClient,
  { today }: WatchFacts,
  since: number,
  only?: AnomalyScope,
): Promise<Use[]> {
  const week = new Date(today - 7 * DAY_MS);
  const own =
    only === undefined
      ? sql``
      : sql`and d.team = ${only.team ?? ""} and d.agent is not distinct from ${only.agent ?? null}`;
  return sql<Use[]>`
    with used as (
      select true as is_now, hour, dimension_set_id, rate_set_id, model_calls, retries, errors,
             input_uncached, cache_read, cache_write_5m, cache_write_1h, cost
        from usage_hour where hour >= ${new Date(since)}
       union all
      select false, null, dimension_set_id, rate_set_id, model_calls, retries, errors,
             input_uncached, cache_read, cache_write_5m, cache_write_1h, cost
        from usage_day where day >= ${week} and day < ${new Date(today)})
    select u.is_now, min(u.hour) as first_hour, d.team, d.agent, d.model, sum(u.model_calls)::float8 as calls,
           sum(u.retries)::float8 as retries, sum(u.errors)::float8 as errors,
           coalesce(sum(u.cost) filter (where d.status = 'error'), 0) as failed_cost, sum(u.cache_read)::float8 as cache_read,
           sum(u.input_uncached + u.cache_read + u.cache_write_5m + u.cache_write_1h)::float8
             as context,
           sum(u.cost) as cost, (array_agg(s.content) filter (where s.id <> 0))[1] as content
      from used u join dimension_set d on d.id = u.dimension_set_id
      left join rate_set s on s.id = u.rate_set_id
     where d.kind = 'model_call' ${own}
     group by u.is_now, d.team, d.agent, d.model`;
}

function shiftsOf(uses: readonly Use[], since: number, facts: WatchFacts): Sighting[] {
  const [now, before] = [uses.filter((use) => use.is_now), uses.filter((use) => !use.is_now)];
  const [first] = now;
  if (first === undefined || before.length === 0) return [];
  const scope: AnomalyScope = {
    team: first.team,
    ...(first.agent === null ? {} : { agent: first.agent }),
  };
  const told = [collapseOf(before, now), changeOf(before, now), stormOf(before, now)];
  return told
    .filter((one) => one !== null)
    .filter(({ cost }) => Math.abs(floatOf(cost)) >= facts.agentFloor * factorOf(facts, scope))
    .map(({ kind, cost, finding, isNotable, uses: shown }) => ({
      source: "agent",
      kind,
      metric: "spend",
      direction: cost < 0n ? -1 : 1,
      scope,
      keys: [ownKey(scope), `${kind}:${ownKey(scope)}`],
      startsAt: firstHour(shown, since),
      endsAt: facts.now,
      isNotable,
      excess: Math.abs(floatOf(cost)),
      measured: null,
      wasted: cost,
      finding,
    }));
}

type Told = {
  readonly kind: AgentKind;
  readonly cost: Usd;
  readonly finding: Finding;
  readonly isNotable: boolean;
  /** Those that show it. */
  readonly uses: readonly Use[];
};

function firstHour(uses: readonly Use[], earliest: number): number {
  const hours = uses.flatMap(({ first_hour: hour }) => hour?.getTime() ?? []);
  return Math.max(earliest, Math.min(...hours));
}

function collapseOf(before: readonly Use[], now: readonly Use[]): Told | null {
  const use = (uses: readonly Use[]) => ({
    contextTokens: total(uses, "context"),
    cacheReadTokens: total(uses, "cache_read"),
  });
  const found = findCacheCollapse(use(before), use(now), savingOf(now));
  if (found === null) return null;
  return {
    kind: "cache_collapse",
    cost: found.extraCost ?? ZERO_USD,
    isNotable: true,
    uses: now,
    finding: {
      hit_share_before: found.hitShareBefore,
      hit_share_now: found.hitShareNow,
      missed_tokens: found.missedTokens,
    },
  };
}

function changeOf(before: readonly Use[], now: readonly Use[]): Told | null {
  const use = (uses: readonly Use[]) =>
    uses.map(({ model, calls, cost }) => ({
      model: model ?? "unknown",
      requestModel: null,
      calls,
      cost: parseUsd(cost),
    }));
  const found = findModelChange(use(before), use(now));
  if (found === null) return null;
  const { from, to, share, extraCost } = found;
  return {
    kind: "model_change",
    cost: extraCost,
    isNotable: true,
    uses: now.filter(({ model }) => (model ?? "unknown") === to),
    finding: { from, to, share },
  };
}

/** By the tries that are numbered; of calls that nobody numbers, one that failed has been tried for nothing. */
function stormOf(before: readonly Use[], now: readonly Use[]): Told | null {
  const failed = sumUsd(now.map(({ failed_cost: cost }) => parseUsd(cost)));
  return stormBy("retries", before, now, null) ?? stormBy("errors", before, now, failed);
}

/** @param cost What it wasted; null: the cost of the calls that were tried again. */
function stormBy(
  name: "retries" | "errors",
  before: readonly Use[],
  now: readonly Use[],
  cost: Usd | null,
): Told | null {
  const use = (uses: readonly Use[]) => ({
    calls: total(uses, "calls"),
    retries: total(uses, name),
    cost: sumUsd(uses.map(({ cost: spent }) => parseUsd(spent))),
  });
  const found = findRetryStorm(use(before), use(now));
  if (found === null) return null;
  return {
    kind: "retry_storm",
    cost: cost ?? found.retryCost,
    isNotable: true,
    uses: now.filter((each) => each[name] > 0),
    finding: {
      retries: found.retries,
      retry_share_before: found.retryShareBefore,
      retry_share_now: found.retryShareNow,
    },
  };
}

/** What a million prompt tokens cost more without the cache, at the rates of the most used model. */
function savingOf(now: readonly Use[]): Usd | null {
  const [main] = now.toSorted((a, b) => b.context - a.context);
  if (main?.content == null) return null;
  const price = (name: "input_uncached" | "cache_read") =>
    main.content === null
      ? null
      : priceWithRateSet(main.content, { ...NO_TOKENS, [name]: MILLION }).cost;
  const [full, cached] = [price("input_uncached"), price("cache_read")];
  return full === null || cached === null ? null : ((full - cached) as Usd);
}

function total(
  uses: readonly Use[],
  name: "calls" | "retries" | "errors" | "context" | "cache_read",
): number {
  return uses.reduce((sum, use) => sum + use[name], 0);
}

function factorOf(facts: WatchFacts, scope: AnomalyScope): number {
  return feedbackFactor(facts, ownKey(scope));
}

function ownKey({ team, agent }: AnomalyScope): string {
  return agent === undefined ? `team=${team}` : `agent=${agent}`;
}
