import type { SqlClient } from "#lib/db/client.ts";
import { DIMENSION_COLUMNS, dimensionSetId } from "#lib/ledger/dimension-set.ts";
import type { Dimensions } from "#lib/ledger/ledger-row.ts";
import { toDecimal } from "#lib/money/money.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { createRateSetResolver } from "#lib/pricing/rate-set-resolver.ts";
import { NO_TOKENS, type TokenClass } from "#lib/usage/tokens.ts";
import { SPANS_OF_TRACE } from "./agent-trace.ts";
import { atOf, type BenchAgent, type BenchTeam, TEAMS } from "./workload.ts";

/** Ways in which the runs of one agent differ: in their models and tools, and in whether a call fails. */
export const VARIANTS = 4;
const CONTEXT_TOKENS = 10_000;

type Slot = {
  readonly slot: number;
  readonly dimensions: Dimensions;
  readonly rateSet: RateSet | null;
};

/**
 * Fills `bench_slot`: for each place in each kind of trace what an event there
 * is filed under, its prices for one token, and what it says of itself. Also
 * the teams, dimension sets and rate sets behind them.
 */
export async function fillSlots(sql: SqlClient, atMs: number): Promise<void> {
  const slots = TEAMS.flatMap((team, t) =>
    team.agents.flatMap((agent, a) =>
      Array.from({ length: VARIANTS }, (_, variant) => slotsOf(team, t, agent, a, variant, atMs)),
    ),
  ).flat();
  await sql`
    insert into team (slug, name)
    select slug, slug from unnest(${TEAMS.map(({ slug }) => slug)}::text[]) as slug`;
  await storeDimensionSets(sql, slots);
  const rateSets = new Map(
    slots.flatMap(({ rateSet }) => (rateSet ? [[rateSet.id, rateSet]] : [])),
  );
  for (const { id, status, provider, model, ...rest } of rateSets.values()) {
    const content = JSON.stringify({ id, status, provider, model, ...rest });
    await sql`
      insert into rate_set (id, status, provider, model, content)
      values (${id}, ${status}, ${provider}, ${model}, ${content}::text::jsonb)`;
  }
  await sql`
    create table bench_slot (
      slot int primary key, dimension_set_id int8 not null, rate_set_id int8,
      kind text not null, failed boolean not null, service text not null, model text,
      input_usd numeric, read_usd numeric, output_usd numeric,
      said jsonb not null, attributes jsonb not null)`;
  await insertAll(sql, "bench_slot", slots.map(slotRow));
  await sql`analyze bench_slot`;
}

const resolveRates = createRateSetResolver(loadPriceBook());

function slotsOf(
  team: BenchTeam,
  t: number,
  agent: BenchAgent,
  a: number,
  variant: number,
  atMs: number,
): Slot[] {
  const first = ((t * team.agents.length + a) * VARIANTS + variant) * SPANS_OF_TRACE;
  return Array.from({ length: SPANS_OF_TRACE }, (_, position) => {
    const kind = kindAt(position);
    const model = kind === "model_call" ? atOf(agent.models, variant + (position >> 1)) : null;
    const isFailed = variant === VARIANTS - 1 && position === SPANS_OF_TRACE - 1;
    const rateSet =
      model === null ? null : resolveRates({ ...model, contextTokens: CONTEXT_TOKENS, atMs });
    const dimensions: Dimensions = {
      kind,
      team: team.slug,
      project: null,
      environment: "production",
      service: atOf(team.services, agent.service),
      agent: agent.name,
      workflow: null,
      tool: kind === "tool_call" ? atOf(agent.tools, variant + (position >> 1)) : null,
      provider: rateSet?.provider ?? null,
      model: rateSet?.model ?? null,
      tier: null,
      dialect: "otel-genai",
      status: isFailed ? "error" : "ok",
      costCenter: null,
    };
    return { slot: first + position, dimensions, rateSet };
  });
}

function kindAt(position: number): Dimensions["kind"] {
  if (position === 0) return "agent_run";
  return position % 2 === 1 ? "model_call" : "tool_call";
}

async function storeDimensionSets(sql: SqlClient, slots: readonly Slot[]): Promise<void> {
  const sets = new Map(
    slots.map(({ dimensions }) => [`${dimensionSetId(dimensions)}`, dimensions] as const),
  );
  const rows = [...sets].map(([id, dimensions]) => ({
    id,
    ...Object.fromEntries(DIMENSION_COLUMNS.map(([column, key]) => [column, dimensions[key]])),
  }));
  await insertAll(sql, "dimension_set", rows);
}

/** More rows than a statement may have parameters for. */
async function insertAll(
  sql: SqlClient,
  table: "bench_slot" | "dimension_set",
  rows: readonly object[],
): Promise<void> {
  await sql`
    insert into ${sql(table)}
    select * from jsonb_populate_recordset(null::${sql(table)}, ${JSON.stringify(rows)}::text::jsonb)`;
}

function slotRow({ slot, dimensions, rateSet }: Slot) {
  const { provider, model, service, agent } = dimensions;
  return {
    slot,
    dimension_set_id: `${dimensionSetId(dimensions)}`,
    rate_set_id: rateSet?.id ?? null,
    kind: dimensions.kind,
    failed: dimensions.status === "error",
    service,
    model,
    input_usd: usdOfOne(rateSet, "input_uncached"),
    read_usd: usdOfOne(rateSet, "cache_read"),
    output_usd: usdOfOne(rateSet, "output"),
    said: { ...(provider === null ? {} : { provider }), ...(model === null ? {} : { model }) },
    attributes: {
      "service.name": service,
      "service.version": "1.18.2",
      "service.instance.id": `${service}-7d9f8c6b5-x2x4q`,
      "deployment.environment.name": "production",
      "team.id": dimensions.team,
      "host.name": "node-1.eu-central.example.com",
      "otel.scope.name": "acme.agents",
      "gen_ai.agent.name": agent,
      ...(provider === null ? {} : { "gen_ai.provider.name": provider }),
      ...(model === null ? {} : { "gen_ai.request.model": model, "gen_ai.response.model": model }),
    },
  };
}

function usdOfOne(rateSet: RateSet | null, tokenClass: TokenClass): string | null {
  if (rateSet === null) return null;
  const { cost } = priceWithRateSet(rateSet, { ...NO_TOKENS, [tokenClass]: 1 });
  return cost === null ? null : toDecimal(cost);
}
