import { printAmount } from "#lib/budgets/amount.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import { isStanding } from "#lib/budgets/crossings.ts";
import { quietUntil } from "#lib/budgets/quiet-hours.ts";
import { statusOf } from "#lib/budgets/status.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { emitEvent } from "#lib/notifications/emit-event.ts";
import { dayStart, offsetAt } from "#lib/time/zone.ts";
import { factsOf, readBudgetBook, readBudgetSpend } from "./budget-facts.ts";
import { currentCrossings } from "./crossing-store.ts";
import { budgetInEvent, budgetUrl, iso, type Links } from "./event-data.ts";
import { rememberedForecast } from "./forecast-memory.ts";

/** The hour of the organisation's clock from which the day's digest is sent. */
const DIGEST_HOUR = 9;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_NAMED = 20;

/**
 * Once a day: one message a team on its budgets that crossed a threshold on an
 * earlier day and are above it still. Muted budgets, those in quiet hours and
 * those without a digest are left out.
 *
 * @returns How many messages were written.
 */
export async function sendDigest(sql: SqlClient, now: number, links: Links): Promise<number> {
  const book = await readBudgetBook(sql, now);
  const today = dayStart(now, book.timeZone);
  const local = now + offsetAt(now, book.timeZone);
  if ((local % DAY_MS) / HOUR_MS < DIGEST_HOUR) return 0;
  const told = await toldTeams(sql, today);
  const crossings = await currentCrossings(sql);
  const asked = book.budgets.filter(
    (budget) =>
      budget.hasDigest &&
      !book.mutes.has(budget.id) &&
      crossings.has(budget.id) &&
      !told.has(teamOf(budget)) &&
      quietUntil(budget.quietHours, now, book.timeZone) === null,
  );
  const spend = await readBudgetSpend(sql, { ...book, budgets: asked }, now);
  const standing = asked.flatMap((budget) => {
    const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
    const status = statusOf(facts, now, rememberedForecast);
    // What was crossed of another limit, or in another period, says nothing of this one.
    const known = (crossings.get(budget.id) ?? []).filter(
      (each) =>
        each.basis !== "forecast" &&
        each.crossedAt < today &&
        each.periodStart === status.period.start &&
        each.limitKey === status.limit.key &&
        isStanding(each),
    );
    if (known.length === 0) return [];
    return [{ budget, status, percent: Math.max(...known.map(({ percent }) => percent)) }];
  });
  const teams = Map.groupBy(standing, ({ budget }) => teamOf(budget));
  let said = 0;
  for (const [team, members] of teams) {
    const budgets = members.slice(0, MOST_NAMED).map(({ budget, status, percent }) => ({
      budget: budgetInEvent(budget, status.period, status.limit.total, book.timeZone),
      threshold: { kind: "actual" as const, percent },
      spent: printAmount(status.spent),
      url: budgetUrl(budget.id, links),
    }));
    const data = {
      budgets,
      total: members.length,
      as_of: iso(now),
      url: `${links.publicUrl}/budgets`,
    };
    said += await sql.begin(async (tx) => {
      const marked = await tx`
        insert into budget_digest (day, team, sent_at)
        values (${new Date(today)}, ${team}, ${new Date(now)})
            on conflict do nothing returning day`;
      if (marked.length === 0) return 0;
      await emitEvent(tx, {
        type: "budget.still_over",
        data,
        orderKey: null,
        team: team === "" ? null : team,
        at: new Date(now),
      });
      return 1;
    });
  }
  return said;
}

/** The teams that have their message of the day; those without a team are one. */
async function toldTeams(sql: SqlClient, today: number): Promise<ReadonlySet<string>> {
  const rows = await sql<{ team: string }[]>`
    select team from budget_digest where day = ${new Date(today)}`;
  return new Set(rows.map(({ team }) => team));
}

function teamOf({ scope }: Budget): string {
  return scope.team ?? "";
}
