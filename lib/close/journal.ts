import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { negateCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { because } from "#lib/refusals/reason.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { HAND_REASONS, type HandReason } from "./adjustment-reason.ts";
import {
  type Adjustment,
  insertAdjustments,
  type NewAdjustment,
  readAdjustments,
} from "./adjustment-store.ts";
import { assertMonthsOpen } from "./closed-months.ts";
import { type EntryInput, type EntrySide, sidesOf } from "./hand-entry.ts";
import { instantsOf, monthNamed } from "./month.ts";

/**
 * Books a credit, a charge, a move between teams or a write-off in an open
 * month. Entries are never changed or deleted; `reverseBooking` takes them back.
 * A booking that is sent again under its id books nothing.
 *
 * @returns The entries of the booking.
 * @throws {AppError} "forbidden" unless finance or admin, "not_found" for an
 *   unknown team, "closed_period" for a closed month, "invalid" for one to come.
 */
export async function bookByHand(
  sql: SqlClient,
  viewer: Viewer,
  input: EntryInput,
  now: Date,
): Promise<readonly Adjustment[]> {
  requireFinance(viewer);
  const { month, note, reference } = input;
  return inTransaction(sql, (tx) =>
    bookSides(tx, viewer, {
      ...{ month, note, reference, reason: input.kind, sides: sidesOf(input) },
      ...{ booking: input.booking ?? crypto.randomUUID(), now },
    }),
  );
}

export type SidesToBook = {
  readonly month: string;
  readonly reason: HandReason;
  readonly sides: readonly EntrySide[];
  readonly note: string;
  readonly reference: string;
  readonly booking: string;
  readonly now: Date;
};

/** `bookByHand` within a larger change; the caller has seen to it that the viewer may. */
export async function bookSides(
  tx: Tx,
  viewer: Viewer,
  { month, reason, sides, note, reference, booking, now }: SidesToBook,
): Promise<readonly Adjustment[]> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${booking}, 0))`;
  const before = await readAdjustments(tx, { booking });
  if (before.length > 0) return before;
  await requireOpen(tx, month, now);
  const costCenters = await costCentersOf(tx, sides);
  const entries = sides.map(({ team, costs, provider = null }): NewAdjustment => {
    const costCenter = costCenters.get(team) ?? null;
    const about = { chargeId: null, chargeName: null, poolId: null, poolName: null, model: null };
    const subject = { team, costCenter, kind: "adjustment", provider, ...about, costs } as const;
    return { month, sourceMonth: null, reason, subject, note, reference, reverses: null };
  });
  return insertAudited(tx, viewer, "adjustment.recorded", entries, { booking, now });
}

/**
 * Takes a booking back by entries of the other sign: in its month while that is
 * open, else in the month that is given.
 *
 * @throws {AppError} "not_found" for no such entry, "conflict" for one that is
 *   taken back already, takes one back itself, or was booked by the product.
 */
export async function reverseBooking(
  sql: SqlClient,
  viewer: Viewer,
  { id, month, note }: { readonly id: string; readonly month?: string; readonly note: string },
  now: Date,
): Promise<readonly Adjustment[]> {
  requireFinance(viewer);
  return inTransaction(sql, async (tx) => {
    const [found] = await tx<{ booking: string }[]>`
      select booking from adjustment where id = ${id}::uuid for update`;
    if (found === undefined) throw new AppError(because("no_entry"), { code: "not_found" });
    const before = await readAdjustments(tx, { booking: found.booking });
    const refusal = before.map(refusalOf).find((why) => why !== null);
    if (refusal !== undefined) throw new AppError(refusal, { code: "conflict" });
    const target = month ?? before[0]?.month ?? "";
    await requireOpen(tx, target, now);
    const entries = before.map(
      (entry): NewAdjustment => ({
        ...{ month: target, sourceMonth: null, reason: entry.reason, note },
        subject: { ...entry.subject, costs: negateCosts(entry.subject.costs) },
        ...{ reference: entry.reference, reverses: entry.id },
      }),
    );
    const booking = crypto.randomUUID();
    return insertAudited(tx, viewer, "adjustment.reversed", entries, { booking, now });
  });
}

/** The journal of a month, or all of it; newest first. @throws {AppError} "forbidden" unless finance or admin. */
export async function listJournal(
  sql: SqlClient,
  viewer: Viewer,
  month?: string,
): Promise<readonly Adjustment[]> {
  requireFinance(viewer);
  return readAdjustments(sql, month === undefined ? {} : { month: monthNamed(month) });
}

export function canBeReversed(entry: Adjustment): boolean {
  return refusalOf(entry) === null;
}

function refusalOf(entry: Adjustment): string | null {
  if (!HAND_REASONS.some((known) => known === entry.reason))
    return "What came late is booked by the ledger and is not taken back by hand";
  if (entry.reverses !== null) return "This entry takes another back: book a new one";
  return entry.reversedBy === null ? null : "This entry is taken back already";
}

async function insertAudited(
  tx: Tx,
  viewer: Viewer,
  action: "adjustment.recorded" | "adjustment.reversed",
  entries: readonly NewAdjustment[],
  { booking, now }: { readonly booking: string; readonly now: Date },
): Promise<readonly Adjustment[]> {
  await insertAdjustments(tx, entries, { booking, by: actorName(viewer), now });
  await recordAudit(tx, {
    actor: viewer,
    action,
    target: { kind: "adjustment", id: booking },
    after: {
      entries: entries.map(({ month, reason, subject, note, reference }) => ({
        ...{ month, reason, team: subject.team, currency: CURRENCY, note, reference },
        ...{ effective_cost: toDecimal(subject.costs.effective) },
        ...{ billed_cost: toDecimal(subject.costs.billed) },
      })),
    },
  });
  return readAdjustments(tx, { booking });
}

async function requireOpen(tx: Tx, name: string, now: Date): Promise<void> {
  const timeZone = await organizationZone(tx as unknown as SqlClient);
  const { from, to } = instantsOf(monthNamed(name), timeZone);
  if (from > now) throw new AppError(because("month_ahead", { month: name }), { code: "invalid" });
  await assertMonthsOpen(tx, from, to, timeZone);
}

async function costCentersOf(
  tx: Tx,
  sides: readonly EntrySide[],
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await tx<{ slug: string; cost_center: string | null }[]>`
    select slug, cost_center from team where slug = any(${sides.map(({ team }) => team)}::text[])`;
  const found = new Map(rows.map(({ slug, cost_center }) => [slug, cost_center]));
  const unknown = sides.find(({ team }) => !found.has(team));
  if (unknown !== undefined) {
    throw new AppError(because("no_team", { team: unknown.team }), { code: "not_found" });
  }
  return found;
}

async function inTransaction<Result>(
  sql: SqlClient,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return (await sql.begin(work)) as Result;
}
