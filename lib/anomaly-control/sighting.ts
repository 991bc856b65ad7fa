import type { IncidentKind } from "#lib/anomalies/incidents.ts";
import type { Usd } from "#lib/money/money.ts";

/** What is watched. Spend is effective cost in dollars; the others are counts. */
export const METRICS = ["spend", "tokens", "calls", "errors", "tool_calls"] as const;
export type Metric = (typeof METRICS)[number];

/** Oddities of agents that no sum of a day shows soon enough. */
export const AGENT_KINDS = [
  "runaway_loop",
  "context_growth",
  "cache_collapse",
  "model_change",
  "retry_storm",
  "orphan_session",
  "unpriced_usage",
] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** `burn`: hours that spend too fast; the rest are oddities of days or of agents. */
export type SightingKind = IncidentKind | AgentKind | "burn";
export const SERIES_KINDS = [
  "burn",
  "spike",
  "fall",
  "gone",
  "new",
  "drift",
  "burst",
  "level_shift",
] as const satisfies readonly SightingKind[];

/** What something is about; nothing at all is the whole organisation. Null: unknown. */
export type AnomalyScope = {
  readonly team?: string;
  readonly model?: string;
  readonly agent?: string;
  readonly session?: string;
};

/** Figures that a sentence is made of: texts and numbers, no content. */
export type Finding = Readonly<Record<string, string | number | boolean | null>>;

/**
 * One look of one detector at something odd. Many sightings, of several
 * detectors and runs, are one anomaly.
 */
export type Sighting = {
  readonly source: "day" | "hour" | "agent";
  readonly kind: SightingKind;
  readonly metric: Metric;
  readonly direction: 1 | -1;
  readonly scope: AnomalyScope;
  /** What it shares with other sightings of the same thing. */
  readonly keys: readonly string[];
  /** Epoch milliseconds, half-open. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly isNotable: boolean;
  /** How far it is from what was expected, without a sign, in the unit of its metric: for comparing sightings. */
  readonly excess: number;
  /** Of metrics that are no money. */
  readonly measured: { readonly expected: number; readonly actual: number } | null;
  /** Detectors of agents know their money themselves; null: it is read from the rollups. */
  readonly wasted: Usd | null;
  readonly finding: Finding | null;
};

/** `agent=reviewer`, in one order however the scope was put together; the organisation as a whole has the key `all`. */
export function keysOfScope(scope: AnomalyScope): string[] {
  const keys = (["team", "model", "agent"] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [`${name}=${scope[name]}`],
  );
  return keys.length === 0 ? ["all"] : keys;
}

/** Of an anomaly. */
export const MOST_KEYS = 100;

/**
 * The keys that an agent's anomaly is known by: those of its own scope and kind.
 * The model that it used, or what was seen together with it, belongs to others, too.
 */
export function provenKeys(
  { kind, scope }: Pick<Sighting, "kind" | "scope">,
  keys: readonly string[],
): string[] {
  const own = keysOfScope(scope);
  return [...new Set(keys.filter((key) => own.includes(key) || key.startsWith(`${kind}:`)))];
}
