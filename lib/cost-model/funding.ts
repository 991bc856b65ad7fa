import type { Prepaid } from "#lib/pricing/rate-set.ts";

/** Who pays for usage: the API meters it, or it was paid for beforehand and is not billed again. */
export const FUNDING_SOURCES = ["api", "plan", "credits", "commitment"] as const;
export type FundingSource = (typeof FUNDING_SOURCES)[number];

/** What pays for a team's usage of a provider or model; null for all of them. */
export type FundingRule = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: FundingSource;
};

/**
 * The source that a team's rules name for usage, the one with most said first:
 * model over provider over all. Null where no rule fits, or where it is the API.
 */
export function prepaidBy(
  rules: readonly FundingRule[],
  usage: { readonly provider: string; readonly model: string },
): Prepaid | null {
  const [rule] = rules
    .filter((candidate) => fits(candidate, usage))
    .toSorted((a, b) => said(b) - said(a));
  return rule === undefined || rule.source === "api" ? null : rule.source;
}

/** Whether a rule or charge that names a provider and a model, or leaves them out, is about the usage. */
export function fits(
  { provider, model }: { readonly provider: string | null; readonly model: string | null },
  usage: { readonly provider: string | null; readonly model: string | null },
): boolean {
  return (
    (provider === null || provider === usage.provider) &&
    (model === null || model.toLowerCase() === usage.model?.toLowerCase())
  );
}

function said({ provider, model }: FundingRule): number {
  return (model === null ? 0 : 2) + (provider === null ? 0 : 1);
}
