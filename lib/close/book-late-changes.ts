import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { type AuditActor, actorName, SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { insertAdjustments, readAdjustments } from "./adjustment-store.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { type LateChange, lateChanges, takenBack } from "./late-changes.ts";
import { forgetLateMarks, readLateMarks } from "./late-marks.ts";
import { type Month, monthFrom, monthNamed } from "./month.ts";
import { readMonthLines } from "./month-lines.ts";

/**
 * Books what came to closed months after their closing as adjustments in the
 * next open month, each difference once, however often and by however many it is
 * called. A month that is open again has its adjustments taken back.
 *
 * @param by The viewer who asks for it; the worker does it by itself.
 * @returns How many entries were booked.
 * @throws {AppError} "forbidden" for a viewer without finance.
 */
export async function bookLateChanges(
  sql: SqlClient,
  by: Viewer | typeof SYSTEM,
  now: Date,
): Promise<number> {
  if ("role" in by) requireFinance(by);
  return bookSince(sql, null, by, now);
}

/**
 * The same of the months that were written to since the last time, and those
 * after them, whose commitments may have been drawn down otherwise; with no
 * such month it costs one small question.
 */
export async function bookMarkedMonths(sql: SqlClient, now: Date): Promise<number> {
  const marks = await readLateMarks(sql);
  if (marks === null) return 0;
  const booked = await bookSince(sql, marks.earliest, SYSTEM, now);
  await forgetLateMarks(sql, marks);
  return booked;
}

/** @param since `2026-09`; null for every month that was ever closed. */
async function bookSince(
  sql: SqlClient,
  since: string | null,
  by: AuditActor,
  now: Date,
): Promise<number> {
  const first = since === null ? null : `${since}-01`;
  const months = await sql<{ month: string }[]>`
    select to_char(month, 'YYYY-MM') as month from closed_month
     where ${first}::date is null or month >= ${first}::date order by 1`;
  let booked = 0;
  for (const { month } of months) {
    booked += await underLock(sql, (tx, timeZone) =>
      bookMonth(tx, monthNamed(month), { timeZone, by, now }),
    );
  }
  return booked;
}

/** In one snapshot that is taken once nobody closes, opens or changes months any more. */
export async function underLock<Result>(
  sql: SqlClient,
  work: (tx: Tx, timeZone: string) => Promise<Result>,
): Promise<Result> {
  const done = await sql.begin("isolation level repeatable read", async (tx) => {
    await tx`lock table closed_month in exclusive mode`;
    const [row] = await tx<{ time_zone: string }[]>`select time_zone from organization`;
    return work(tx, row?.time_zone ?? "UTC");
  });
  return done as Result;
}

type Booking = { readonly timeZone: string; readonly by: AuditActor; readonly now: Date };

/** Books one month's late changes, in a transaction of `underLock`. */
export async function bookMonth(tx: Tx, month: Month, booking: Booking): Promise<number> {
  const { timeZone, by, now } = booking;
  const [row] = await tx<{ open: boolean }[]>`
    select reopened_at is not null as open from closed_month
     where month = ${`${month.name}-01`}::date`;
  if (row === undefined) return 0;
  const booked = (await readAdjustments(tx, { about: month })).map(({ subject }) => subject);
  const changes = row.open
    ? takenBack(booked)
    : lateChanges(
        await readClosedLines(tx, month),
        await readMonthLines(tx, month, timeZone),
        booked,
      );
  if (changes.length === 0) return 0;
  const target = await nextOpenMonth(tx, month);
  await insertAdjustments(
    tx,
    changes.map((change) => entryOf(change, month, target)),
    { by: actorName(by), now },
  );
  await recordAudit(tx, {
    actor: by,
    action: "adjustment.booked",
    target: { kind: "closed_month", id: month.name },
    after: { month: target.name, entries: changes.length },
  });
  return changes.length;
}

function entryOf(change: LateChange, month: Month, target: Month) {
  const { reason, ...subject } = change;
  return {
    ...{ month: target.name, sourceMonth: month.name, reason, subject },
    ...{ note: "", reference: "", reverses: null },
  };
}

/** The first month after this one that is not closed. */
export async function nextOpenMonth(tx: Tx, month: Month): Promise<Month> {
  const rows = await tx<{ month: string }[]>`
    select to_char(month, 'YYYY-MM') as month from closed_month where reopened_at is null`;
  const closed = new Set(rows.map((row) => row.month));
  let next = monthFrom(month.end);
  while (closed.has(next.name)) next = monthFrom(next.end);
  return next;
}
