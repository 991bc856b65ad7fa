import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { adjustmentLines } from "#lib/close/adjustment-lines.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import { teamLines } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { readCostBook, readCostInputs } from "#lib/reports/cost-inputs.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { daysOf } from "#lib/reports/team-costs.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { ChargeLine } from "./charge-rows.ts";
import { dayRows } from "./day-rows.ts";
import type { FocusRow } from "./focus-row.ts";
import type { Account } from "./frame.ts";
import { readUsageDays, type UsageDay } from "./read-usage-days.ts";

export type FocusSummary = {
  readonly rowCount: number;
  readonly total: Costs;
  readonly unpricedCalls: number;
  readonly timeZone: string;
  readonly asOf: Date;
};

/** The rows come a day at a time. */
export type FocusSink = RowSink<FocusSummary, FocusRow>;

/**
 * All that a period cost as rows of FOCUS, day by day, from one snapshot; one
 * day at a time is held. The rows add up to the cost of the teams in sight in
 * each of the four costs. The totals come before the first row, for which the
 * rows are made twice.
 *
 * @throws {AppError} "invalid" unless the period is of whole days of the
 *   organisation's zone, "unavailable" when it takes too long.
 */
export async function exportFocus(
  sql: SqlClient,
  scope: ReadScope,
  period: { readonly from: Date; readonly to: Date },
  sink: FocusSink,
): Promise<void> {
  await readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const days = daysOf(period, timeZone);
    const account = await readAccount(tx, timeZone);
    const lines = await readLines(tx, scope, days, timeZone);
    const everyDay = async (take: (rows: readonly FocusRow[]) => Promise<void> | void) => {
      for await (const { day, groups } of eachDay(readUsageDays(tx, scope, days, timeZone), days)) {
        const rows = dayRows(account, groups, lines.get(day) ?? []);
        if (rows.length > 0) await take(rows);
      }
    };
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    let summary: FocusSummary = {
      ...{ rowCount: 0, total: NO_COSTS, unpricedCalls: 0, timeZone },
      asOf: clock?.now ?? period.to,
    };
    await everyDay((rows) => {
      summary = added(summary, rows);
    });
    await everyDay(await sink(summary));
  });
}

/** Every day of the period, also those without usage. */
async function* eachDay(
  usage: AsyncGenerator<UsageDay>,
  { from, to }: { readonly from: CivilDay; readonly to: CivilDay },
): AsyncGenerator<UsageDay> {
  let day = from;
  for await (const found of usage) {
    for (; day < found.day; day++) yield { day, groups: [] };
    yield found;
    day = found.day + 1;
  }
  for (; day < to; day++) yield { day, groups: [] };
}

function added(summary: FocusSummary, rows: readonly FocusRow[]): FocusSummary {
  let { total, unpricedCalls } = summary;
  for (const row of rows) {
    unpricedCalls += Number(row.x_UnpricedRequestCount);
    total = addCosts(total, {
      list: parseUsd(row.ListCost ?? "0"),
      contracted: parseUsd(row.ContractedCost ?? "0"),
      effective: parseUsd(row.EffectiveCost ?? "0"),
      billed: parseUsd(row.BilledCost ?? "0"),
    });
  }
  return { ...summary, rowCount: summary.rowCount + rows.length, total, unpricedCalls };
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
