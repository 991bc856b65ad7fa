import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { announce } from "./announce.ts";
import { ANOMALY_STATES, type Anomaly, FEEDBACKS } from "./anomaly.ts";
import { readAnomaly } from "./list-anomalies.ts";

/** What is left out stays. */
export const AnomalyPatch = z
  .strictObject({
    state: z.enum(ANOMALY_STATES).optional(),
    owner: z.string().trim().min(1).max(200).nullable().optional(),
    feedback: z.enum(FEEDBACKS).nullable().optional(),
    note: z.string().trim().min(1).max(1_000).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, "must change something");
export type AnomalyPatch = z.output<typeof AnomalyPatch>;

/**
 * Moves an anomaly through its life: acknowledged by an owner, said to be
 * expected (its level is the level from then on), resolved, or open again.
 * Feedback changes what is found later.
 *
 * @throws {AppError} "not_found"; "forbidden" for viewers, and where other
 *   teams have a part in it.
 */
export async function changeAnomaly(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patch: AnomalyPatch,
  { now, publicUrl }: { readonly now: Date; readonly publicUrl: string },
): Promise<Anomaly> {
  return sql.begin(async (tx) => {
    const before = await readAnomaly(tx, viewer, id);
    requireMayChange(viewer, before);
    const [told] = await tx<{ announced_at: Date | null }[]>`
      select announced_at from anomaly where id = ${id} for update`;
    const by = actorName(viewer);
    const after = lifeAfter(before, patch, by, now);
    const { state, owner, feedback } = after;
    await tx`
      update anomaly
         set state = ${state}, owner = ${owner}, acknowledged_at = ${after.acknowledgedAt},
             resolved_at = ${after.resolvedAt}, resolved_because = ${after.resolvedBecause}
       where id = ${id}`;
    if (feedback !== undefined) await storeFeedback(tx, id, feedback, by, now);
    await writeNotes(tx, { id, by, now, before, patch, state });
    await recordAudit(tx, {
      actor: viewer,
      action: `anomaly.${patch.state ?? "changed"}`,
      target: { kind: "anomaly", id },
      before: { state: before.state, owner: before.owner, feedback: before.feedback },
      after: { state, owner, feedback: feedback === undefined ? before.feedback : feedback },
    });
    const isTold = told !== undefined && told.announced_at !== null;
    if (isTold && state === "acknowledged" && before.state === "open") {
      await announce(tx, id, "anomaly.acknowledged", now.getTime(), publicUrl);
    }
    if (isOver(state) && !isOver(before.state)) {
      await announce(tx, id, "anomaly.resolved", now.getTime(), publicUrl);
    }
    return readAnomaly(tx, viewer, id);
  });
}

function lifeAfter(before: Anomaly, patch: AnomalyPatch, by: string, now: Date) {
  const state = patch.state ?? before.state;
  const isDone = isOver(state);
  return {
    state,
    owner: ownerOf(patch, before, by),
    // "Expected" is a word on the anomaly as well as a state.
    feedback:
      patch.feedback === undefined && patch.state === "expected"
        ? ("expected" as const)
        : patch.feedback,
    acknowledgedAt: acknowledgedAt(state, before, now),
    resolvedAt: isDone ? (before.resolvedAt ?? now) : null,
    resolvedBecause: isDone ? (before.resolvedBecause ?? "by_hand") : null,
  };
}

async function storeFeedback(
  tx: Tx,
  id: string,
  feedback: Anomaly["feedback"],
  by: string,
  now: Date,
): Promise<void> {
  const [who, when] = feedback === null ? [null, null] : [by, now];
  await tx`
    update anomaly set feedback = ${feedback}, feedback_by = ${who}, feedback_at = ${when}
     where id = ${id}`;
}

export function mayChange(viewer: Viewer, anomaly: Anomaly): boolean {
  return viewer.role !== "viewer" && !anomaly.isPart;
}

function requireMayChange(viewer: Viewer, anomaly: Anomaly): void {
  if (mayChange(viewer, anomaly)) return;
  throw new AppError(because("anomaly_scope"), { code: "forbidden" });
}

function isOver(state: Anomaly["state"]): boolean {
  return state === "expected" || state === "resolved";
}

function ownerOf(patch: AnomalyPatch, before: Anomaly, by: string): string | null {
  if (patch.owner !== undefined) return patch.owner;
  return patch.state === "acknowledged" ? (before.owner ?? by) : before.owner;
}

function acknowledgedAt(state: Anomaly["state"], before: Anomaly, now: Date): Date | null {
  if (state === "open") return null;
  return before.acknowledgedAt ?? now;
}

async function writeNotes(
  tx: Tx,
  {
    id,
    by,
    now,
    before,
    patch,
    state,
  }: {
    readonly id: string;
    readonly by: string;
    readonly now: Date;
    readonly before: Anomaly;
    readonly patch: AnomalyPatch;
    readonly state: Anomaly["state"];
  },
): Promise<void> {
  const notes = [
    ...(state === before.state
      ? []
      : [{ what: state === "open" ? "reopened" : state, text: patch.note ?? null }]),
    ...(patch.owner === undefined ? [] : [{ what: "owner", text: patch.owner }]),
    ...(patch.feedback == null ? [] : [{ what: "feedback", text: patch.feedback }]),
    ...(patch.note === undefined || state !== before.state
      ? []
      : [{ what: "note", text: patch.note }]),
  ];
  for (const { what, text } of notes) {
    await tx`
      insert into anomaly_note (anomaly_id, at, by, what, text)
      values (${id}, ${now}, ${by}, ${what}, ${text})`;
  }
}
