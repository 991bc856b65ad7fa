import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import type { Explanation } from "./explanation.ts";
import type { AnomalyScope, Finding, Metric, SightingKind } from "./sighting.ts";

export const ANOMALY_STATES = ["open", "acknowledged", "expected", "resolved"] as const;
export type AnomalyState = (typeof ANOMALY_STATES)[number];

export const FEEDBACKS = ["unexpected", "expected", "not_anomaly"] as const;
export type FeedbackVerdict = (typeof FEEDBACKS)[number];

export type Anomaly = {
  readonly id: string;
  readonly state: AnomalyState;
  readonly kind: SightingKind;
  readonly source: "day" | "hour" | "agent";
  readonly metric: Metric;
  readonly direction: 1 | -1;
  readonly scope: AnomalyScope;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly expected: Usd;
  readonly actual: Usd;
  readonly impact: Usd;
  readonly expectedText: string;
  readonly actualText: string;
  readonly impactText: string;
  readonly measured: { readonly expected: number; readonly actual: number } | null;
  readonly explanation: Explanation;
  readonly findings: Readonly<Record<string, Finding>>;
  readonly isNotable: boolean;
  readonly detectedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly owner: string | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBecause: string | null;
  readonly feedback: FeedbackVerdict | null;
  readonly feedbackBy: string | null;
  /** Other teams have a part in it that the viewer may not see. */
  readonly isPart: boolean;
};

export type AnomalyRow = {
  readonly id: string;
  readonly state: AnomalyState;
  readonly kind: SightingKind;
  readonly source: Anomaly["source"];
  readonly metric: Metric;
  readonly direction: bigint;
  readonly scope: AnomalyScope;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly expected: string;
  readonly actual: string;
  readonly impact: string;
  readonly measured: Anomaly["measured"];
  readonly explanation: Explanation;
  readonly findings: Anomaly["findings"];
  readonly is_notable: boolean;
  readonly detected_at: Date;
  readonly acknowledged_at: Date | null;
  readonly owner: string | null;
  readonly resolved_at: Date | null;
  readonly resolved_because: string | null;
  readonly feedback: FeedbackVerdict | null;
  readonly feedback_by: string | null;
  /** What a viewer of some teams sees of it; absent: all. */
  readonly own_expected?: string | null;
  readonly own_actual?: string | null;
  readonly is_part?: boolean;
  readonly own_teams?: readonly string[] | null;
};

/** An anomaly as a viewer may see it: their teams' part, and no names or figures of others. */
export function toAnomaly(row: AnomalyRow): Anomaly {
  const isPart = row.is_part === true;
  const expected = parseUsd(isPart ? (row.own_expected ?? "0") : row.expected);
  const actual = parseUsd(isPart ? (row.own_actual ?? "0") : row.actual);
  const impact = isPart ? ((actual - expected) as Usd) : parseUsd(row.impact);
  return {
    id: row.id,
    state: row.state,
    kind: row.kind,
    source: row.source,
    metric: row.metric,
    direction: row.direction < 0n ? -1 : 1,
    scope: row.scope,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    ...{ expected, actual, impact },
    expectedText: toDecimal(expected),
    actualText: toDecimal(actual),
    impactText: toDecimal(impact),
    measured: isPart ? null : row.measured,
    explanation: isPart ? ownExplanation(row) : row.explanation,
    findings: isPart ? {} : row.findings,
    isNotable: row.is_notable,
    detectedAt: row.detected_at,
    acknowledgedAt: row.acknowledged_at,
    owner: isPart ? null : row.owner,
    resolvedAt: row.resolved_at,
    resolvedBecause: row.resolved_because,
    feedback: row.feedback,
    feedbackBy: isPart ? null : row.feedback_by,
    isPart,
  };
}

function ownExplanation({ explanation, own_teams }: AnomalyRow): Explanation {
  const own = new Set(own_teams ?? []);
  const isOwn = ({ dimension, value }: { dimension: string; value: string | null }) =>
    dimension === "team" && value !== null && own.has(value);
  return {
    causes: explanation.causes.filter(isOwn),
    hasSingleCause: false,
    contributions: explanation.contributions.filter(isOwn),
    split: null,
  };
}
