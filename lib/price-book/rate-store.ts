import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { OverridePrice } from "#lib/pricing/overrides.ts";
import type { RateKind } from "#lib/pricing/price-book.ts";
import type { Unit } from "#lib/pricing/units.ts";
import { type NewRate, type OwnRate, rateKey } from "./own-rate.ts";

/**
 * The recorded prices.
 *
 * @param which Those believed now, or all that were ever believed.
 */
export async function readRates(
  sql: SqlClient,
  which: "believed" | "all" = "believed",
): Promise<OwnRate[]> {
  const rows = await sql<RateRow[]>`
    select id, team_slug, kind, provider, model, unit, trim_scale(amount)::text as amount,
           per, off_num, off_den, tier, speed, region, context, time_window, includes_fees,
           effective_from, effective_to, source_name, source_url, source_quote,
           checked_at::text as checked_at, recorded_at, recorded_by, superseded_at, superseded_by
      from price_rate
     ${which === "believed" ? sql`where superseded_at is null` : sql``}
     order by provider, model, unit, effective_from nulls first, recorded_at, id`;
  return rows.map(rateFrom);
}

/**
 * Records prices. One with the same key and the same first moment is no longer
 * believed from now on; nothing else is touched.
 *
 * @param by Who says so, for the history.
 * @returns The new rows' ids, in order.
 */
export async function recordRates(
  tx: Tx,
  rates: readonly NewRate[],
  by: string,
): Promise<string[]> {
  if (rates.length === 0) return [];
  // One writer at a time: two corrections of one price must see each other.
  await tx`lock table price_rate in share row exclusive mode`;
  const believed = Map.groupBy(await readRates(tx as unknown as SqlClient), placeOf);
  const last = [...new Map(rates.map((rate) => [placeOf(rate), rate])).entries()];
  const replaced = last.flatMap(([place]) => believed.get(place)?.map(({ id }) => id) ?? []);
  await supersede(tx, replaced, by);
  const rows = last.map(([, rate]) => rowOf(rate, by));
  const ids: string[] = [];
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    const part = rows.slice(i, i + ROWS_AT_ONCE);
    const inserted = await tx<{ id: string }[]>`insert into price_rate ${tx(part)} returning id`;
    ids.push(...inserted.map(({ id }) => id));
  }
  return ids;
}

/** Parameters of one statement have an end: 65,535. */
const ROWS_AT_ONCE = 1_000;

/** Stops believing a price; what was charged by it stays. False when it is not believed. */
export async function withdrawRate(tx: Tx, id: string, by: string): Promise<boolean> {
  return (await supersede(tx, [id], by)) === 1;
}

async function supersede(tx: Tx, ids: readonly string[], by: string): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await tx`
    update price_rate set superseded_at = now(), superseded_by = ${by}
     where id = any(${[...ids]}::uuid[]) and superseded_at is null returning id`;
  return rows.length;
}

/** Two rates of one place are about the same thing from the same moment on. */
export function placeOf(rate: NewRate): string {
  return `${rateKey(rate)}${rate.effectiveFrom?.toISOString() ?? ""}`;
}

function rowOf(rate: NewRate, by: string) {
  const { price, source } = rate;
  const amount = "amount" in price ? price : null;
  const off = "off" in price ? price.off : null;
  return {
    team_slug: rate.team,
    kind: rate.kind,
    provider: rate.provider,
    model: rate.model,
    unit: rate.unit,
    amount: amount?.amount ?? null,
    per: amount?.per ?? null,
    off_num: off?.num ?? null,
    off_den: off?.den ?? null,
    tier: rate.tier,
    speed: rate.speed,
    region: rate.region,
    context: rate.context as never,
    time_window: rate.window as never,
    includes_fees: rate.includesFees,
    effective_from: rate.effectiveFrom,
    effective_to: rate.effectiveTo,
    source_name: source.name,
    source_url: source.url,
    source_quote: source.quote,
    checked_at: source.checkedAt,
    recorded_by: by,
  };
}

type RateRow = {
  readonly id: string;
  readonly team_slug: string | null;
  readonly kind: RateKind;
  readonly provider: string | null;
  readonly model: string | null;
  readonly unit: string | null;
  readonly amount: string | null;
  readonly per: bigint | null;
  readonly off_num: number | null;
  readonly off_den: number | null;
  readonly tier: string | null;
  readonly speed: string | null;
  readonly region: string | null;
  readonly context: OwnRate["context"];
  readonly time_window: OwnRate["window"];
  readonly includes_fees: boolean;
  readonly effective_from: Date | null;
  readonly effective_to: Date | null;
  readonly source_name: string;
  readonly source_url: string;
  readonly source_quote: string | null;
  readonly checked_at: string;
  readonly recorded_at: Date;
  readonly recorded_by: string;
  readonly superseded_at: Date | null;
  readonly superseded_by: string | null;
};

function rateFrom(row: RateRow): OwnRate {
  return {
    id: row.id,
    team: row.team_slug,
    kind: row.kind,
    provider: row.provider,
    model: row.model,
    unit: row.unit as Unit | null,
    price: priceFrom(row),
    tier: row.tier,
    speed: row.speed,
    region: row.region,
    context: row.context,
    window: row.time_window,
    includesFees: row.includes_fees,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    source: {
      name: row.source_name,
      url: row.source_url,
      quote: row.source_quote,
      checkedAt: row.checked_at,
    },
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    supersededAt: row.superseded_at,
    supersededBy: row.superseded_by,
  };
}

function priceFrom({ amount, per, off_num, off_den }: RateRow): OverridePrice {
  if (amount !== null) return { amount, per: Number(per) };
  return { off: { num: off_num ?? 0, den: off_den ?? 1 } };
}
