import { CURRENCY } from "#lib/money/money.ts";
import { type Column, decimal, text } from "#lib/tables/column.ts";
import type { Anomaly } from "./anomaly.ts";
import { sentenceOf } from "./sentence.ts";

/** Anomalies as a file. Their amounts overlap in time and scope, so no sum is told. */
export const ANOMALY_COLUMNS: readonly Column<Anomaly>[] = [
  text("id", ({ id }) => id),
  text("state", ({ state }) => state),
  text("kind", ({ kind }) => kind),
  text("metric", ({ metric }) => metric),
  text("team", ({ scope }) => scope.team),
  text("agent", ({ scope }) => scope.agent),
  text("model", ({ scope }) => scope.model),
  moment("starts_at", ({ startsAt }) => startsAt),
  moment("ends_at", ({ endsAt }) => endsAt),
  moment("detected_at", ({ detectedAt }) => detectedAt),
  moment("acknowledged_at", ({ acknowledgedAt }) => acknowledgedAt),
  moment("resolved_at", ({ resolvedAt }) => resolvedAt),
  text("owner", ({ owner }) => owner),
  text("feedback", ({ feedback }) => feedback),
  decimal("expected", ({ expectedText }) => expectedText),
  decimal("actual", ({ actualText }) => actualText),
  decimal("impact", ({ impactText }) => impactText),
  text("currency", () => CURRENCY),
  text("summary", sentenceOf),
];

function moment(name: string, of: (anomaly: Anomaly) => Date | null): Column<Anomaly> {
  return text(name, (anomaly) => of(anomaly)?.toISOString());
}
