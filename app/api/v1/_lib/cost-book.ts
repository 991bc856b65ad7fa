import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import type { RecordedCharge } from "#lib/cost-book/charge-store.ts";
import type { RecordedPool } from "#lib/cost-book/pool-store.ts";
import { maySeePerson } from "#lib/cost-book/seen-by.ts";
import type { RecordedModel } from "#lib/cost-book/team-model-store.ts";
import { AppError } from "#lib/errors.ts";
import { toDecimal } from "#lib/money/money.ts";
import type { Believed } from "#lib/price-book/own-rate.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const CostBookParameters = z.strictObject({
  team: z.string().max(120).optional().meta({ description: "Only what is about this team" }),
  history: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "Also what is not believed any more" }),
});

const BELIEVED = {
  recorded_at: Instant,
  recorded_by: z.string(),
  superseded_at: Instant.nullable(),
  superseded_by: z.string().nullable(),
} as const;
const Day = z.iso.date();

export const ModelsBody = z.strictObject({
  cost_models: z.array(
    z.strictObject({
      id: z.string(),
      team: z.string().nullable(),
      effective_from: Day.nullable(),
      markup: z.string().meta({ description: "A fraction of the cost, such as 1/20" }),
      funding: z.array(
        z.strictObject({
          provider: z.string().nullable(),
          model: z.string().nullable(),
          source: z.string(),
        }),
      ),
      headcount: z.int().nullable(),
      note: z.string(),
      ...BELIEVED,
    }),
  ),
});

export const ChargesBody = z.strictObject({
  charges: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      name: z.string(),
      team: z.string().nullable(),
      shared_cost: z.string().nullable(),
      person: z
        .string()
        .nullable()
        .meta({ description: "Null as well where persons may not be seen" }),
      provider: z.string().nullable(),
      model: z.string().nullable(),
      amount: z.string(),
      quantity: z.int(),
      recurrence: z.string(),
      starts_on: Day,
      ends_on: Day.nullable(),
      daily_tokens: z.int().nullable(),
      source: z.strictObject({ name: z.string(), url: z.string() }),
      ...BELIEVED,
    }),
  ),
});

export const PoolsBody = z.strictObject({
  shared_costs: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      method: z.string(),
      source_team: z.string().nullable(),
      teams: z.array(z.string()).nullable(),
      weights: z.record(z.string(), z.int()),
      effective_from: Day.nullable(),
      effective_to: Day.nullable(),
      ...BELIEVED,
    }),
  ),
});

export const RecordedId = z.strictObject({ id: z.string() });
export const Withdrawn = z.strictObject({ id: z.string(), withdrawn: z.literal(true) });

/** @throws {AppError} "not_found": what is no id names nothing. */
export function idOf(params: Readonly<Record<string, string>>): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError(`there is no ${params.id ?? ""}`, { code: "not_found" });
  return id.data;
}

export function modelBody(model: RecordedModel) {
  return {
    id: model.id,
    team: model.team,
    effective_from: dayOf(model.effectiveFrom),
    markup: `${model.markup.num}/${model.markup.den}`,
    funding: model.funding,
    headcount: model.headcount,
    note: model.note,
    ...believedBody(model),
  };
}

export function chargeBody(charge: RecordedCharge, viewer: Viewer) {
  return {
    id: charge.id,
    kind: charge.kind,
    name: charge.name,
    team: charge.team,
    shared_cost: charge.pool,
    person: maySeePerson(viewer, charge.team) ? charge.person : null,
    provider: charge.provider,
    model: charge.model,
    amount: toDecimal(charge.amount),
    quantity: charge.quantity,
    recurrence: charge.recurrence,
    starts_on: dayText(charge.startsOn),
    ends_on: dayOf(charge.endsOn),
    daily_tokens: charge.dailyTokens === null ? null : Number(charge.dailyTokens),
    source: { name: charge.sourceName, url: charge.sourceUrl },
    ...believedBody(charge),
  };
}

export function poolBody(pool: RecordedPool) {
  return {
    id: pool.id,
    name: pool.name,
    method: pool.method,
    source_team: pool.sourceTeam,
    teams: pool.teams,
    weights: pool.weights,
    effective_from: dayOf(pool.effectiveFrom),
    effective_to: dayOf(pool.effectiveTo),
    ...believedBody(pool),
  };
}

function believedBody({ recordedAt, recordedBy, supersededAt, supersededBy }: Believed) {
  return {
    recorded_at: iso(recordedAt),
    recorded_by: recordedBy,
    superseded_at: supersededAt === null ? null : iso(supersededAt),
    superseded_by: supersededBy,
  };
}

const dayOf = (day: CivilDay | null) => (day === null ? null : dayText(day));
