import type { InvoiceLine } from "#lib/invoices/invoice-line.ts";
import { plus } from "#lib/invoices/line-sums.ts";
import { matchModel } from "#lib/invoices/match-model.ts";
import { addUsd, subtractUsd, sumUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";
import type { TokenClass } from "#lib/usage/tokens.ts";
import type { ComparedRow, Comparison, GapReason, LedgerUsage } from "./comparison.ts";
import { explainGap, type GapGroup, type GapPart, sumReasons } from "./explain-gap.ts";

/** What the books have beside usage, by provider. */
export type BookedBeside = {
  /** Billed charges: seats, subscriptions, credits, commitments. */
  readonly charges: ReadonlyMap<string, Usd>;
  /** Usage of a closed month that came after its closing, and so is booked in later months. */
  readonly late: ReadonlyMap<string, Usd>;
  /** What accepting other invoices of the month has booked. */
  readonly settled: ReadonlyMap<string, Usd>;
};

/** Beyond usage, what a line of an invoice explains by being there. */
const BESIDE: Readonly<Record<string, GapReason>> = {
  tax: "tax",
  credit: "credits",
  fee: "fees",
  subscription: "plan_paid",
};

/**
 * Holds an invoice against the ledger: of the invoice's providers, by what it
 * tells apart. The gap is what it asks for beyond what the books have, and is
 * explained whole. Pure.
 */
export function compareInvoice(
  told: readonly InvoiceLine[],
  ledger: readonly LedgerUsage[],
  { charges, late, settled }: BookedBeside,
): Comparison {
  const providers = [...new Set(told.map(({ provider }) => provider))].toSorted();
  const sides = providers.map((provider) => sidesOf(provider, told, ledger));
  const used = sides.flatMap(({ rows }) => rows);
  const beside = told.filter(({ kind }) => kind !== "usage");
  const chargesOf = (provider: string) =>
    beside.some((line) => line.kind === "subscription" && line.provider === provider)
      ? (charges.get(provider) ?? ZERO_USD)
      : ZERO_USD;
  const lateOf = (provider: string) => late.get(provider) ?? ZERO_USD;
  const parts: GapPart[] = [
    ...sides.flatMap(({ groups }) => groups.flatMap(explainGap)),
    ...beside.map(({ kind, amount }) => ({ reason: BESIDE[kind] ?? "fees", amount })),
    ...providers.map(
      (provider): GapPart => ({
        reason: "plan_paid",
        amount: subtractUsd(ZERO_USD, chargesOf(provider)),
      }),
    ),
    ...providers.map((provider): GapPart => ({ reason: "late", amount: lateOf(provider) })),
  ];
  const invoiced = sumUsd(told.map(({ amount }) => amount));
  const reasons = sumReasons(parts);
  const gap = sumUsd(reasons.map(({ amount }) => amount));
  const byProvider = providers.map((provider): ComparedRow => {
    const usage = summed(
      used.filter((row) => row.provider === provider),
      () => null,
    );
    const more = beside.filter((line) => line.provider === provider).map(({ amount }) => amount);
    const [row] = usage;
    const ours = addUsd(row?.ours ?? ZERO_USD, chargesOf(provider));
    return {
      ...{ provider, value: null, tokens: row?.tokens ?? 0n },
      invoiced: sumUsd([row?.invoiced ?? ZERO_USD, ...more]),
      ours: subtractUsd(ours, lateOf(provider)),
      invoicedTokens: row?.invoicedTokens ?? null,
    };
  });
  const hasDays = sides.some((side) => side.hasDays);
  return {
    ...{ invoiced, ours: subtractUsd(invoiced, gap), gap, reasons, late, byProvider },
    settled: new Map([...settled].filter(([provider]) => providers.includes(provider))),
    byModel: summed(used, ({ model }) => model),
    byClass: summed(used, ({ tokenClass }) => tokenClass),
    byDay: hasDays ? summed(used, ({ day }) => (day === null ? null : dayText(day))) : [],
  };
}

/** One cell of either side at the grain of the invoice. */
type Cell = {
  readonly provider: string;
  readonly model: string | null;
  readonly day: CivilDay | null;
  readonly tokenClass: TokenClass | null;
  readonly invoiced: Usd;
  readonly invoicedTokens: bigint | null;
  readonly ours: Usd;
  readonly tokens: bigint;
};

/** Both sides of a provider's usage, as finely as the invoice tells it apart. */
function sidesOf(
  provider: string,
  told: readonly InvoiceLine[],
  ledger: readonly LedgerUsage[],
): {
  readonly rows: readonly Cell[];
  readonly groups: readonly GapGroup[];
  readonly hasDays: boolean;
} {
  const invoice = told.filter((line) => line.provider === provider && line.kind === "usage");
  const usage = ledger.filter((line) => line.provider === provider);
  const models = [...new Set(usage.flatMap(({ model }) => model ?? []))];
  const hasModels = isToldOfMost(invoice, ({ model }) => model !== null);
  const hasDays = invoice.length > 0 && invoice.every(({ day }) => day !== null);
  const classes = new Set(invoice.map(({ tokenClass }) => tokenClass));
  const hasClasses = isToldOfMost(invoice, ({ tokenClass }) => tokenClass !== null);
  // Some invoices do not tell reasoning from output, nor writes to the cache by their lifetime.
  const classOf = (name: TokenClass | null) => {
    if (!hasClasses) return null;
    if (name === "reasoning" && !classes.has(name)) return "output";
    return name === "cache_write_1h" && !classes.has(name) ? "cache_write_5m" : name;
  };
  const known = new Map<string, string>();
  const modelOf = (words: string | null) => {
    if (words === null || !hasModels) return null;
    const found = known.get(words) ?? matchModel(words, models) ?? words;
    known.set(words, found);
    return found;
  };
  const step = smallestUnit(invoice);
  const rows = [
    ...invoice.map(({ model, day, tokenClass, amount, tokens, rows: count }) => ({
      ...{ provider, model: modelOf(model), day, tokenClass: classOf(tokenClass) },
      ...{ invoiced: amount, invoicedTokens: tokens, ours: ZERO_USD, tokens: 0n },
      ...{ covered: ZERO_USD, coveredTokens: 0n, unpricedCalls: 0 },
      tolerance: ((BigInt(count) * step + 1n) / 2n) as Usd,
    })),
    ...usage.map(({ model, day, tokenClass, billed, tokens, ...more }) => ({
      ...{ provider, model: hasModels ? model : null, day, tokenClass: classOf(tokenClass) },
      ...{ invoiced: ZERO_USD, invoicedTokens: null, ours: billed, tokens },
      ...{ covered: more.covered, coveredTokens: more.coveredTokens },
      ...{ unpricedCalls: more.unpricedCalls, tolerance: ZERO_USD },
    })),
  ];
  const byGroup = Map.groupBy(rows, ({ model, tokenClass }) => JSON.stringify([model, tokenClass]));
  return { rows, groups: [...byGroup.values()].map(groupOf), hasDays };
}

function groupOf(rows: readonly GapGroup[]): GapGroup {
  return rows.reduce((sum, row) => ({
    invoiced: addUsd(sum.invoiced, row.invoiced),
    ours: addUsd(sum.ours, row.ours),
    covered: addUsd(sum.covered, row.covered),
    invoicedTokens: plus(sum.invoicedTokens, row.invoicedTokens),
    tokens: sum.tokens + row.tokens,
    coveredTokens: sum.coveredTokens + row.coveredTokens,
    unpricedCalls: sum.unpricedCalls + row.unpricedCalls,
    tolerance: addUsd(sum.tolerance, row.tolerance),
  }));
}

function summed(cells: readonly Cell[], nameOf: (cell: Cell) => string | null): ComparedRow[] {
  const groups = Map.groupBy(cells, (cell) => JSON.stringify([nameOf(cell), cell.provider]));
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      return [
        {
          ...{ provider: first.provider, value: nameOf(first) },
          invoiced: sumUsd(group.map(({ invoiced }) => invoiced)),
          ours: sumUsd(group.map(({ ours }) => ours)),
          invoicedTokens: group.reduce<bigint | null>(
            (sum, { invoicedTokens }) => plus(sum, invoicedTokens),
            null,
          ),
          tokens: group.reduce((sum, { tokens }) => sum + tokens, 0n),
        },
      ];
    })
    .filter((row) =>
      [row.invoiced, row.ours, row.tokens, row.invoicedTokens ?? 0n].some((side) => side !== 0n),
    );
}

/** Searches and the like have no class of tokens on any invoice: what most of its money has, it tells apart. */
function isToldOfMost(
  lines: readonly InvoiceLine[],
  isTold: (line: InvoiceLine) => boolean,
): boolean {
  const money = (some: readonly InvoiceLine[]) =>
    some.reduce((sum, { amount }) => sum + (amount < 0n ? -amount : amount), 0n);
  const count = (some: readonly InvoiceLine[]) =>
    some.reduce((sum, { tokens }) => sum + (tokens ?? 0n), 0n);
  // Of counted usage without any price there are only tokens to go by.
  const size = money(lines) === 0n ? count : money;
  return 2n * size(lines.filter(isTold)) > size(lines);
}

/** What the invoice's amounts are rounded to: their last decimal, at most cents. */
function smallestUnit(lines: readonly InvoiceLine[]): bigint {
  const decimals = lines.map(({ amount }) => toDecimal(amount).split(".")[1]?.length ?? 0);
  return 10n ** BigInt(18 - decimals.reduce((most, each) => Math.max(most, each), 2));
}
