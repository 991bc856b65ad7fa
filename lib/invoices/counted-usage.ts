import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { PriceLine } from "#lib/pricing/price-with-rate-set.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { InvoiceLine } from "./invoice-line.ts";

/** Usage that a file counts without saying what it costs. */
export type CountedUsage = Pick<
  UsageEvent,
  "provider" | "model" | "tier" | "speed" | "region" | "startedAtMs" | "units"
> & {
  readonly tokens: NonNullable<UsageEvent["tokens"]>;
  /** Sizes of prompts, where the file tells them apart: at least so many tokens. */
  readonly contextTokens: number;
};

/** What counted usage costs at the organisation's prices, unit by unit. */
export type PriceOf = (usage: CountedUsage) => readonly PriceLine[];

export type CountedLines = {
  readonly lines: readonly InvoiceLine[];
  readonly unpricedTokens: bigint;
};

/** A line for each class of tokens, and one for all other units together; what has no price is worth nothing here. */
export function countedLines(
  usage: CountedUsage,
  day: CivilDay | null,
  priceOf: PriceOf,
): CountedLines {
  const lines: InvoiceLine[] = [];
  let unpricedTokens = 0n;
  for (const { unit, quantity, cost } of priceOf(usage)) {
    const tokenClass = TOKEN_CLASSES.find((name) => name === unit) ?? null;
    const tokens = tokenClass === null ? null : BigInt(quantity);
    if (cost === null) unpricedTokens += tokens ?? 0n;
    lines.push(lineOf(usage, { day, tokenClass, tokens, amount: cost ?? ZERO_USD }));
  }
  return { lines, unpricedTokens };
}

function lineOf(
  { provider, model }: CountedUsage,
  told: Pick<InvoiceLine, "day" | "tokenClass" | "tokens"> & { readonly amount: Usd },
): InvoiceLine {
  return { kind: "usage", provider: provider ?? "", model, rows: 1, ...told };
}
