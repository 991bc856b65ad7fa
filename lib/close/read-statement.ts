import { teamsOf } from "#lib/access/read-scope.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { type Costs, subtractCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { addMonths } from "#lib/time/civil-day.ts";
import { type Adjustment, readAdjustments } from "./adjustment-store.ts";
import { readClosedUsage } from "./closed-usage-store.ts";
import { type ModelUsage, modelUsage } from "./model-usage.ts";
import { instantsOf, type Month, monthFrom, monthNamed } from "./month.ts";
import { mergedLines, type StatementLine, sumOfLines } from "./statement-line.ts";
import { type MonthStatement, statementOfMonth } from "./statements.ts";
import { readUsageClasses } from "./usage-classes.ts";

/** Whose statement it is. */
export type StatementOf = { readonly kind: "team" | "cost_center"; readonly value: string };

/** One team's, or one cost centre's, month. */
export type Statement = {
  readonly month: Month;
  readonly of: StatementOf;
  /** The team's name; of a cost centre what it is called. Empty when it has none. */
  readonly name: string;
  readonly costCenter: string | null;
  readonly closing: MonthStatement["closing"];
  readonly usage: readonly ModelUsage[];
  /** All that is not usage and not adjusted, by kind and name. */
  readonly fixed: readonly StatementLine[];
  readonly entries: readonly Adjustment[];
  /** Adjusted without an entry of this month: what is booked about it in later ones. */
  readonly carried: Costs;
  readonly lines: readonly StatementLine[];
  readonly total: Costs;
  readonly unpricedCalls: bigint;
  /** Of the month before; null when nothing is known of it. */
  readonly before: Costs | null;
  readonly timeZone: string;
  readonly asOf: Date;
};

/**
 * The statement of a team or a cost centre: as it was closed, else as the
 * ledger says now. It adds up to the same lines of `readStatements`.
 *
 * @throws {AppError} "not_found" for a team out of sight or unknown, "invalid"
 *   for a month of another form.
 */
export async function readStatement(
  sql: SqlClient,
  viewer: Viewer,
  { month: name, of }: { readonly month: string; readonly of: StatementOf },
): Promise<Statement> {
  const month = monthNamed(name);
  return readOnly(sql, async (tx) => {
    const names = await namesOf(tx, viewer, of);
    const timeZone = await organizationZone(tx);
    const isOurs = sightOf(viewer, of);
    const ofMonth = async (wanted: Month) =>
      (await statementOfMonth(tx, wanted, timeZone)).lines.filter(isOurs);
    const whole = await statementOfMonth(tx, month, timeZone);
    const lines = whole.lines.filter(isOurs);
    const before = await ofMonth(monthFrom(addMonths(month.first, -1)));
    const adjustments = lines.filter(({ kind }) => kind === "adjustment");
    const entries = (await readAdjustments(tx, { month })).filter(({ subject }) => isOurs(subject));
    const booked = sumOfLines(entries.map(({ subject }) => subject));
    const classes =
      whole.closing === null
        ? await readUsageClasses(tx, viewer, { month, timeZone }, isOurs)
        : (await readClosedUsage(tx, month)).filter(isOurs);
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    return {
      ...{ month, of, ...names, timeZone, lines },
      closing: whole.closing,
      usage: modelUsage(lines, classes),
      fixed: mergedFixed(lines),
      entries,
      carried: subtractCosts(sumOfLines(adjustments), booked),
      total: sumOfLines(lines),
      unpricedCalls: lines.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0n),
      before: before.length === 0 ? null : sumOfLines(before),
      asOf: clock?.now ?? instantsOf(month, timeZone).to,
    };
  });
}

function sightOf(viewer: Viewer, { kind, value }: StatementOf) {
  const visible = teamsOf(viewer);
  return ({ team, costCenter }: { readonly team: string; readonly costCenter: string | null }) =>
    (visible === "all" || visible.includes(team)) &&
    (kind === "team" ? team === value : costCenter === value);
}

/** A team's lines may be of several cost centres: on its statement they are one. */
function mergedFixed(lines: readonly StatementLine[]): readonly StatementLine[] {
  const fixed = lines.filter(
    ({ kind }) => kind !== "usage" && kind !== "covered" && kind !== "adjustment",
  );
  return mergedLines(fixed.map((line) => ({ ...line, team: "", costCenter: null })));
}

async function namesOf(
  sql: SqlClient,
  viewer: Viewer,
  { kind, value }: StatementOf,
): Promise<Pick<Statement, "name" | "costCenter">> {
  if (kind === "cost_center") {
    const [row] = await sql<{ name: string }[]>`
      select name from cost_center where code = ${value}`;
    return { name: row?.name ?? "", costCenter: value };
  }
  const [team] = await sql<{ name: string; cost_center: string | null }[]>`
    select name, cost_center from team where slug = ${value}`;
  const visible = teamsOf(viewer);
  if (team === undefined || (visible !== "all" && !visible.includes(value))) {
    throw new AppError(because("unknown_team"), { code: "not_found" });
  }
  return { name: team.name, costCenter: team.cost_center };
}
