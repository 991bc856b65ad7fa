import { costOfCall } from "#lib/ledger/cost-of-call.ts";
import { toDecimal } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import type { OwnRate } from "../own-rate.ts";

/** A recorded price of gpt-5.5: `usd` for a million of its unit, or a discount `off`. */
export function own(changes: Partial<OwnRate> & { usd?: string; off?: [number, number] }): OwnRate {
  const { usd, off, ...rest } = changes;
  return {
    id: "1",
    team: null,
    kind: "list",
    provider: "openai",
    model: "gpt-5.5",
    unit: off === undefined ? "output" : null,
    price:
      off === undefined
        ? { amount: usd ?? "7", per: 1_000_000 }
        : { off: { num: off[0], den: off[1] } },
    tier: null,
    speed: null,
    region: null,
    context: null,
    window: null,
    includesFees: false,
    effectiveFrom: null,
    effectiveTo: null,
    source: { name: "test", url: "https://example.com", checkedAt: "2026-11-01", quote: null },
    recordedAt: new Date(0),
    recordedBy: "test",
    supersededAt: null,
    supersededBy: null,
    ...rest,
  };
}

/** A call is of a million output tokens, unless it says otherwise. */
const event = { status: "ok", funding: "api", flags: [], units: {} } as const;
/** What a call costs by a rate set, and at list prices. */
export function costOf(set: RateSet, tokens: Partial<Tokens> = { output: 1_000_000 }) {
  const { cost, listCost, status } = costOfCall(
    { ...event, tokens: { ...NO_TOKENS, ...tokens } },
    set,
  );
  return {
    cost: cost === null ? null : toDecimal(cost),
    listCost: listCost === null ? null : toDecimal(listCost),
    status,
  };
}
