import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { readGlCodes } from "./gl-codes.ts";
import { type GlCost, type GlJournal, glJournal } from "./gl-journal.ts";
import { type Month, monthNamed } from "./month.ts";
import { type MonthStatement, statementOfMonth } from "./statements.ts";

export type MonthJournal = GlJournal & {
  readonly month: Month;
  readonly closing: MonthStatement["closing"];
  readonly unpricedCalls: bigint;
  readonly asOf: Date;
};

/**
 * A month's statements as a journal for the general ledger, with what has no
 * code yet.
 *
 * @throws {AppError} "forbidden" unless finance or admin.
 */
export async function readGlJournal(
  sql: SqlClient,
  viewer: Viewer,
  { month: name, cost }: { readonly month: string; readonly cost: GlCost },
): Promise<MonthJournal> {
  requireFinance(viewer);
  const month = monthNamed(name);
  return readOnly(sql, async (tx) => {
    const { lines, closing } = await statementOfMonth(tx, month, await organizationZone(tx));
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    return {
      ...glJournal(lines, await readGlCodes(tx), cost),
      ...{ month, closing, asOf: clock?.now ?? new Date(0) },
      unpricedCalls: lines.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0n),
    };
  });
}

/** @throws {AppError} "conflict" naming what has no code: a journal with gaps would not balance. */
export function requireCodes({ missing }: Pick<GlJournal, "missing">): void {
  if (missing.length === 0) return;
  const words = missing.map(({ dimension, value }) =>
    dimension === "offset" ? "the other side" : `${dimension} ${value}`,
  );
  throw new AppError(because("no_account", { names: words.join(", ") }), { code: "conflict" });
}
