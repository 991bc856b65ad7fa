import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { AuditValue } from "#lib/audit/mask.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { assertMonthsOpen } from "#lib/close/closed-months.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { toDecimal } from "#lib/money/money.ts";
import { notifyPlan } from "#lib/organization/notify-plan.ts";
import { because } from "#lib/refusals/reason.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type CivilDay, dayText, startOfDay } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type Days, daysOfCharge, daysOfPool } from "./changed-days.ts";
import { insertCharge, type NewCharge, readCharges, withdrawCharge } from "./charge-store.ts";
import type { CostDraft } from "./draft.ts";
import { insertPool, type NewPool, readPools, withdrawPool } from "./pool-store.ts";
import {
  insertTeamModel,
  type NewModel,
  readTeamModels,
  withdrawTeamModel,
} from "./team-model-store.ts";

/**
 * Records how a team's cost is built from a day on, and tells every process.
 * New calls follow at once; those that are in the ledger move by re-pricing.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found" for an
 *   unknown team, "closed_period" when it would change a closed month.
 */
export async function recordTeamModel(
  sql: SqlClient,
  viewer: Viewer,
  model: NewModel,
): Promise<string> {
  requireFinance(viewer);
  return change(sql, [[model.effectiveFrom, null]], async (tx) => {
    await requireTeams(tx, [model.team]);
    const id = await insertTeamModel(tx, model, nameOf(viewer));
    await notifyPlan(tx);
    await audit(tx, viewer, "cost_model.recorded", id, { after: modelState(model) });
    return id;
  });
}

/** Stops believing a model: the one before it holds again. */
export async function removeTeamModel(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  requireFinance(viewer);
  const before = (await readTeamModels(sql)).find((model) => model.id === id);
  if (before === undefined) throw notFound("no_such_model", id);
  await change(sql, [[before.effectiveFrom, null]], async (tx) => {
    if (!(await withdrawTeamModel(tx, id, nameOf(viewer)))) throw notFound("no_such_model", id);
    await notifyPlan(tx);
    await audit(tx, viewer, "cost_model.withdrawn", id, { before: modelState(before) });
  });
}

/**
 * Records a charge, or a correction of one.
 *
 * @param corrects The charge that is put right; null for a new one.
 */
export async function recordCharge(
  sql: SqlClient,
  viewer: Viewer,
  charge: NewCharge,
  corrects: string | null = null,
): Promise<string> {
  requireFinance(viewer);
  const before = corrects === null ? undefined : await chargeOf(sql, corrects);
  return change(sql, daysOfCharge(charge, before), async (tx) => {
    await requireTeams(tx, [charge.team]);
    await requirePool(tx, charge.pool);
    const id = await insertCharge(tx, charge, nameOf(viewer), corrects);
    if (id === null) throw notFound("no_such_charge", corrects ?? "");
    await audit(tx, viewer, corrects === null ? "charge.recorded" : "charge.corrected", id, {
      before: before === undefined ? undefined : chargeState(before),
      after: chargeState(charge),
    });
    return id;
  });
}

export async function removeCharge(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  requireFinance(viewer);
  const before = await chargeOf(sql, id);
  await change(sql, [[before.startsOn, before.endsOn]], async (tx) => {
    if (!(await withdrawCharge(tx, id, nameOf(viewer)))) throw notFound("no_such_charge", id);
    await audit(tx, viewer, "charge.withdrawn", id, { before: chargeState(before) });
  });
}

/** Records how a pool is split from a day on: a new pool, or a further version of one. */
export async function recordPool(
  sql: SqlClient,
  viewer: Viewer,
  pool: NewPool,
  of: string | null = null,
): Promise<string> {
  requireFinance(viewer);
  const before = await poolBefore(sql, pool, of);
  return change(sql, daysOfPool(pool, before), async (tx) => {
    await requirePool(tx, of);
    const named = [...(pool.teams ?? []), ...Object.keys(pool.weights), pool.sourceTeam];
    await requireTeams(
      tx,
      named.filter((team) => team !== UNALLOCATED),
    );
    const id = await insertPool(tx, pool, nameOf(viewer), of ?? undefined);
    await audit(tx, viewer, "shared_cost.recorded", id, { after: poolState(pool) });
    return id;
  });
}

export async function removePool(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  requireFinance(viewer);
  const versions = (await readPools(sql)).filter((pool) => pool.id === id);
  const days = versions.map(({ effectiveFrom, effectiveTo }): Days => [effectiveFrom, effectiveTo]);
  await change(sql, days, async (tx) => {
    if (!(await withdrawPool(tx, id, nameOf(viewer)))) throw notFound("no_such_pool", id);
    await audit(tx, viewer, "shared_cost.withdrawn", id, { before: versions.map(poolState) });
  });
}

