import type { JSONValue } from "postgres";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { printAmount, TOKENS } from "#lib/budgets/amount.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import {
  type BudgetPatch,
  hasWholeTokens,
  type NewBudgetInput,
} from "#lib/budgets/budget-input.ts";
import { budgetFrom, patched } from "#lib/budgets/change-budget.ts";
import { printBudget } from "#lib/budgets/print-budget.ts";
import { wouldLoop } from "#lib/budgets/roll-up.ts";
import { LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import { knownCurrencies } from "#lib/currency/rate-store.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { readFiscalCalendar } from "#lib/organization/settings.ts";
import { periodAt } from "#lib/time/fiscal.ts";
import { maySee, requireMayChange } from "./budget-access.ts";
import { BUDGET_CHANNEL } from "./budget-channel.ts";
import { type BudgetRow, budgetColumns, toBudget } from "./budget-row.ts";
import { dateOf } from "./day-spend.ts";

/**
 * Sets a budget.
 *
 * @throws {AppError} "forbidden", or "invalid" when what it names is unknown.
 */
export async function createBudget(
  sql: SqlClient,
  viewer: Viewer,
  input: NewBudgetInput,
  now: Date,
): Promise<Budget> {
  return sql.begin((tx) => insertBudget(tx, viewer, input, now));
}

/** Sets a budget in the caller's transaction, for files of many. */
export async function insertBudget(
  tx: Tx,
  viewer: Viewer,
  input: NewBudgetInput,
  now: Date,
): Promise<Budget> {
  const [organization] = await tx<{ time_zone: string; id: string }[]>`
    select time_zone, gen_random_uuid() as id from organization`;
  const { time_zone: timeZone = "UTC", id = "" } = organization ?? {};
  const calendar = await readFiscalCalendar(tx);
  const draft = budgetFrom(input, { id, startsAt: now.getTime(), calendar });
  const at = input.starts_at === null ? now.getTime() : Date.parse(input.starts_at);
  const { start } = periodAt(at, draft.period, draft.calendar, timeZone);
  const budget: Budget = { ...draft, startsAt: start };
  requireMayChange(viewer, budget.scope);
  await checkReferences(tx, viewer, budget, timeZone);
  const made = { ...columnsOf(budget), created_by: nameOf(viewer), created_at: now };
  await tx`insert into budget ${tx(made)}`;
  await keepRevision(tx, viewer, budget, new Date(Math.min(start, now.getTime())));
  await recordAudit(tx, {
    actor: viewer,
    action: "budget.created",
    target: { kind: "budget", id },
    after: printBudget(budget),
  });
  await tx`select pg_notify(${BUDGET_CHANNEL}, ${id})`;
  return budget;
}

/**
 * Changes a budget.
 *
 * @throws {AppError} "not_found", "forbidden", or "invalid" as for a new one.
 */
export async function changeBudget(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patch: BudgetPatch,
  now: Date,
): Promise<Budget> {
  return sql.begin((tx) => updateBudget(tx, viewer, id, patch, now));
}

export async function updateBudget(
  tx: Tx,
  viewer: Viewer,
  id: string,
  patch: BudgetPatch,
  now: Date,
): Promise<Budget> {
  const before = await lockBudget(tx, viewer, id);
  const after = patched(before, patch);
  if (!hasWholeTokens({ limit: after.limit, currency: after.unit })) {
    throw new AppError("limit: must be whole tokens", { code: "invalid" });
  }
  requireMayChange(viewer, after.scope);
  const [organization] = await tx<{ time_zone: string }[]>`select time_zone from organization`;
  await checkReferences(tx, viewer, after, organization?.time_zone ?? "UTC");
  await tx`update budget set ${tx(columnsOf(after))} where id = ${id}`;
  await keepRevision(tx, viewer, after, now);
  await recordAudit(tx, {
    actor: viewer,
    action: "budget.changed",
    target: { kind: "budget", id },
    before: printBudget(before),
    after: printBudget(after),
  });
  await tx`select pg_notify(${BUDGET_CHANNEL}, ${id})`;
  return after;
}

/**
 * Ends a budget. What it was and what it told stays in the database.
 *
 * @throws {AppError} "not_found" or "forbidden".
 */
export async function archiveBudget(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await lockBudget(tx, viewer, id);
    requireMayChange(viewer, before.scope);
    await tx`update budget set archived_at = ${now} where id = ${id}`;
    await tx`update budget set parent_id = null where parent_id = ${id}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "budget.archived",
      target: { kind: "budget", id },
      before: printBudget(before),
    });
    await tx`select pg_notify(${BUDGET_CHANNEL}, ${id})`;
  });
}

/** @throws {AppError} "not_found", also for what the viewer may not see. */
export async function lockBudget(tx: Tx, viewer: Viewer, id: string): Promise<Budget> {
  const [row] = isUuid(id)
    ? await tx<BudgetRow[]>`
        select ${budgetColumns(tx)} from budget where id = ${id} and archived_at is null for update`
    : [];
  const budget = row === undefined ? null : toBudget(row);
  if (budget === null || !maySee(viewer, budget)) {
    throw new AppError("There is no such budget", { code: "not_found" });
  }
  return budget;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function nameOf({ kind, id, label }: Viewer): string {
  return label === "" ? `${kind} ${id}` : label;
}

async function checkReferences(
  tx: Tx,
  viewer: Viewer,
  budget: Budget,
  timeZone: string,
): Promise<void> {
  const { scope, parentId, unit } = budget;
  if (scope.team !== undefined) {
    const [team] = await tx`select from team where slug = ${scope.team}`;
    if (team === undefined) throw invalid(`scope.team: there is no team ${scope.team}`);
  }
  if (scope.key !== undefined) {
    const [key] = await tx`
      select from access_key where id = ${scope.key} and kind = 'ingest'`;
    if (key === undefined) throw invalid("scope.key: there is no ingest key of this id");
  }
  if (parentId !== null) await checkParent(tx, viewer, budget, parentId);
  if (unit !== LEDGER_CURRENCY && unit !== TOKENS) {
    const known = (await knownCurrencies(tx as unknown as SqlClient)).find(
      ({ currency }) => currency === unit,
    );
    const since = dateOf(budget.startsAt, timeZone);
    if (known === undefined || known.firstDate > since) {
      throw invalid(`currency: no exchange rate of ${unit} is known for ${since}; import one`);
    }
  }
}

async function checkParent(tx: Tx, viewer: Viewer, budget: Budget, parentId: string) {
  const rows = await tx<BudgetRow[]>`
    select ${budgetColumns(tx)} from budget where archived_at is null`;
  const budgets = rows.map(toBudget);
  const parent = budgets.find(({ id }) => id === parentId);
  if (parent === undefined || !maySee(viewer, parent)) {
    throw invalid("parent_id: there is no such budget");
  }
  if (wouldLoop(budget.id, parentId, budgets)) {
    throw invalid("parent_id: a budget cannot be below itself");
  }
}

async function keepRevision(tx: Tx, viewer: Viewer, budget: Budget, since: Date): Promise<void> {
  await tx`
    insert into budget_revision (budget_id, revision, limit_revision, limit_amount, recorded_at,
                                 recorded_by, content)
    select ${budget.id}, coalesce(max(revision), 0) + 1, ${budget.limitRevision},
           ${printAmount(budget.limit)}, ${since}, ${nameOf(viewer)},
           ${tx.json(printBudget(budget) as JSONValue)}
      from budget_revision where budget_id = ${budget.id}`;
}

function columnsOf(budget: Budget) {
  const { pacing } = budget;
  const json = (value: unknown) => value as never;
  return {
    id: budget.id,
    name: budget.name,
    scope: json(budget.scope),
    period: json({ rule: budget.period, calendar: budget.calendar }),
    unit: budget.unit,
    limit_amount: printAmount(budget.limit),
    cost_basis: budget.costBasis,
    rollover: budget.rollover,
    rollover_cap: budget.rolloverCap === null ? null : printAmount(budget.rolloverCap),
    thresholds: json(budget.thresholds),
    pacing: pacing === null ? null : json({ unit: pacing.unit, limit: printAmount(pacing.limit) }),
    quiet_hours: json(budget.quietHours),
    has_digest: budget.hasDigest,
    parent_id: budget.parentId,
    owner: budget.owner,
    starts_at: new Date(budget.startsAt),
    limit_revision: budget.limitRevision,
  };
}

function invalid(message: string): AppError {
  return new AppError(message, { code: "invalid" });
}
