import { randomUUID } from "node:crypto";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { AdjustmentReason } from "./adjustment-reason.ts";
import { type SubjectRow, subjectFromRow, subjectToRow } from "./line-columns.ts";
import type { Month } from "./month.ts";
import type { LineSubject } from "./statement-line.ts";

/** One entry of the journal, signed: below zero lowers the team's cost. */
export type Adjustment = {
  readonly id: string;
  /** `2026-11`: the month whose statement it is on. */
  readonly month: string;
  /** The closed month that it is about. */
  readonly sourceMonth: string | null;
  readonly reason: AdjustmentReason;
  readonly subject: LineSubject & { readonly costs: Costs };
  readonly note: string;
  readonly reference: string;
  /** The same for both sides of a move. */
  readonly booking: string;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
};

export type NewAdjustment = Pick<
  Adjustment,
  "month" | "sourceMonth" | "reason" | "subject" | "note" | "reference" | "reverses"
>;

export type BookingRow = { readonly booking?: string; readonly by: string; readonly now: Date };

/** Adds the entries of one booking, whose id may be given. */
export async function insertAdjustments(
  tx: Tx,
  entries: readonly NewAdjustment[],
  { booking = randomUUID(), by, now }: BookingRow,
): Promise<readonly string[]> {
  const rows = entries.map((entry) => ({
    ...subjectToRow(entry.subject),
    id: randomUUID(),
    month: `${entry.month}-01`,
    source_month: entry.sourceMonth === null ? null : `${entry.sourceMonth}-01`,
    ...{ reason: entry.reason, note: entry.note, reference: entry.reference },
    ...{ reverses: entry.reverses },
  }));
  await tx`
    insert into adjustment (booking, created_at, created_by, id, month, source_month, reason, note,
      reference, reverses, team, cost_center, kind, provider, model, charge_id, charge_name,
      pool_id, pool_name, list, contracted, effective, billed)
    select ${booking}::uuid, ${now}::timestamptz, ${by}, r.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
        id uuid, month date, source_month date, reason text, note text, reference text,
        reverses uuid, team text, cost_center text, kind text, provider text, model text,
        charge_id text, charge_name text, pool_id text, pool_name text, list numeric,
        contracted numeric, effective numeric, billed numeric)`;
  return rows.map(({ id }) => id);
}

type Row = SubjectRow & {
  readonly id: string;
  readonly month: string;
  readonly source_month: string | null;
  readonly reason: AdjustmentReason;
  readonly note: string;
  readonly reference: string;
  readonly booking: string;
  readonly reverses: string | null;
  readonly reversed_by: string | null;
  readonly created_at: Date;
  readonly created_by: string;
};

type Wanted = { readonly month?: Month; readonly about?: Month; readonly booking?: string };

/** The entries of a month, about a month, or of a booking; all when nothing is said. Newest first. */
export async function readAdjustments(
  sql: SqlClient | Tx,
  { month, about, booking }: Wanted = {},
): Promise<readonly Adjustment[]> {
  const dayOf = (told?: Month) => (told === undefined ? null : `${told.name}-01`);
  const rows = await sql<Row[]>`
    select a.id, to_char(a.month, 'YYYY-MM') as month, a.reason, a.note, a.reference, a.booking,
           to_char(a.source_month, 'YYYY-MM') as source_month, a.reverses, a.created_at,
           a.created_by, a.team, a.cost_center, a.kind, a.provider, a.model, a.charge_id,
           a.charge_name, a.pool_id, a.pool_name, a.list, a.contracted, a.effective, a.billed,
           r.id as reversed_by
      from adjustment a
      left join adjustment r on r.reverses = a.id
     where (${dayOf(month)}::date is null or a.month = ${dayOf(month)}::date)
       and (${dayOf(about)}::date is null or a.source_month = ${dayOf(about)}::date)
       and (${booking ?? null}::uuid is null or a.booking = ${booking ?? null}::uuid)
     order by a.month desc, a.created_at desc, a.team, a.id`;
  return rows.map((row) => ({
    ...{ id: row.id, month: row.month, sourceMonth: row.source_month, reason: row.reason },
    subject: subjectFromRow(row),
    ...{ note: row.note, reference: row.reference, booking: row.booking },
    ...{ reverses: row.reverses, reversedBy: row.reversed_by },
    ...{ createdAt: row.created_at, createdBy: row.created_by },
  }));
}
