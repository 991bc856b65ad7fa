import type { SqlClient } from "#lib/db/client.ts";
import type { ExportRequest } from "#lib/exports/export-request.ts";
import type { DestinationSettings } from "./destination.ts";

/** A run that this worker alone may attempt until its lease ends. */
export type ClaimedRun = {
  readonly id: string;
  readonly lease: string;
  readonly kind: "due" | "asked" | "test";
  /** This one included. */
  readonly attempts: number;
  readonly dueAt: Date;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  /** What an earlier attempt called the file: it is called so again. */
  readonly fileName: string | null;
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly request: ExportRequest;
  readonly settings: DestinationSettings;
  readonly sealedKeys: Buffer | null;
  readonly owner: { readonly kind: "user" | "key"; readonly id: string; readonly label: string };
};

/** A worker renews it while it works; what is leased beyond it belonged to one that was killed. */
export const LEASE_MS = 60_000;

type Row = Omit<ClaimedRun, "owner"> & {
  readonly ownerKind: "user" | "key";
  readonly ownerId: string;
  readonly ownerLabel: string;
};

/** Takes the run that has waited longest, for one worker only; null when none is due. */
export async function claimRun(
  sql: SqlClient,
  { lease, now }: { readonly lease: string; readonly now: Date },
): Promise<ClaimedRun | null> {
  const [row] = await sql<Row[]>`
    with due as (
      select id from export_run
       where status = 'pending' and next_attempt_at <= ${now}
         and (leased_until is null or leased_until < ${now})
       order by next_attempt_at, seq limit 1
         for update skip locked
    ), claimed as (
      update export_run
         set leased_until = ${leaseEnd(now)}, leased_by = ${lease}, attempts = attempts + 1
       where id in (select id from due)
      returning *
    )
    select claimed.id, ${lease}::text as lease, claimed.kind, claimed.attempts,
           claimed.due_at as "dueAt", claimed.period_from as "periodFrom",
           claimed.period_to as "periodTo", claimed.file_name as "fileName",
           schedule.id as "scheduleId", schedule.name as "scheduleName", schedule.request,
           schedule.settings, schedule.sealed_keys as "sealedKeys",
           schedule.owner_kind as "ownerKind", schedule.owner_id as "ownerId",
           schedule.owner_label as "ownerLabel"
      from claimed join export_schedule as schedule on schedule.id = claimed.schedule_id`;
  if (row === undefined) return null;
  const { ownerKind, ownerId, ownerLabel, ...run } = row;
  return { ...run, owner: { kind: ownerKind, id: ownerId, label: ownerLabel } };
}

/** @returns whether the run is still this worker's. */
export async function renewLease(
  sql: SqlClient,
  { id, lease }: Pick<ClaimedRun, "id" | "lease">,
  now: Date,
): Promise<boolean> {
  const kept = await sql`
    update export_run set leased_until = ${leaseEnd(now)}
     where id = ${id} and leased_by = ${lease} and status = 'pending'
    returning id`;
  return kept.length > 0;
}

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}
