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
];

function isTokenType(point: MetricPoint, type: string): boolean {
  return (
    /^(gemini_cli|qwen-code)\.token\.usage$/.test(point.metric) &&
    point.attributes.get("type") === type
  );
}

/**
 * The points with each whole less its parts, so that points can be added up.
 * Only points of one export and the same interval are set against each other;
 * metrics of one meter are always exported together.
 */
export function withoutSubsets(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return RULES.reduce(subtract, points);
}

function subtract(points: readonly MetricPoint[], rule: SubsetRule): readonly MetricPoint[] {
  const owed = new Map<string, number>();
  for (const point of points) {
    if (rule.part(point)) {
      const key = groupOf(point, rule);
      owed.set(key, (owed.get(key) ?? 0) + Number(point.value ?? 0));
    }
  }
  if (owed.size === 0) {
    return points;
  }
  return points.map((point) => {
    const key = rule.whole(point) ? groupOf(point, rule) : "";
    const debt = owed.get(key) ?? 0;
    const value = Number(point.value ?? 0);
    if (key === "" || point.value === null || !(debt > 0 && value > 0)) {
      return point;
    }
    const taken = Math.min(debt, value);
    owed.set(key, debt - taken);
    return { ...point, value: value - taken };
  });
}

/** What whole and part have in common: resource, scope, interval, all other attributes. */
function groupOf(point: MetricPoint, rule: SubsetRule): string {
  const shared = new Map([...point.attributes].filter(([key]) => !rule.apart.includes(key)));
  const stream = streamOf({ ...point, metric: "", attributes: shared });
  return `${stream}:${point.startNanos}:${point.timeNanos}`;
}
