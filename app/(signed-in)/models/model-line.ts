import type { PageQuery } from "#app/_query/page-query.ts";
import type { CallTiming } from "#lib/reports/call-timing.ts";
import type { ModelCost } from "#lib/reports/model-costs.ts";
import type { Measures, UsageResult } from "#lib/reports/usage-query.ts";

/** All that the page says of one model. */
export type ModelLine = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly measures: Measures;
  /** Null where the rates of its calls are not known. */
  readonly cost: Pick<ModelCost, "classes" | "caching" | "priceChangedAt"> | null;
  readonly timing: CallTiming | null;
};

/** The calls of all models. */
export function modelCallsOf(query: PageQuery): PageQuery {
  return { ...query, filters: { ...query.filters, kind: ["model_call"] } };
}

/** The calls of one. */
export function ofModel(
  query: PageQuery,
  provider: string | null,
  model: string | null,
): PageQuery {
  const ofAll = modelCallsOf(query);
  return { ...ofAll, filters: { ...ofAll.filters, provider: [provider], model: [model] } };
}

/** Puts what is known of each model together. */
export function modelLines(
  { rows }: UsageResult,
  costs: readonly ModelCost[],
  timings: readonly CallTiming[],
): ModelLine[] {
  const costOf = new Map(costs.map((each) => [keyOf(each), each]));
  const timingOf = new Map(
    timings.map((each) => [keyOf({ provider: each.provider, model: each.name }), each]),
  );
  return rows.map(({ group: { provider = null, model = null }, measures }) => {
    const key = keyOf({ provider, model });
    return {
      ...{ provider, model, measures },
      cost: costOf.get(key) ?? null,
      timing: timingOf.get(key) ?? null,
    };
  });
}

export function keyOf({ provider, model }: Pick<ModelLine, "provider" | "model">): string {
  return JSON.stringify([provider, model]);
}
