import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type SubjectRow, subjectFromRow, subjectToRow } from "./line-columns.ts";
import type { Month } from "./month.ts";
import type { StatementLine } from "./statement-line.ts";

type Row = SubjectRow & { readonly tokens: bigint; readonly unpriced_calls: bigint };

/** Keeps the lines of a closing, in their order. */
export async function insertClosedLines(
  tx: Tx,
  month: Month,
  closing: number,
  lines: readonly StatementLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line, index) => ({
    ...subjectToRow(line),
    line: index,
    tokens: String(line.tokens),
    unpriced_calls: String(line.unpricedCalls),
  }));
  await tx`
    insert into closed_line (month, closing, line, team, cost_center, kind, provider, model,
      charge_id, charge_name, pool_id, pool_name, list, contracted, effective, billed, tokens,
      unpriced_calls)
    select ${`${month.name}-01`}::date, ${closing}, r.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
        line int, team text, cost_center text, kind text, provider text, model text,
        charge_id text, charge_name text, pool_id text, pool_name text, list numeric,
        contracted numeric, effective numeric, billed numeric, tokens int8, unpriced_calls int8)`;
}

/** The lines of the last closing of a month, in the order that its hash is over. */
export async function readClosedLines(
  sql: SqlClient | Tx,
  month: Month,
): Promise<readonly StatementLine[]> {
  const rows = await sql<Row[]>`
    select l.team, l.cost_center, l.kind, l.provider, l.model, l.charge_id, l.charge_name,
           l.pool_id, l.pool_name, l.list, l.contracted, l.effective, l.billed, l.tokens,
           l.unpriced_calls
      from closed_line l
      join closed_month m on m.month = l.month and m.closing = l.closing
     where l.month = ${`${month.name}-01`}::date
     order by l.line`;
  return rows.map((row) => ({
    ...subjectFromRow(row),
    tokens: row.tokens,
    unpricedCalls: row.unpriced_calls,
  }));
}
