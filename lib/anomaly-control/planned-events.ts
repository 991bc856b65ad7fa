import { z } from "zod";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import type { AnomalyScope } from "./sighting.ts";

/** Something known beforehand that widens the expected range. */
export type PlannedEvent = {
  readonly id: string;
  readonly label: string;
  readonly scope: AnomalyScope;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** How many times the usual is expected; null: anything. */
  readonly factor: number | null;
  readonly createdBy: string;
};

const Value = z.string().trim().min(1).max(200).optional();
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const LONGEST_MS = 366 * 86_400_000;
const MOST = 500;

export const PlannedEventInput = z
  .strictObject({
    label: z.string().trim().min(1).max(200),
    scope: z.strictObject({ team: Value, model: Value, agent: Value }).default({}),
    starts_at: Moment,
    ends_at: Moment,
    factor: z.number().min(1).max(1_000).nullable().default(null),
  })
  .refine(({ starts_at, ends_at }) => starts_at < ends_at, {
    path: ["ends_at"],
    message: "must be after starts_at",
  })
  .refine(({ starts_at, ends_at }) => ends_at.getTime() - starts_at.getTime() <= LONGEST_MS, {
    path: ["ends_at"],
    message: "must be within a year of starts_at",
  });
export type PlannedEventInput = z.output<typeof PlannedEventInput>;

type Row = {
  readonly id: string;
  readonly label: string;
  readonly scope: AnomalyScope;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly factor: number | null;
  readonly created_by: string;
};

/** Events that end after an instant, those of the whole organisation and of the viewer's teams; the latest first. */
export async function listPlannedEvents(
  sql: SqlClient,
  scope: ReadScope,
  since: Date,
): Promise<PlannedEvent[]> {
  const teams = teamsOf(scope);
  const rows = await sql<Row[]>`
    select id, label, scope, starts_at, ends_at, factor, created_by from anomaly_planned_event
     where ends_at >= ${since}
       ${teams === "all" ? sql`` : sql`and (scope->>'team' is null or scope->>'team' = any(${[...teams]}::text[]))`}
     order by starts_at desc, id limit ${MOST}`;
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    scope: row.scope,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    factor: row.factor,
    createdBy: row.created_by,
  }));
}

/** @throws {AppError} "forbidden" outside the viewer's teams, "conflict" beyond 500 events. */
export async function addPlannedEvent(
  sql: SqlClient,
  viewer: Viewer,
  input: PlannedEventInput,
  now: Date,
): Promise<PlannedEvent> {
  const scope = Object.fromEntries(
    Object.entries(input.scope).filter(([, value]) => value !== undefined),
  ) as AnomalyScope;
  requireOwn(viewer, scope);
  const { label, starts_at: startsAt, ends_at: endsAt, factor } = input;
  const createdBy = actorName(viewer);
  return sql.begin(async (tx) => {
    const [count] = await tx<{ n: bigint }[]>`
      select count(*) as n from anomaly_planned_event where ends_at >= ${now}`;
    if ((count?.n ?? 0n) >= BigInt(MOST)) {
      throw new AppError(because("many_planned", { most: MOST }), { code: "conflict" });
    }
    const [row] = await tx<{ id: string }[]>`
      insert into anomaly_planned_event
        (label, scope, starts_at, ends_at, factor, created_at, created_by)
      values (${label}, ${JSON.stringify(scope)}::text::jsonb, ${startsAt}, ${endsAt}, ${factor},
              ${now}, ${createdBy})
      returning id`;
    if (row === undefined) throw new Error("the event has no id");
    await recordAudit(tx, {
      actor: viewer,
      action: "planned_event.created",
      target: { kind: "planned_event", id: row.id },
      after: { label, scope, factor, from: startsAt.toISOString(), to: endsAt.toISOString() },
    });
    return { id: row.id, label, scope, startsAt, endsAt, factor, createdBy };
  });
}

/** @throws {AppError} "not_found" for what is not there or not the viewer's. */
export async function removePlannedEvent(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
): Promise<void> {
  const missing = new AppError(because("no_planned"), { code: "not_found" });
  if (!z.uuid().safeParse(id).success) throw missing;
  await sql.begin(async (tx) => {
    const [row] = await tx<{ label: string; scope: AnomalyScope }[]>`
      select label, scope from anomaly_planned_event where id = ${id} for update`;
    if (row === undefined) throw missing;
    requireOwn(viewer, row.scope);
    await tx`delete from anomaly_planned_event where id = ${id}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "planned_event.removed",
      target: { kind: "planned_event", id },
      before: { label: row.label, scope: row.scope },
    });
  });
}

function requireOwn({ role, teams }: Viewer, { team }: AnomalyScope): void {
  const isOwn = teams === "all" || (team !== undefined && teams.includes(team));
  if (role !== "viewer" && isOwn) return;
  throw new AppError(because("plan_scope"), { code: "forbidden" });
}
