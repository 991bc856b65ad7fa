import { printAmount } from "#lib/budgets/amount.ts";
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
  const crossings = await currentCrossings(sql);
  const standing = book.budgets.flatMap((budget) => {
    if (!budget.hasDigest || book.mutes.has(budget.id)) return [];
    if (quietUntil(budget.quietHours, now, book.timeZone) !== null) return [];
    const known = (crossings.get(budget.id) ?? []).filter(
      (each) => each.basis !== "forecast" && each.crossedAt < today && isStanding(each),
    );
    if (known.length === 0) return [];
    return [{ budget, percent: Math.max(...known.map(({ percent }) => percent)) }];
  });
  if (standing.length === 0) return 0;
  const spend = await readBudgetSpend(
    sql,
    { ...book, budgets: standing.map((s) => s.budget) },
    now,
  );
  const teams = Map.groupBy(standing, ({ budget }) => budget.scope.team ?? "");
  let said = 0;
  for (const [team, members] of teams) {
    const budgets = members.slice(0, MOST_NAMED).map(({ budget, percent }) => {
      const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
      const { period, limit, spent } = statusOf(facts, now, rememberedForecast);
      return {
        budget: budgetInEvent(budget, period, limit.total, book.timeZone),
        threshold: { kind: "actual" as const, percent },
        spent: printAmount(spent),
        url: budgetUrl(budget.id, links),
      };
    });
    const data = { budgets, as_of: iso(now), url: `${links.publicUrl}/budgets` };
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