/**
 * Refuses what could not be recorded, before anybody looks at what it would do.
 *
 * @throws {AppError} "closed_period" when it would change a closed month.
 */
export async function requireOpenMonths(sql: SqlClient, draft: CostDraft): Promise<void> {
  await change(sql, await daysOfDraft(sql, draft), async () => undefined);
}

/** Of a contract none: calls of closed months keep their prices, and no run re-prices them. */
async function daysOfDraft(sql: SqlClient, draft: CostDraft): Promise<Days[]> {
  switch (draft.kind) {
    case "model":
      return [[draft.model.effectiveFrom, null]];
    case "charge": {
      const before = draft.corrects === null ? undefined : await chargeOf(sql, draft.corrects);
      return daysOfCharge(draft.charge, before);
    }
    case "pool":
      return daysOfPool(draft.pool, await poolBefore(sql, draft.pool, draft.of));
    case "contract":
      return [];
  }
}

async function change<Result>(
  sql: SqlClient,
  periods: readonly Days[],
  write: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const timeZone = await organizationZone(sql);
  const at = (day: CivilDay | null) => (day === null ? null : new Date(startOfDay(day, timeZone)));
  const result = await sql.begin(async (tx) => {
    for (const [from, to] of periods) await assertMonthsOpen(tx, at(from), at(to), timeZone);
    return write(tx);
  });
  return result as Result;
}

/** The version of a pool that one of the same first day takes the place of. */
async function poolBefore(sql: SqlClient, pool: NewPool, of: string | null) {
  if (of === null) return undefined;
  const versions = (await readPools(sql)).filter(({ id }) => id === of);
  return versions.find(({ effectiveFrom }) => effectiveFrom === pool.effectiveFrom);
}

async function chargeOf(sql: SqlClient, id: string) {
  const found = (await readCharges(sql)).find((charge) => charge.id === id);
  if (found === undefined) throw notFound("no_such_charge", id);
  return found;
}

async function requireTeams(tx: Tx, teams: readonly (string | null)[]): Promise<void> {
  const named = [...new Set(teams.filter((team) => team !== null))];
  if (named.length === 0) return;
  const rows = await tx<{ slug: string }[]>`select slug from team where slug = any(${named})`;
  const missing = named.filter((slug) => !rows.some((row) => row.slug === slug));
  if (missing.length > 0) {
    throw new AppError(because("no_team", { team: missing.join(", ") }), { code: "not_found" });
  }
}

async function requirePool(tx: Tx, id: string | null): Promise<void> {
  if (id === null) return;
  const [found] = await tx`
    select 1 from shared_cost where pool_id = ${id}::uuid and superseded_at is null limit 1`;
  if (found === undefined) throw notFound("no_such_pool", id);
}

function notFound(code: "no_such_model" | "no_such_charge" | "no_such_pool", id: string): AppError {
  return new AppError(because(code, { id }), { code: "not_found" });
}

function nameOf({ kind, id, label }: Viewer): string {
  return label === "" ? `${kind} ${id}` : label;
}

async function audit(
  tx: Tx,
  actor: Viewer,
  action: `${string}.${string}`,
  id: string,
  states: { readonly before?: AuditValue; readonly after?: AuditValue },
): Promise<void> {
  const [kind = ""] = action.split(".");
  await recordAudit(tx, { actor, action, target: { kind, id }, ...states });
}

const dayOf = (day: CivilDay | null) => (day === null ? null : dayText(day));

function modelState({ team, effectiveFrom, markup, funding, headcount, note }: NewModel) {
  const share = `${markup.num}/${markup.den}`;
  return {
    ...{ team, effective_from: dayOf(effectiveFrom), markup: share, headcount, note },
    funding: funding.map((rule) => ({ ...rule })),
  };
}

function chargeState(charge: NewCharge) {
  const { kind, name, team, pool, person, provider, model, quantity, recurrence } = charge;
  return {
    ...{ kind, name, team, pool, person, provider, model, quantity, recurrence },
    amount: toDecimal(charge.amount),
    starts_on: dayText(charge.startsOn),
    ends_on: dayOf(charge.endsOn),
    daily_tokens: charge.dailyTokens === null ? null : `${charge.dailyTokens}`,
  };
}

function poolState({ name, method, sourceTeam, teams, weights, ...days }: NewPool) {
  return {
    ...{ name, method, source_team: sourceTeam, teams, weights },
    effective_from: dayOf(days.effectiveFrom),
    effective_to: dayOf(days.effectiveTo),
  };
}
