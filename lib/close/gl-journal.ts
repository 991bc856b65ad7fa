import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { GlCode, GlDimension } from "./gl-codes.ts";
import type { StatementLine } from "./statement-line.ts";

export const GL_COSTS = ["effective", "billed"] as const;
export type GlCost = (typeof GL_COSTS)[number];

/** One line of a journal in the books. Cents; above zero is debit, below is credit. */
export type GlPosting = {
  readonly account: string;
  readonly project: string | null;
  readonly costCenter: string | null;
  /** Null: the other side. */
  readonly team: string | null;
  readonly cents: bigint;
};

export type GlJournal = {
  readonly postings: readonly GlPosting[];
  /** Debits, and so credits, in cents. */
  readonly debit: bigint;
  /** What has no code: with any, there are no postings. */
  readonly missing: readonly Pick<GlCode, "dimension" | "value">[];
};

/**
 * A month's lines as a journal for the general ledger: one posting for each
 * account, project, cost center and team, and the whole on the other side.
 *
 * Rounding: the sum of all lines is rounded to cents, half to even. Every
 * posting is rounded down to cents, and the cents that are missing to the sum go
 * one each to the postings that lost most, the earlier one on a tie. So debit is
 * credit to the cent, and no posting is off by a cent or more.
 */
export function glJournal(
  lines: readonly StatementLine[],
  codes: readonly GlCode[],
  cost: GlCost = "effective",
): GlJournal {
  const codeOf = codeBook(codes);
  const asked = lines.filter(({ costs }) => costs[cost] !== 0n);
  const missing = missingCodes(asked, codeOf);
  if (missing.length > 0) return { postings: [], debit: 0n, missing };
  const sums = new Map<string, { posting: Omit<GlPosting, "cents">; amount: bigint }>();
  for (const line of asked) {
    const { team, costCenter } = line;
    const ofCenter = costCenter === null ? undefined : codeOf("cost_center", costCenter);
    const project = codeOf("team", team) ?? ofCenter ?? null;
    const posting = { account: accountOf(line, codeOf) ?? "", project, costCenter, team };
    const key = JSON.stringify([posting.account, project, costCenter, team]);
    sums.set(key, { posting, amount: (sums.get(key)?.amount ?? 0n) + line.costs[cost] });
  }
  const ordered = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  const { parts, whole } = inCents(ordered.map(({ amount }) => amount));
  const own = ordered.map(({ posting }, index) => ({ ...posting, cents: parts[index] ?? 0n }));
  const account = codeOf("offset", "") ?? "";
  const offset = { account, project: null, costCenter: null, team: null, cents: -whole };
  const postings = [...own, offset].filter(({ cents }) => cents !== 0n);
  const debit = postings.reduce((sum, { cents }) => (cents > 0n ? sum + cents : sum), 0n);
  return { postings, debit, missing };
}

type CodeOf = (dimension: GlDimension, value: string) => string | undefined;

function codeBook(codes: readonly GlCode[]): CodeOf {
  const book = new Map(codes.map(({ dimension, value, code }) => [`${dimension} ${value}`, code]));
  return (dimension, value) => book.get(`${dimension} ${value}`);
}

/** A provider's account stands before the line's. */
function accountOf({ kind, provider }: StatementLine, codeOf: CodeOf): string | undefined {
  const ofProvider = provider === null ? undefined : codeOf("provider", provider);
  return ofProvider ?? codeOf("line", kind);
}

function missingCodes(lines: readonly StatementLine[], codeOf: CodeOf): GlJournal["missing"] {
  if (lines.length === 0) return [];
  const kinds = lines.filter((line) => accountOf(line, codeOf) === undefined);
  const values = [...new Set(kinds.map(({ kind }) => kind))].toSorted();
  return [
    ...values.map((value) => ({ dimension: "line" as const, value })),
    ...(codeOf("offset", "") === undefined ? [{ dimension: "offset" as const, value: "" }] : []),
  ];
}

const CENT = parseUsd("0.01");

/** Whole cents that add up to the rounded sum. */
function inCents(amounts: readonly bigint[]): { parts: bigint[]; whole: bigint } {
  const whole = roundedCents(amounts.reduce((sum, amount) => sum + amount, 0n));
  const parts = amounts.map((amount, index) => {
    const rest = ((amount % CENT) + CENT) % CENT;
    return { index, cents: (amount - rest) / CENT, rest };
  });
  let left = whole - parts.reduce((sum, { cents }) => sum + cents, 0n);
  for (const part of parts.toSorted(byRest)) {
    if (left === 0n) break;
    part.cents += 1n;
    left -= 1n;
  }
  return { parts: parts.map(({ cents }) => cents), whole };
}

function byRest(
  a: { readonly rest: bigint; readonly index: number },
  b: { readonly rest: bigint; readonly index: number },
): number {
  if (a.rest === b.rest) return a.index - b.index;
  return a.rest > b.rest ? -1 : 1;
}

function roundedCents(amount: bigint): bigint {
  const rest = ((amount % CENT) + CENT) % CENT;
  const down = (amount - rest) / CENT;
  if (2n * rest === CENT) return down % 2n === 0n ? down : down + 1n;
  return 2n * rest > CENT ? down + 1n : down;
}

/** Whole cents as an amount. */
export function ofCents(cents: bigint): Usd {
  return (cents * CENT) as Usd;
}
