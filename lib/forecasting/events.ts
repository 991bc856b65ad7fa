import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { isDay } from "#lib/organization/organization-day.ts";
import { because } from "#lib/refusals/reason.ts";
import { maySeeScope, parseScope, requireScope, scopeText } from "./scope.ts";

export const EVENT_KINDS = [
  "launch",
  "price_change",
  "head_count",
  "holiday",
  "exclude",
  "other",
] as const;

const Effect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("factor"), factor: z.number().min(0).max(100) }),
  z.strictObject({
    kind: z.literal("amount"),
    per_day: z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, "must be a decimal such as 12.50"),
  }),
  z.strictObject({ kind: z.literal("quiet") }),
  z.strictObject({ kind: z.literal("exclude") }),
]);
export type EventEffect = z.output<typeof Effect>;

const Day = z.string().refine(isDay, "must be a date such as 2026-12-01");

const EventFields = z.strictObject({
  kind: z.enum(EVENT_KINDS),
  label: z.string().trim().min(1).max(200),
  scope: z.string().max(600).default("organization"),
  first_day: Day,
  last_day: Day.nullable().default(null),
  effect: Effect,
});

/** A change of an event, field by field; the whole is checked when it is put together. */
export const EventPatch = EventFields.partial();

/** Something known that history does not tell. Days are the organisation's, first and last included. */
export const EventInput = EventFields.refine(
  ({ first_day, last_day }) => last_day === null || first_day <= last_day,
  {
    path: ["last_day"],
    message: "is before the first day",
  },
).refine(({ kind, effect }) => (kind === "exclude") === (effect.kind === "exclude"), {
  path: ["effect"],
  message: "days are left out with kind and effect exclude, and only then",
});
export type EventInput = z.output<typeof EventInput>;

export type ForecastEvent = {
  readonly id: string;
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly label: string;
  readonly scope: string;
  readonly firstDay: string;
  readonly lastDay: string | null;
  readonly effect: EventEffect;
  readonly source: "person" | "price_book";
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** All events in force, by first day: what a refit applies. */
export async function readEvents(sql: SqlClient | Tx): Promise<ForecastEvent[]> {
  const rows = await sql<EventRow[]>`
    select id, kind, label, scope, first_day::text, last_day::text, effect, source, created_at,
           created_by
      from forecast_event where withdrawn_at is null
     order by first_day, created_at, id limit 2000`;
  return rows.map(eventOf);
}

/** Those of people. What the price book says is replayed, team by team (price-effects.ts), and listed to be seen. */
export function personsEvents(events: readonly ForecastEvent[]): ForecastEvent[] {
  return events.filter(({ source }) => source === "person");
}

/** The events whose whole scope the viewer may see; those of the organisation are everybody's. */
export async function listEvents(sql: SqlClient, viewer: Viewer): Promise<ForecastEvent[]> {
  const events = await readEvents(sql);
  return events.filter(({ scope }) => scope === "organization" || isSeen(viewer, scope));
}

function isSeen(viewer: Viewer, scope: string): boolean {
  const parsed = parseScope(scope);
  // What a model costs next month is no secret of anybody.
  return parsed.kind === "model" || maySeeScope(viewer, parsed);
}

/** @throws {AppError} "not_found" for a scope that the viewer may not see, "forbidden" for viewers. */
export async function createEvent(
  sql: SqlClient,
  viewer: Viewer,
  input: EventInput,
  now: Date,
): Promise<ForecastEvent> {
  const scope = requireMayPlan(viewer, input.scope);
  return sql.begin(async (tx) => {
    const [row] = await tx<EventRow[]>`
      insert into forecast_event (kind, label, scope, first_day, last_day, effect, source,
                                  created_at, created_by)
      values (${input.kind}, ${input.label}, ${scope}, ${input.first_day}::text::date,
              ${input.last_day}::text::date, ${JSON.stringify(input.effect)}::text::jsonb,
              'person', ${now}, ${viewer.label})
      returning id, kind, label, scope, first_day::text, last_day::text, effect, source,
                created_at, created_by`;
    if (row === undefined) throw new Error("an event that was not stored");
    const event = eventOf(row);
    await audit(tx, viewer, "forecast_event.created", event.id, { after: { ...input, scope } });
    return event;
  });
}

/** Changes what is given; the rest stays. @throws {AppError} "not_found", "forbidden", "conflict" */
export async function changeEvent(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patch: Partial<Record<keyof EventInput, unknown>>,
): Promise<ForecastEvent> {
  return sql.begin(async (tx) => {
    const before = await ownEvent(tx, viewer, id);
    const merged = EventInput.safeParse({ ...inputOf(before), ...patch });
    if (!merged.success) {
      const text = merged.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
      throw new AppError(text.join("; "), { code: "invalid" });
    }
    const input = merged.data;
    const scope = requireMayPlan(viewer, input.scope);
    const [row] = await tx<EventRow[]>`
      update forecast_event
         set kind = ${input.kind}, label = ${input.label}, scope = ${scope},
             first_day = ${input.first_day}::text::date,
             last_day = ${input.last_day}::text::date,
             effect = ${JSON.stringify(input.effect)}::text::jsonb
       where id = ${before.id}
      returning id, kind, label, scope, first_day::text, last_day::text, effect, source,
                created_at, created_by`;
    if (row === undefined) throw new Error("an event that was lost");
    await audit(tx, viewer, "forecast_event.changed", before.id, {
      before: inputOf(before),
      after: { ...input, scope },
    });
    return eventOf(row);
  });
}

/** @throws {AppError} "not_found", "forbidden", and "conflict" for what the price book says */
export async function withdrawEvent(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await ownEvent(tx, viewer, id);
    await tx`
      update forecast_event set withdrawn_at = ${now}, withdrawn_by = ${viewer.label}
       where id = ${before.id}`;
    await audit(tx, viewer, "forecast_event.withdrawn", before.id, { before: inputOf(before) });
  });
}

