import type { UsageLine } from "#lib/anomalies/price-volume-mix.ts";
import { parseUsd, splitUsd, type Usd } from "#lib/money/money.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import type { Tokens } from "#lib/usage/tokens.ts";

/** Usage of one model or tool at one set of rates. */
export type PricedRow = { readonly [C in keyof Tokens]: bigint } & {
  readonly kind: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly content: RateSet | null;
  readonly calls: bigint;
  readonly unpriced_calls: bigint;
  readonly cost: string;
};

export type LineSubject = {
  readonly kind: "model" | "tool";
  readonly provider: string | null;
  readonly name: string | null;
};

/** Roundings of single calls come to less than this; more than it is a fee. */
const ROUNDING = 1_000_000_000n;

/**
 * A row as lines of a bridge, one for each class of tokens; together they are
 * the row's cost exactly. What nothing could price, and tools
 * that have no price, have neither calls nor lines.
 */
export function pricedLines(row: PricedRow): {
  readonly calls: bigint;
  readonly lines: readonly UsageLine[];
} {
  const cost = parseUsd(row.cost);
  const isOutside = row.unpriced_calls > 0n || row.kind !== "model_call";
  if (cost === 0n && isOutside) return { calls: 0n, lines: [] };
  const lineOf = (part: string, unit: string, quantity: bigint, amount: Usd): UsageLine => ({
    key: keyOf(row, part),
    unit,
    quantity,
    cost: amount,
  });
  const classes = row.content === null ? [] : classesOf(row, row.content);
  const known = classes.reduce((sum, line) => sum + line.cost, 0n);
  if (known === 0n) {
    const part = lineOf("calls", "call", row.calls, cost);
    return { calls: row.calls, lines: cost === 0n && row.calls === 0n ? [] : [part] };
  }
  const rest = (cost - known) as Usd;
  // Searches and other fees of the calls, which the rollups do not count.
  const hasFee = rest > ROUNDING;
  const amounts = splitUsd(
    hasFee ? (known as Usd) : cost,
    classes.map((line) => line.cost),
  );
  const lines = classes.map(({ unit, quantity }, index) =>
    lineOf(unit, "token", quantity, amounts[index] ?? (0n as Usd)),
  );
  return { calls: row.calls, lines: hasFee ? [...lines, lineOf("fees", "fee", 0n, rest)] : lines };
}

/** Which model or tool a line's key is about. */
export function readLineKey(key: string): LineSubject {
  const [kind, provider, name] = JSON.parse(key) as [LineSubject["kind"], ...(string | null)[]];
  return { kind, provider: provider ?? null, name: name ?? null };
}

/** What a plan paid beforehand is another thing than the same call at a price. */
function keyOf(row: PricedRow, part: string): string {
  const isTool = row.kind === "tool_call";
  const funding = row.content?.funding ?? null;
  const name = isTool ? row.tool : row.model;
  return JSON.stringify([isTool ? "tool" : "model", row.provider, name, part, funding]);
}

function classesOf(row: PricedRow, content: RateSet) {
  const tokens: Tokens = {
    input_uncached: Number(row.input_uncached),
    cache_read: Number(row.cache_read),
    cache_write_5m: Number(row.cache_write_5m),
    cache_write_1h: Number(row.cache_write_1h),
    output: Number(row.output),
    reasoning: Number(row.reasoning),
  };
  return priceWithRateSet(content, tokens).lines.flatMap(({ unit, quantity, cost }) =>
    cost === null ? [] : [{ unit, quantity: BigInt(quantity), cost: cost as bigint }],
  );
}
