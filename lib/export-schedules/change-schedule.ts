import type { JSONValue } from "postgres";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { sealText } from "#lib/secrets/sealed-text.ts";
import {
  type DestinationSettings,
  KEYS_PURPOSE,
  type StorageKeys,
  shownDestination,
} from "./destination.ts";
import { requireSound, type ScheduleSettings } from "./require-sound.ts";
import { NewSchedule, type ScheduleChange } from "./schedule-input.ts";
import { findSchedule, type Schedule } from "./schedule-rows.ts";

const MOST_SCHEDULES = 200;

/**
 * Adds a schedule that runs with its maker's rights, from the next due time on.
 *
 * @throws {AppError} "forbidden" unless they see all money, "invalid",
 *   "conflict" beyond 200 schedules, "confirmation_required".
 */
export async function createSchedule(
  sql: SqlClient,
  viewer: Viewer,
  input: NewSchedule,
  { settings, now }: { readonly settings: ScheduleSettings; readonly now: Date },
): Promise<Schedule> {
  requireFreshSignIn(viewer);
  requireFinance(viewer);
  return await sql.begin(async (tx) => {
    const [count] = await tx<{ many: boolean }[]>`
      select count(*) >= ${MOST_SCHEDULES} as many from export_schedule`;
    if (count?.many === true) {
      throw new AppError(`There are ${MOST_SCHEDULES} schedules already`, { code: "conflict" });
    }
    await requireSound(tx, input, settings);
    const { name, request, cadence, day, hour, destination } = input;
    const [row] = await tx<{ id: string }[]>`
      insert into export_schedule
        (name, request, cadence, day, hour, destination, settings, sealed_keys,
         owner_kind, owner_id, owner_label, planned_until, changed_at)
      values (${name}, ${tx.json(request as JSONValue)}, ${cadence}, ${day}, ${hour},
              ${destination.kind}, ${tx.json(destination)}, ${sealKeys(input.keys, settings.secret)},
              ${viewer.kind}, ${viewer.id}, ${viewer.label}, ${now}, ${now})
      returning id`;
    const made = await existing(tx, viewer, row?.id ?? "");
    await recordAudit(tx, {
      actor: viewer,
      action: "export_schedule.created",
      target: { kind: "export_schedule", id: made.id },
      after: auditOf(made),
    });
    return made;
  });
}

/**
 * Changes what is given and leaves the rest. Whoever changes more than the pause
 * becomes the owner, so that nobody borrows another's rights; so does who lets
 * it go on. What fell due during a pause is not made up for.
 *
 * @throws {AppError} as `createSchedule`; "not_found".
 */
export async function changeSchedule(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  {
    change,
    settings,
    now,
  }: { readonly change: ScheduleChange; readonly settings: ScheduleSettings; readonly now: Date },
): Promise<Schedule> {
  return await sql.begin(async (tx) => {
    const before = await existing(tx, viewer, id);
    const { enabled, keys, ...rest } = change;
    const isPauseAlone = enabled === false && keys === undefined && Object.keys(rest).length === 0;
    if (!isPauseAlone) {
      requireFreshSignIn(viewer);
      await rewrite(tx, viewer, before, { change: { ...rest, keys }, settings, now });
    }
    if (enabled === false && before.pausedAt === null) {
      await tx`
        update export_schedule set paused_at = ${now}, paused_because = 'by_hand' where id = ${id}`;
    }
    if (enabled === true && before.pausedAt !== null) {
      await tx`
        update export_schedule
           set paused_at = null, paused_because = null, paused_reason = null, planned_until = ${now}
         where id = ${id}`;
    }
    const after = await existing(tx, viewer, id);
    await recordAudit(tx, {
      actor: viewer,
      action: "export_schedule.changed",
      target: { kind: "export_schedule", id },
      before: auditOf(before),
      after: auditOf(after),
    });
    return after;
  });
}

/** Removes a schedule with its log; files that were delivered stay. @throws {AppError} "not_found", "forbidden". */
export async function deleteSchedule(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await existing(tx, viewer, id);
    await tx`delete from export_schedule where id = ${id}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "export_schedule.deleted",
      target: { kind: "export_schedule", id },
      before: auditOf(before),
    });
  });
}

/** @throws {AppError} "not_found", "forbidden". */
export async function existing(tx: Tx, viewer: Viewer, id: string): Promise<Schedule> {
  const found = await findSchedule(tx, viewer, id);
  if (found === null) throw new AppError("There is no such schedule", { code: "not_found" });
  return found;
}

async function rewrite(
  tx: Tx,
  viewer: Viewer,
  before: Schedule,
  {
    change,
    settings,
    now,
  }: {
    readonly change: Omit<ScheduleChange, "enabled">;
    readonly settings: ScheduleSettings;
    readonly now: Date;
  },
): Promise<void> {
  const { destination = before.settings } = change;
  const keepsKeys =
    change.keys === undefined && before.hasKeys && isSamePlace(before.settings, destination);
  const merged = {
    ...{ name: before.name, request: before.request, cadence: before.cadence },
    ...{ day: before.day, hour: before.hour, destination: before.settings },
    ...change,
  };
  // Keys go with the place that they were given for, and are asked for again for another.
  const parsed = NewSchedule.safeParse({
    ...merged,
    ...(keepsKeys ? { keys: { access_key_id: "kept", secret_access_key: "kept" } } : {}),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError(`${issue?.path.join(".")}: ${issue?.message}`, { code: "invalid" });
  }
  const { name, request, cadence, day, hour } = parsed.data;
  await requireSound(tx, parsed.data, settings);
  await tx`
    update export_schedule
       set name = ${name}, request = ${tx.json(request as JSONValue)}, cadence = ${cadence},
           day = ${day}, hour = ${hour}, destination = ${destination.kind},
           settings = ${tx.json(destination)},
           sealed_keys = case when ${keepsKeys} then sealed_keys
                              else ${sealKeys(change.keys, settings.secret)}::bytea end,
           owner_kind = ${viewer.kind}, owner_id = ${viewer.id}, owner_label = ${viewer.label},
           planned_until = ${now}, changed_at = ${now}
     where id = ${before.id}`;
}

function isSamePlace(before: DestinationSettings, after: DestinationSettings): boolean {
  return before.kind === "s3" && after.kind === "s3" && before.endpoint === after.endpoint;
}

function sealKeys(keys: StorageKeys | undefined, secret: string): Buffer | null {
  return keys === undefined ? null : sealText(JSON.stringify(keys), secret, KEYS_PURPOSE);
}

function auditOf({ name, request, cadence, day, hour, settings, pausedAt, ownerLabel }: Schedule) {
  return {
    ...{ name, export: request.export, format: request.format, cadence, day, hour },
    parameters: JSON.stringify(request.parameters),
    destination: `${settings.kind}: ${shownDestination(settings)}`,
    ...{ owner: ownerLabel, enabled: pausedAt === null },
  };
}
