import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import { type AuditActor, actorName } from "#lib/audit/actor.ts";
import type { AuditValue } from "#lib/audit/mask.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { because } from "#lib/refusals/reason.ts";
import type { Backfilled } from "./backfill.ts";
import { backfillAll } from "./backfill-all.ts";
import { loadPricing } from "./load-pricing.ts";
import { endAlias, type NewAlias, recordAlias } from "./model-alias.ts";
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
  by: AuditActor,
): Promise<Effect & { readonly ids: readonly string[] }> {
  await requireTeams(sql, rates);
  const ids = await sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    const recorded = await recordRates(tx, rates, actorName(by));
    await recordAudit(tx, {
      actor: by,
      action: "price.recorded",
      target: { kind: "price", id: recorded[0] ?? "" },
      after: { count: rates.length, prices: rates.slice(0, MOST_AUDITED).map(auditedRate) },
    });
    return recorded;
  });
  return { ids, backfill: await backfill(sql) };
}

/** Names the model behind a reported name, with the same effects. */
export async function recordModelAlias(
  sql: SqlClient,
  alias: NewAlias,
  by: AuditActor,
): Promise<Effect & { readonly id: string }> {
  const id = await sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    const recorded = await recordAlias(tx, alias, actorName(by));
    await recordAudit(tx, {
      actor: by,
      action: "model_alias.recorded",
      target: { kind: "model_alias", id: recorded },
      after: auditedAlias(alias),
    });
    return recorded;
  });
  return { id, backfill: await backfill(sql) };
}

/**
 * Ends an alias at a moment, or withdraws it where no moment is given. Calls
 * that were filed by it stay as they are. False when it is not believed.
 *
 * @throws {AppError} "invalid" when it would end before it begins.
 */
export async function endModelAlias(
  sql: SqlClient,
  id: string,
  at: Date | null,
  by: AuditActor,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    const ended = await endAlias(tx, id, at, actorName(by));
    if (ended === null) return false;
    await recordAudit(tx, {
      actor: by,
      action: at === null ? "model_alias.withdrawn" : "model_alias.ended",
      target: { kind: "model_alias", id },
      before: auditedAlias(ended),
      after: at === null ? null : auditedAlias({ ...ended, effectiveTo: at }),
    });
    return true;
  });
}

/** Stops believing a price. What was charged by it stays. False when it is not believed. */
export async function withdrawPrice(sql: SqlClient, id: string, by: AuditActor): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
    const before = (await readRates(tx as unknown as SqlClient)).find((rate) => rate.id === id);
    if (before === undefined || !(await withdrawRate(tx, id, actorName(by)))) return false;
    await recordAudit(tx, {
      actor: by,
      action: "price.withdrawn",
      target: { kind: "price", id },
      before: auditedRate(before),
    });
    return true;
  });
}

/** An entry of the audit log is no copy of a whole price file; the rows themselves are kept anyway. */
const MOST_AUDITED = 20;

function auditedRate(rate: NewRate): AuditValue {
  const { team, kind, provider, model, unit, price, tier, effectiveFrom, effectiveTo } = rate;
  return {
    ...{ team, kind, provider, model, unit, tier },
    ...("amount" in price
      ? { amount: price.amount, per: price.per }
      : { discount: `${price.off.num}/${price.off.den}` }),
    effective_from: effectiveFrom?.toISOString() ?? null,
    effective_to: effectiveTo?.toISOString() ?? null,
  };
}

function auditedAlias(alias: NewAlias): AuditValue {
  const { provider, reported, targetProvider, targetModel, effectiveFrom, effectiveTo } = alias;
  return {
    ...{ provider, reported, target_provider: targetProvider, target_model: targetModel },
    effective_from: effectiveFrom?.toISOString() ?? null,
    effective_to: effectiveTo?.toISOString() ?? null,
  };
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
  by: AuditActor,
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
    throw new AppError(because("no_team", { team: missing.join(", ") }), { code: "invalid" });
  }
}