async function ownEvent(tx: Tx, viewer: Viewer, id: string): Promise<ForecastEvent> {
  const [row] = await tx<EventRow[]>`
    select id, kind, label, scope, first_day::text, last_day::text, effect, source, created_at,
           created_by
      from forecast_event where id::text = ${id.toLowerCase()} and withdrawn_at is null for update`;
  const isVisible = row?.scope === "organization" || (row && isSeen(viewer, row.scope));
  if (row === undefined || isVisible !== true) {
    throw new AppError(because("no_event"), { code: "not_found" });
  }
  if (row.source === "price_book") {
    throw new AppError(because("event_of_prices"), { code: "conflict" });
  }
  requireMayPlan(viewer, row.scope, "forbidden");
  return eventOf(row);
}

/** Managers plan for their own teams; admins and finance for everything. */
function requireMayPlan(viewer: Viewer, text: string, code?: "forbidden"): string {
  const scope = parseScope(text);
  if (viewer.role === "viewer") {
    throw new AppError(because("viewers_plan"), { code: "forbidden" });
  }
  if (scope.kind === "budget") {
    throw new AppError("scope: a budget has no events of its own", { code: "invalid" });
  }
  if (code !== undefined && !maySeeScope(viewer, scope)) {
    throw new AppError(because("event_scope"), { code });
  }
  requireScope(viewer, scope);
  return scopeText(scope);
}

function inputOf(event: ForecastEvent) {
  const { kind, label, scope, firstDay, lastDay, effect } = event;
  return { kind, label, scope, first_day: firstDay, last_day: lastDay, effect };
}

function audit(
  tx: Tx,
  viewer: Viewer,
  action: `forecast_event.${string}`,
  id: string,
  change: Pick<Parameters<typeof recordAudit>[1], "before" | "after">,
): Promise<void> {
  const target = { kind: "forecast_event", id };
  return recordAudit(tx, { actor: viewer, action, target, ...change });
}

type EventRow = {
  readonly id: string;
  readonly kind: ForecastEvent["kind"];
  readonly label: string;
  readonly scope: string;
  readonly first_day: string;
  readonly last_day: string | null;
  readonly effect: EventEffect;
  readonly source: ForecastEvent["source"];
  readonly created_at: Date;
  readonly created_by: string;
};

function eventOf(row: EventRow): ForecastEvent {
  return {
    id: row.id,
    kind: row.kind,
    label: row.label,
    scope: row.scope,
    firstDay: row.first_day,
    lastDay: row.last_day,
    effect: row.effect,
    source: row.source,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
