import type { Allocation } from "#lib/allocation/allocate.ts";
import type { Outcome } from "#lib/counting/witnessed.ts";
import { type CallCost, costOfCall, NO_COST } from "#lib/ledger/cost-of-call.ts";
import { boundedName, dimensionSetId } from "#lib/ledger/dimension-set.ts";
import type { Dimensions, Filing, LedgerItem } from "#lib/ledger/ledger-row.ts";
import { parseUsd } from "#lib/money/money.ts";
import { agreedRatesIn } from "#lib/pricing/agreed-rates.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import type { IngestPlan } from "./ingest-plan.ts";

/** What one item comes to in the ledger, and what must exist for it there. */
export type Filed = {
  readonly filing: Filing;
  readonly dimensions: Dimensions;
  readonly rateSet: RateSet | null;
  readonly newTeam: Allocation["newTeam"];
};

/** Allocates and prices an item as it was counted. Pure, given the plan. */
export function fileItem(item: LedgerItem, outcome: Outcome, plan: IngestPlan): Filed {
  const { event } = item;
  const allocation = allocationOf(item, outcome, plan);
  const price = priceOf(item, outcome, allocation.team, plan);
  const { identity } = outcome;
  const dimensions: Dimensions = {
    kind: event.kind,
    team: allocation.team,
    project: boundedName(allocation.project),
    environment: boundedName(allocation.environment),
    service: boundedName(event.service),
    agent: boundedName(identity.agent),
    workflow: boundedName(allocation.workflow),
    tool: boundedName(outcome.tool),
    provider: boundedName(price.rateSet?.provider || outcome.provider),
    model: boundedName(price.rateSet?.model || outcome.model),
    tier: boundedName(outcome.tier),
    dialect: event.dialect,
    status: event.status,
    costCenter: boundedName(allocation.costCenter),
  };
  const filing: Filing = {
    counted: outcome.counted,
    because: outcome.because,
    twinOf: outcome.twinOf,
    dimensionSetId: dimensionSetId(dimensions),
    rateSetId: price.rateSet === null ? null : BigInt(price.rateSet.id),
    session: boundedName(identity.session),
    user: boundedName(identity.user),
    team: allocation.team,
    kind: event.kind,
    provider: dimensions.provider,
    model: dimensions.model,
    status: event.status,
    calls: event.calls,
    attempt: outcome.attempt,
    tokens: outcome.tokens,
    units: outcome.units,
    cost: price.cost,
    listCost: price.listCost,
    costStatus: price.status,
    ruleId: allocation.ruleId,
    reportedCost: decimalOrNull(outcome.reportedCost),
  };
  return { filing, dimensions, rateSet: price.rateSet, newTeam: allocation.newTeam };
}

function allocationOf(
  item: LedgerItem,
  { attributes, identity, provider, model }: Outcome,
  plan: IngestPlan,
): Allocation {
  const { event, keyId, startedAtMs } = item;
  const own: Readonly<Record<string, string | null | undefined>> = {
    key: keyId,
    service: event.service,
    dialect: event.dialect,
    provider,
    model,
    user: identity.user,
    session: identity.session,
    agent: identity.agent,
    workflow: identity.workflow,
    organization: identity.organization,
    repository: identity.repository,
  };
  return plan.allocate({
    attributeOf: (name) => attributes[name] ?? own[name] ?? undefined,
    project: identity.project,
    environment: identity.environment,
    workflow: identity.workflow,
    user: identity.user,
    startedAtMs,
    keyTeam: plan.teamOfKey(keyId),
  });
}

function priceOf(
  item: LedgerItem,
  outcome: Outcome,
  team: string,
  plan: IngestPlan,
): CallCost & { readonly rateSet: RateSet | null } {
  const { event } = item;
  if (event.kind !== "model_call") return { ...NO_COST, rateSet: null };
  const rateSet = plan.resolveRateSet(rateQueryOf(item, outcome), team);
  const { status, funding, flags } = event;
  const { tokens, units } = outcome;
  return { ...costOfCall({ status, funding, flags, tokens, units }, rateSet), rateSet };
}

function rateQueryOf({ event, startedAtMs }: LedgerItem, outcome: Outcome): RateQuery {
  const isOneCall = event.witness === "call" && event.calls <= 1;
  return {
    provider: outcome.provider,
    model: outcome.model,
    tier: outcome.tier,
    speed: event.speed,
    region: event.region,
    funding: event.funding,
    // The band of a sum is not known; its calls are taken to be of the usual size.
    contextTokens: isOneCall && outcome.tokens !== null ? contextTokens(outcome.tokens) : 0,
    atMs: startedAtMs,
    agreed: agreedRatesIn(outcome.attributes),
  };
}

/** What the emitter says a call cost is advice; nonsense is dropped, never repaired. */
function decimalOrNull(reported: string | null): string | null {
  if (reported === null) return null;
  try {
    parseUsd(reported);
    return reported;
  } catch {
    return null;
  }
}
