import type { MetricPoint } from "../otlp/model.ts";
import { streamOf } from "./item-event.ts";

/** A family of points in which some are parts of others. */
type SubsetRule = {
  /** The whole that the point is counted in, or null when the point is not of this family. */
  readonly whole: (point: MetricPoint) => boolean;
  /** True for the points that the whole contains. */
  readonly part: (point: MetricPoint) => boolean;
  /** The attributes in which whole and part differ, besides the metric's name. */
  readonly apart: readonly string[];
};

const INFERENCE = "gen_ai.client.inference.usage.";

/**
 * Cache reads and writes that a metric repeats inside its input. (Reasoning
 * stays: the ledger too keeps it inside the output.)
 */
const RULES: readonly SubsetRule[] = [
  {
    whole: (point) => point.metric === `${INFERENCE}input_tokens`,
    part: (point) =>
      /^gen_ai\.client\.inference\.usage\.cache_(read|write|creation)\.input_tokens$/.test(
        point.metric,
      ),
    apart: ["gen_ai.token.modality"],
  },
  {
    whole: (point) => isTokenType(point, "input"),
    part: (point) => isTokenType(point, "cache"),
    apart: ["type"],
  },
  {
    whole: (point) => isCodexType(point, /^input$/),
    part: (point) => isCodexType(point, /^(cached|cache_write)_input$/),
    apart: ["token_type"],
  },
];

function isTokenType(point: MetricPoint, type: string): boolean {
  return (
    /^(gemini_cli|qwen-code)\.token\.usage$/.test(point.metric) &&
    point.attributes.get("type") === type
  );
}

function isCodexType({ attributes, metric }: MetricPoint, type: RegExp): boolean {
  return metric === "codex.turn.token_usage" && type.test(String(attributes.get("token_type")));
}

/**
 * The points with each whole less its parts, so that points can be added up.
 * Only points of one export and the same moment are set against each other;
 * metrics of one meter are always exported together.
 */
export function withoutSubsets(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return RULES.reduce(subtract, points);
}

/** What of a part is yet to be taken from the whole. */
type Debt = { readonly timeNanos: bigint; left: number };

function subtract(points: readonly MetricPoint[], rule: SubsetRule): readonly MetricPoint[] {
  const owed = new Map<string, Debt[]>();
  for (const point of points) {
    if (!rule.part(point)) continue;
    const key = groupOf(point, rule);
    const debt = { timeNanos: point.timeNanos, left: Number(point.value ?? 0) };
    owed.set(key, [...(owed.get(key) ?? []), debt]);
  }
  if (owed.size === 0) return points;
  return points.map((point) => {
    if (!rule.whole(point) || point.value === null) return point;
    const debts = owed.get(groupOf(point, rule)) ?? [];
    const value = Number(point.value);
    const taken = pay(debts.filter(isOfMoment(point)), value);
    return taken > 0 ? { ...point, value: value - taken } : point;
  });
}

function pay(debts: readonly Debt[], value: number): number {
  let rest = value;
  for (const debt of debts) {
    const taken = Math.max(0, Math.min(debt.left, rest));
    debt.left -= taken;
    rest -= taken;
  }
  return value - rest;
}

/**
 * Instruments are read one after the other, so their times differ by a little.
 * Starts are not compared: each series begins with its own first measurement.
 */
function isOfMoment({ timeNanos }: MetricPoint): (debt: Debt) => boolean {
  const slack = 500_000_000n;
  return (debt) => debt.timeNanos - timeNanos <= slack && timeNanos - debt.timeNanos <= slack;
}

/** What whole and part have in common: resource, scope, all other attributes. */
function groupOf(point: MetricPoint, rule: SubsetRule): string {
  const shared = new Map([...point.attributes].filter(([key]) => !rule.apart.includes(key)));
  return streamOf({ ...point, metric: "", attributes: shared });
}
