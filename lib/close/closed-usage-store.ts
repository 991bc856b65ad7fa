import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type SubjectRow, subjectFromRow, subjectToRow } from "./line-columns.ts";
import type { Month } from "./month.ts";
import { USAGE_PARTS, type UsageClassLine } from "./usage-classes.ts";

type Row = SubjectRow & { readonly class: string; readonly tokens: bigint };

const NOTHING_FIXED = { chargeId: null, chargeName: null, poolId: null, poolName: null } as const;

/** Keeps the usage of a closing by class of tokens. */
export async function insertClosedUsage(
  tx: Tx,
  month: Month,
  closing: number,
  lines: readonly UsageClassLine[],
): Promise<void> {
  const rows = lines.map((line, index) => ({
    ...subjectToRow({ ...line, ...NOTHING_FIXED }),
    ...{ line: index, class: line.name, tokens: String(line.tokens) },
  }));
  await tx`
    insert into closed_usage (month, closing, line, team, cost_center, kind, provider, model,
      class, tokens, list, contracted, effective, billed)
    select ${`${month.name}-01`}::date, ${closing}, r.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
        line int, team text, cost_center text, kind text, provider text, model text, class text,
        tokens int8, list numeric, contracted numeric, effective numeric, billed numeric)`;
}

/** The usage of the last closing of a month by class, in the order that it was kept in. */
export async function readClosedUsage(
  sql: SqlClient | Tx,
  month: Month,
): Promise<readonly UsageClassLine[]> {
  const rows = await sql<Row[]>`
    select u.team, u.cost_center, u.kind, u.provider, u.model, u.class, u.tokens, u.list,
           u.contracted, u.effective, u.billed, null as charge_id, null as charge_name,
           null as pool_id, null as pool_name
      from closed_usage u
      join closed_month m on m.month = u.month and m.closing = u.closing
     where u.month = ${`${month.name}-01`}::date
     order by u.line`;
  return rows.map((row) => {
    const { team, costCenter, kind, provider, model, costs } = subjectFromRow(row);
    const name = USAGE_PARTS.find((known) => known === row.class);
    if (name === undefined || (kind !== "usage" && kind !== "covered")) {
      throw new Error(`kept usage of no known kind: ${kind} ${row.class}`);
    }
    return { team, costCenter, kind, provider, model, name, tokens: row.tokens, costs };
  });
}
