import type { Nesting } from "#lib/usage/usage-event.ts";
import type { MetricPoint } from "../otlp/model.ts";
import { streamOf } from "./item-hash.ts";

/** A family of points in which some are parts of others. */
type NestingRule = {
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
const RULES: readonly NestingRule[] = [
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
 * Whether a point holds others, or is held by one. The ledger sets them against
 * each other (lib/counting/nested-points.ts): an exporter may send them apart.
 */
export function nestingOf(point: MetricPoint): Nesting | undefined {
  for (const rule of RULES) {
    if (rule.whole(point)) return { group: groupOf(point, rule), role: "whole" };
    if (rule.part(point)) return { group: groupOf(point, rule), role: "part" };
  }
  return undefined;
}

/** What whole and part have in common: resource, scope, all other attributes. */
function groupOf(point: MetricPoint, rule: NestingRule): string {
  const shared = new Map([...point.attributes].filter(([key]) => !rule.apart.includes(key)));
  return streamOf({ ...point, metric: "", attributes: shared });
}
