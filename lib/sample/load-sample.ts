import type { Viewer } from "#lib/access/viewer.ts";
import { detectNow, detectPastDays } from "#lib/anomaly-control/detect.ts";
import { createBudget } from "#lib/budget-control/store-budget.ts";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { recordCharge, recordTeamModel } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput, ModelInput } from "#lib/cost-book/cost-input.ts";
import { newCharge, newModel } from "#lib/cost-book/from-input.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { requestRefit } from "#lib/forecasting/refit-runs.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { createTeam } from "#lib/organization/change-team.ts";
import { unitStart } from "#lib/time/calendar.ts";
import { civilDayAt, dayText } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { sampleHistory } from "./sample-history.ts";
import { SAMPLE_ACTOR, SAMPLE_KEY, SAMPLE_TEAMS } from "./sample-organization.ts";

export type SampleOrder = { readonly days: number; readonly seed: number; readonly now: Date };

/** Who sets up the sample organisation. */
const ACTOR: Viewer = {
  kind: "user",
  id: "demo",
  label: SAMPLE_ACTOR,
  role: "admin",
  teams: "all",
  persons: "all",
};
const EVENTS_AT_ONCE = 3_000;
/** So far back its days are looked at. */
const WATCHED_MS = 86_400_000;

/**
 * Loads the sample organisation: teams, seats and budgets, and its telemetry
 * through the way that all telemetry goes, so that its prices, allocation and
 * rollups are real.
 *
 * @returns How many events it stored.
 * @throws {AppError} "conflict" when Outlay holds anything already: a sample
 *   among real figures would be taken for one of them.
 */
export async function loadSample(sql: SqlClient, order: SampleOrder): Promise<number> {
  await requireEmpty(sql);
  await sql`update organization set has_sample_data = true`;
  const [zone] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  const timeZone = zone?.time_zone ?? "UTC";
  const change = { by: ACTOR, now: order.now };
  for (const { slug, name, parent, costCenter } of SAMPLE_TEAMS) {
    await createTeam(sql, change, { slug, name, parent, costCenter, owners: [] });
  }
  await sellSeats(sql, order, timeZone);
  const stored = await tellHistory(sql, order, timeZone);
  await setBudgets(sql, order.now, timeZone);
  // The worker may have begun with the half of it.
  await requestRefit(sql, ACTOR, order.now);
  return stored;
}

async function requireEmpty(sql: SqlClient): Promise<void> {
  const [found] = await sql`
    select 1 from organization
     where has_sample_data or exists (select 1 from usage_event)
        or exists (select 1 from team where slug <> ${UNALLOCATED})`;
  if (found === undefined) return;
  throw new AppError(
    "Outlay holds data already, and a sample among it would be taken for real; use another data directory, or take a former sample away with outlay demo --remove",
    { code: "conflict" },
  );
}

async function tellHistory(sql: SqlClient, order: SampleOrder, timeZone: string): Promise<number> {
  const plan = await loadIngestPlan(sql);
  const ledger = new Ledger(sql, () => plan);
  let stored = 0;
  const history = sampleHistory({ ...order, nowMs: order.now.getTime(), timeZone });
  const watchedFrom = order.now.getTime() - WATCHED_MS;
  for (const { events, untilMs, isOdd } of history) {
    for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) {
      const some = events.slice(at, at + EVENTS_AT_ONCE);
      const committed = await ledger.commit({
        arrivals: some.map((event) => ({ event, keyId: SAMPLE_KEY })),
        nodes: [],
        refusals: [],
        receivedAtMs: Math.max(...some.map(({ startedAtMs }) => startedAtMs)) + 60_000,
      });
      stored += committed.stored;
    }
    if (isOdd) await detectNow(sql, untilMs, null);
    else if (untilMs >= watchedFrom) await lookAt(sql, untilMs);
  }
  return stored;
}

/** Looks for anomalies as the worker would have then; nobody is told. */
async function lookAt(sql: SqlClient, nowMs: number): Promise<void> {
  await detectPastDays(sql, nowMs, null);
  await detectNow(sql, nowMs, null);
}

/** The platform team codes on a plan; one of its seats nobody uses. */
async function sellSeats(sql: SqlClient, order: SampleOrder, timeZone: string): Promise<void> {
  const firstMs = unitStart(order.now.getTime() - order.days * 86_400_000, "month", timeZone);
  const since = dayText(civilDayAt(firstMs, timeZone));
  const people = SAMPLE_TEAMS.find(({ slug }) => slug === "platform")?.people.length ?? 0;
  const seats = {
    kind: "seat",
    name: "Coding plan, per seat",
    team: "platform",
    provider: "openai",
    amount: "200",
    quantity: people + 1,
    recurrence: "monthly",
    starts_on: since,
  };
  await recordCharge(sql, ACTOR, newCharge(ChargeInput.parse(seats)));
  const markup = { team: "support", effective_from: since, markup: "5%" };
  await recordTeamModel(sql, ACTOR, newModel(ModelInput.parse(markup)));
}

/** One budget near its threshold, one that is spent, one with room: by what was spent this month. */
const BUDGETS: readonly (readonly [team: string | null, percentSpent: bigint])[] = [
  ["payments", 86n],
  ["support", 108n],
  ["search", 40n],
  [null, 70n],
];

async function setBudgets(sql: SqlClient, now: Date, timeZone: string): Promise<void> {
  const month = new Date(unitStart(now.getTime(), "month", timeZone));
  for (const [team, percent] of BUDGETS) {
    const [spent] = await sql<{ cents: bigint; since: Date | null }[]>`
      select round(coalesce(sum(u.cost) filter (where u.day >= ${month}), 0) * 100)::int8 as cents,
             min(u.day) as since
        from usage_day u join dimension_set d on d.id = u.dimension_set_id
       where ${team === null ? sql`true` : sql`d.team = ${team}`}`;
    const cents = ((spent?.cents ?? 0n) * 100n) / percent + 1n;
    const name = SAMPLE_TEAMS.find(({ slug }) => slug === team)?.name ?? "Whole organisation";
    const budget = {
      name: `${name}, monthly`,
      scope: team === null ? {} : { team },
      period: "month",
      limit: toDecimal((cents * 10n ** 16n) as Usd),
      currency: "USD",
      // From the first day on, so that there are past periods to look at.
      starts_at: (spent?.since ?? month).toISOString(),
    };
    await createBudget(sql, ACTOR, NewBudgetInput.parse(budget), now);
  }
}
