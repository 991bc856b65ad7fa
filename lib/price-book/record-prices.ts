import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import type { Backfilled } from "./backfill.ts";
import { backfillAll } from "./backfill-all.ts";
import { loadPricing } from "./load-pricing.ts";
import { type NewAlias, recordAlias } from "./model-alias.ts";
import type { NewRate } from "./own-rate.ts";
import { type ImportMode, type ImportPlan, planImport } from "./plan-import.ts";
import type { ReadPrices } from "./price-file-formats.ts";
import { shippedRows } from "./price-row.ts";
import { readRates, recordRates, withdrawRate } from "./rate-store.ts";

/** What became of calls that had no price; the worker goes on where `isDone` is false. */
export type Effect = { readonly backfill: Backfilled & { readonly isDone: boolean } };

/** A caller waits so long for calls to be filed anew; most changes touch few. */
const PATIENCE_MS = 5_000;

/**
 * Records prices, tells every process, and gives calls without a price the new
 * one.
 *
 * @param by Who says so, for the history.
 * @throws {AppError} "invalid" when a team does not exist.
 */
export async function recordPrices(
  sql: SqlClient,
  rates: readonly NewRate[],
  by: string,
): Promise<Effect & { readonly ids: readonly string[] }> {
  await requireTeams(sql, rates);
  const ids = await sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    return recordRates(tx, rates, by);
  });
  return { ids, backfill: await backfill(sql) };
}

/** Names the model behind a reported name, with the same effects. */
export async function recordModelAlias(
  sql: SqlClient,
  alias: NewAlias,
  by: string,
): Promise<Effect & { readonly id: string }> {
  const id = await sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    return recordAlias(tx, alias, by);
  });
  return { id, backfill: await backfill(sql) };
}

/** Stops believing a price. What was charged by it stays. False when it is not believed. */
export async function withdrawPrice(sql: SqlClient, id: string, by: string): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    return withdrawRate(tx, id, by);
  });
}

export type ImportChoices = {
  readonly mode: ImportMode;
  readonly isRehearsal: boolean;
  /** A person has looked at what is suspicious. */
  readonly acceptChanges: boolean;
};

export type Imported = ImportPlan & { readonly isApplied: boolean };

/**
 * Records the prices of a file, all or none: while something is suspicious and
 * nobody has said yes, nothing is recorded.
 */
export async function importPrices(
  sql: SqlClient,
  read: ReadPrices,
  { mode, isRehearsal, acceptChanges }: ImportChoices,
  by: string,
  now: Date,
): Promise<Imported> {
  const { book } = await loadPricing(sql);
  const listed = [...shippedRows(loadPriceBook()), ...(await readRates(sql))];
  const plan = planImport(book, read, mode, now, listed);
  const mayApply = plan.suspicious.length === 0 || acceptChanges;
  if (isRehearsal || !mayApply || plan.added.length === 0) return { ...plan, isApplied: false };
  await recordPrices(
    sql,
    plan.added.map(({ rate }) => rate),
    by,
  );
  return { ...plan, isApplied: true };
}

async function backfill(sql: SqlClient): Promise<Effect["backfill"]> {
  return backfillAll(sql, await loadPricing(sql), { signal: AbortSignal.timeout(PATIENCE_MS) });
}

async function requireTeams(sql: SqlClient, rates: readonly NewRate[]): Promise<void> {
  const named = [...new Set(rates.flatMap(({ team }) => team ?? []))];
  if (named.length === 0) return;
  const rows = await sql<{ slug: string }[]>`select slug from team where slug = any(${named})`;
  const missing = named.filter((slug) => !rows.some((row) => row.slug === slug));
  if (missing.length > 0) {
    throw new AppError(`there is no team ${missing.join(", ")}`, { code: "invalid" });
  }
}
