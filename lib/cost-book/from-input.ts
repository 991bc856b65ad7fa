import type { NewCharge } from "./charge-store.ts";
import type { ChargeInput, ModelInput, PoolInput } from "./cost-input.ts";
import type { NewPool } from "./pool-store.ts";
import type { NewModel } from "./team-model-store.ts";

export function newModel(input: ModelInput): NewModel {
  return {
    team: input.team,
    effectiveFrom: input.effective_from ?? null,
    markup: input.markup,
    funding: input.funding.map(({ provider, model, source }) => ({
      provider: provider ?? null,
      model: model ?? null,
      source,
    })),
    headcount: input.headcount ?? null,
    note: input.note,
  };
}

export function newCharge(input: ChargeInput): NewCharge {
  return {
    kind: input.kind,
    name: input.name,
    team: input.team ?? null,
    pool: input.shared_cost ?? null,
    person: input.person ?? null,
    provider: input.provider ?? null,
    model: input.model ?? null,
    amount: input.amount,
    quantity: input.quantity,
    recurrence: input.recurrence,
    startsOn: input.starts_on,
    endsOn: input.ends_on ?? null,
    dailyTokens: input.daily_tokens == null ? null : BigInt(input.daily_tokens),
    sourceName: input.source.name,
    sourceUrl: input.source.url,
  };
}

export function newPool(input: PoolInput): NewPool {
  return {
    name: input.name,
    method: input.method,
    sourceTeam: input.source_team ?? null,
    teams: input.teams ?? null,
    weights: input.weights,
    effectiveFrom: input.effective_from ?? null,
    effectiveTo: input.effective_to ?? null,
  };
}
