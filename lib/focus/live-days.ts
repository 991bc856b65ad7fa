import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { adjustmentLines } from "#lib/close/adjustment-lines.ts";
import { teamLines } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { readCostBook, readCostInputs } from "#lib/reports/cost-inputs.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { ChargeLine } from "./charge-rows.ts";
import { dayRows } from "./day-rows.ts";
import type { FocusRow } from "./focus-row.ts";
import type { Account } from "./frame.ts";
import { readUsageDays } from "./read-usage-days.ts";

export type FocusDay = { readonly day: CivilDay; readonly rows: readonly FocusRow[] };

/**
 * The rows of every day of a period by the ledger, the cost models and the
 * journal of now, also of days without any.
 *
 * @returns What gives the days, as often as it is called.
 */
export async function liveDays(
  sql: SqlClient,
  scope: ReadScope,
  days: { readonly from: CivilDay; readonly to: CivilDay },
  timeZone: string,
): Promise<() => AsyncGenerator<FocusDay>> {
  const account = await readAccount(sql, timeZone);
  const lines = await readLines(sql, scope, days, timeZone);
  return async function* everyDay() {
    for await (const { day, groups } of readUsageDays(sql, scope, days, timeZone)) {
      yield { day, rows: dayRows(account, groups, lines.get(day) ?? []) };
    }
  };
}

async function readAccount(sql: SqlClient, timeZone: string): Promise<Account> {
  const [organization] = await sql<{ name: string }[]>`select name from organization`;
  const teams = await sql<{ slug: string; name: string }[]>`select slug, name from team`;
  return {
    name: organization?.name ?? "",
    timeZone,
    teamNames: new Map(teams.map(({ slug, name }) => [slug, name])),
  };
}

/** What is beside the usage of the teams in sight, by day. */
async function readLines(
  sql: SqlClient,
  scope: ReadScope,
  days: { readonly from: CivilDay; readonly to: CivilDay },
  timeZone: string,
): Promise<ReadonlyMap<CivilDay, readonly ChargeLine[]>> {
  const book = await readCostBook(sql);
  const charges = new Map(book.charges.map((charge) => [charge.id, charge]));
  const pools = new Map(book.pools.map(({ id, name }) => [id, name]));
  const visible = teamsOf(scope);
  const inputs = await readCostInputs(sql, days, timeZone, book);
  const adjustments = await adjustmentLines(sql, days);
  const lines = [
    ...teamLines(inputs).map((line) => ({ ...line, entry: undefined })),
    ...adjustments,
  ]
    .filter(({ kind }) => kind !== "usage" && kind !== "covered")
    .filter(({ team }) => visible === "all" || visible.includes(team))
    .map(({ day, team, costCenter, kind, costs, charge, pool, entry }) => ({
      ...{ day, team, costCenter, kind, costs, entry },
      charge: charge === null ? null : (charges.get(charge) ?? null),
      pool: pool === null ? null : (pools.get(pool) ?? null),
    }));
  return Map.groupBy(lines, ({ day }) => day);
}
