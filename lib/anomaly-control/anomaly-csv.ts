import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import type { Anomaly } from "./anomaly.ts";
import { sentenceOf } from "./sentence.ts";

const COLUMNS = [
  "id",
  "state",
  "kind",
  "metric",
  "team",
  "agent",
  "model",
  "starts_at",
  "ends_at",
  "detected_at",
  "acknowledged_at",
  "resolved_at",
  "owner",
  "feedback",
  "expected",
  "actual",
  "impact",
  "currency",
  "summary",
] as const;

/** Anomalies as CSV (RFC 4180), with the header row. */
export function anomaliesCsv(anomalies: readonly Anomaly[], flavor: CsvFlavor): string {
  const lines = anomalies.map((anomaly) => {
    const cells = cellsOf(anomaly);
    return csvRow(
      COLUMNS.map((column) => cells[column]),
      flavor,
    );
  });
  return csvHeader(COLUMNS, flavor) + lines.join("");
}

function cellsOf(anomaly: Anomaly): Readonly<Record<(typeof COLUMNS)[number], CsvCell>> {
  const { scope } = anomaly;
  const moment = (at: Date | null) => ({ text: at?.toISOString() ?? null });
  return {
    id: { text: anomaly.id },
    state: { text: anomaly.state },
    kind: { text: anomaly.kind },
    metric: { text: anomaly.metric },
    team: { text: scope.team ?? null },
    agent: { text: scope.agent ?? null },
    model: { text: scope.model ?? null },
    starts_at: moment(anomaly.startsAt),
    ends_at: moment(anomaly.endsAt),
    detected_at: moment(anomaly.detectedAt),
    acknowledged_at: moment(anomaly.acknowledgedAt),
    resolved_at: moment(anomaly.resolvedAt),
    owner: { text: anomaly.owner },
    feedback: { text: anomaly.feedback },
    expected: { number: anomaly.expectedText },
    actual: { number: anomaly.actualText },
    impact: { number: anomaly.impactText },
    currency: { text: "USD" },
    summary: { text: sentenceOf(anomaly) },
  };
}
