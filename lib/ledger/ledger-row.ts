import type { NotCounted, Witnessed } from "#lib/counting/witnessed.ts";
import type { Usd } from "#lib/money/money.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { UsageKind } from "#lib/usage/usage-event.ts";

/** What an event is filed under; the content of a dimension set. */
export type Dimensions = {
  readonly kind: UsageKind;
  readonly team: string;
  readonly project: string | null;
  readonly environment: string | null;
  readonly service: string | null;
  readonly agent: string | null;
  readonly workflow: string | null;
  readonly tool: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier: string | null;
  readonly dialect: string;
  readonly status: string;
  readonly costCenter: string | null;
};

/** `not_applicable`: a tool call or agent run, which has no price of its own. */
export type CostStatus = "priced" | "partial" | "unpriced" | "free" | "included" | "not_applicable";

/** The part of a row that the rollups are made of, and that may change while other items of the call arrive. */
export type Filing = {
  readonly counted: boolean;
  readonly because: NotCounted | null;
  readonly twinOf: string | null;
  readonly dimensionSetId: bigint;
  readonly rateSetId: bigint | null;
  readonly session: string | null;
  readonly user: string | null;
  readonly team: string;
  readonly kind: UsageKind;
  /** As it is filed under, which need not be as it was reported. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly status: string;
  readonly calls: number;
  readonly attempt: number | null;
  readonly tokens: Tokens | null;
  /** Further priced quantities, also those that only another item of the call told. */
  readonly units: Readonly<Record<string, number>>;
  /** A lower bound where the status is `partial`; null while nothing is known. */
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
  readonly costStatus: CostStatus;
  readonly ruleId: string | null;
  readonly reportedCost: string | null;
};

/** An item of the ledger with the key it came with; `filing` is null until it is first stored. */
export type LedgerItem = Witnessed & {
  /** Hashes of the call keys by which it is found outside its own trace; at most two. */
  readonly lookupKeys: readonly bigint[];
  readonly startedAtMs: number;
  readonly receivedAtMs: number;
  readonly keyId: string;
  readonly filing: Filing | null;
};

/** Whether nothing that is stored or rolled up differs. */
export function isSameFiling(a: Filing, b: Filing): boolean {
  return (
    a.counted === b.counted &&
    a.because === b.because &&
    a.twinOf === b.twinOf &&
    a.dimensionSetId === b.dimensionSetId &&
    a.rateSetId === b.rateSetId &&
    a.attempt === b.attempt &&
    a.session === b.session &&
    a.user === b.user &&
    a.cost === b.cost &&
    a.listCost === b.listCost &&
    a.costStatus === b.costStatus &&
    a.ruleId === b.ruleId &&
    TOKEN_CLASSES.every((tokenClass) => a.tokens?.[tokenClass] === b.tokens?.[tokenClass]) &&
    hasSameUnits(a, b)
  );
}

function hasSameUnits({ units: a }: Filing, { units: b }: Filing): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
