import { gunzipSync } from "node:zlib";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { inBatches } from "#lib/reports/in-batches.ts";
import { type CivilDay, dayText, parseDay } from "#lib/time/civil-day.ts";
import type { FocusRow } from "./focus-row.ts";
import { type FocusDay, liveDays } from "./live-days.ts";

type Days = { readonly from: CivilDay; readonly to: CivilDay };

/**
 * The rows of a period, a day or a part of one at a time: of days that a closed month keeps as
 * they were closed, of all others by the ledger of now.
 *
 * @returns What gives the rows, as often as it is called.
 */
export async function focusDays(
  sql: SqlClient,
  scope: ReadScope,
  days: Days,
  timeZone: string,
): Promise<() => AsyncGenerator<FocusDay>> {
  const spans = await Promise.all(
    (await spansOf(sql, days)).map(({ isKept, ...span }) =>
      isKept ? () => keptDays(sql, scope, span) : liveDays(sql, scope, span, timeZone),
    ),
  );
  return async function* everyDay() {
    for (const span of spans) yield* span();
  };
}

/** The period cut where days that are kept begin or end. */
async function spansOf(
  sql: SqlClient,
  { from, to }: Days,
): Promise<readonly (Days & { readonly isKept: boolean })[]> {
  const rows = await sql<{ day: string }[]>`
    select distinct to_char(f.day, 'YYYY-MM-DD') as day
      from closed_focus f
      join closed_month m on m.month = f.month and m.closing = f.closing
     where m.reopened_at is null
       and f.day >= ${dayText(from)}::date and f.day < ${dayText(to)}::date`;
  const kept = new Set(rows.map(({ day }) => parseDay(day)));
  const spans: { from: CivilDay; to: CivilDay; isKept: boolean }[] = [];
  for (let day = from; day < to; day++) {
    const [last, isKept] = [spans.at(-1), kept.has(day)];
    if (last?.isKept === isKept) last.to = day + 1;
    else spans.push({ from: day, to: day + 1, isKept });
  }
  return spans;
}

async function* keptDays(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: Days,
): AsyncGenerator<FocusDay> {
  const visible = teamsOf(scope);
  const accounts = visible === "all" ? null : new Set(visible.map((team) => `team_${team}`));
  const query = sql`
    select to_char(f.day, 'YYYY-MM-DD') as day, f.rows
      from closed_focus f
      join closed_month m on m.month = f.month and m.closing = f.closing
     where m.reopened_at is null
       and f.day >= ${dayText(from)}::date and f.day < ${dayText(to)}::date
     order by f.day, f.part`;
  for await (const [part] of inBatches<{ day: string; rows: Buffer }>(sql, query, 1)) {
    if (part === undefined) continue;
    const rows = JSON.parse(gunzipSync(part.rows).toString("utf8")) as FocusRow[];
    const ours = rows.filter(({ SubAccountId }) => accounts?.has(SubAccountId ?? "") ?? true);
    yield { day: parseDay(part.day), rows: ours };
  }
}
