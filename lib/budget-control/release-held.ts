import { isStanding } from "#lib/budgets/crossings.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { readBudgetBook, readBudgetSpend } from "./budget-facts.ts";
import {
  type CrossingRow,
  type StoredBasis,
  type StoredCrossing,
  toCrossing,
} from "./crossing-store.ts";
import type { Links } from "./event-data.ts";
import { heldUntil, type Speaker, sayCrossing, speakerOf } from "./say.ts";

/**
 * Says what quiet hours held back: of each sort the highest threshold that is
 * still crossed. What a correction took back meanwhile, and what was muted, is
 * not said.
 *
 * @returns How many messages were written.
 */
export async function releaseHeld(sql: SqlClient, now: number, links: Links): Promise<number> {
  const budgets = await sql<{ budget_id: string }[]>`
    select distinct budget_id from budget_crossing
     where held_until <= ${new Date(now)} and sent_at is null and silent_because is null`;
  let said = 0;
  for (const { budget_id } of budgets) said += await releaseBudget(sql, budget_id, now, links);
  return said;
}

async function releaseBudget(
  sql: SqlClient,
  id: string,
  now: number,
  links: Links,
): Promise<number> {
  return sql.begin(async (tx) => {
    await tx`select from budget_state where budget_id = ${id} for update`;
    const rows = await tx<CrossingRow[]>`
      select id, budget_id, period_start, limit_key, basis, percent, arming, crossed_at, spent,
             sent_at, silent_because, held_until, uncrossed_at, recrossed_at
        from budget_crossing
       where budget_id = ${id} and held_until <= ${new Date(now)} and sent_at is null
         and silent_because is null
       order by percent`;
    const book = await readBudgetBook(tx, now, id);
    const days = (await readBudgetSpend(tx, book, now)).get(id) ?? [];
    const speaker = speakerOf(tx, book, days, links, now);
    if (speaker === null || heldUntil(speaker) !== null) return 0;
    let said = 0;
    for (const [basis, members] of Map.groupBy(rows.map(toCrossing), (each) => each.basis)) {
      const highest = await silenceAllButHighest(speaker, members);
      if (highest === null) continue;
      await sayCrossing(speaker, highest.id, basis as StoredBasis, highest.percent);
      said++;
    }
    return said;
  });
}

/** @returns The crossing to be said; null when none is. Crossings ascend. */
async function silenceAllButHighest(
  { tx, book, status }: Speaker,
  crossings: readonly StoredCrossing[],
): Promise<StoredCrossing | null> {
  const { budget, period, pacing } = status;
  const starts = [period.start, pacing?.start];
  const isMuted = book.mutes.has(budget.id);
  const current = crossings.filter((each) => isStanding(each) && starts.includes(each.periodStart));
  const highest = isMuted ? undefined : current.at(-1);
  for (const each of crossings) {
    if (each === highest) continue;
    const because = isMuted ? "muted" : current.includes(each) ? "higher" : "over";
    await tx`update budget_crossing set silent_because = ${because} where id = ${each.id}`;
  }
  return highest ?? null;
}
