import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, text, time } from "#lib/tables/column.ts";
import type {
  DataQuality,
  KeySeen,
  Rejected,
  UnallocatedSource,
  UnpricedModel,
} from "./data-quality.ts";
import type { ImportOverlap } from "./import-overlaps.ts";
import type { Defect } from "./ledger-defects.ts";
import type { Producer } from "./producers.ts";

/** The tables of the page Data quality. */
export const QUALITY_TABLES = [
  "rejected",
  "unpriced",
  "unallocated",
  "overlaps",
  "marks",
  "not_counted",
  "keys",
  "producers",
] as const;
export type QualityTable = (typeof QUALITY_TABLES)[number];

export const REJECTED_COLUMNS: readonly Column<Rejected>[] = [
  text("reason", ({ reason }) => reason),
  text("signal", ({ signal }) => signal),
  text("key", ({ keyId }) => keyId),
  count("count", (row) => row.count),
  time("last_at", ({ lastAt }) => lastAt),
  text("example", ({ example }) => example),
];

export const UNPRICED_COLUMNS: readonly Column<UnpricedModel>[] = [
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("reason", ({ reason }) => reason),
  count("calls", ({ calls }) => calls),
  count("tokens", ({ tokens }) => tokens),
  time("first_seen", ({ firstSeen }) => firstSeen),
  time("last_seen", ({ lastSeen }) => lastSeen),
];

export const UNALLOCATED_COLUMNS: readonly Column<UnallocatedSource>[] = [
  text("service", ({ service }) => service),
  text("agent", ({ agent }) => agent),
  count("model_calls", ({ modelCalls }) => modelCalls),
  count("tool_calls", ({ toolCalls }) => toolCalls),
  amount("cost", ({ cost }) => cost),
  text("currency", () => CURRENCY),
  count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
];

export const OVERLAP_COLUMNS: readonly Column<ImportOverlap>[] = [
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  count("days", ({ days }) => days),
  count("imported_calls", ({ imported }) => imported.calls),
  count("imported_tokens", ({ imported }) => imported.tokens),
  amount("imported_cost", ({ imported }) => imported.cost),
  count("telemetry_calls", ({ telemetry }) => telemetry.calls),
  count("telemetry_tokens", ({ telemetry }) => telemetry.tokens),
  amount("telemetry_cost", ({ telemetry }) => telemetry.cost),
  text("currency", () => CURRENCY),
];

export const DEFECT_COLUMNS: readonly Column<Defect>[] = [
  text("name", ({ name }) => name),
  count("rows", (row) => row.count),
  text("examples", ({ examples }) => examples.map(({ id }) => id).join(" ")),
];

export const KEY_COLUMNS: readonly Column<KeySeen>[] = [
  text("key", ({ keyId }) => keyId),
  text("label", ({ label }) => label),
  text("team", ({ team }) => team),
  time("last_seen", ({ lastSeen }) => lastSeen),
];

export const PRODUCER_COLUMNS: readonly Column<Producer>[] = [
  text("service", ({ service }) => service),
  text("dialect", ({ dialect }) => dialect),
  count("model_calls", ({ modelCalls }) => modelCalls),
  count("tool_calls", ({ toolCalls }) => toolCalls),
  time("last_seen", ({ lastSeen }) => lastSeen),
];

/** The marks of rows that count, with clocks that were far off before the others. */
export function marksOf({ clockSkew, flags }: DataQuality): readonly Defect[] {
  return [...(clockSkew.count > 0 ? [clockSkew] : []), ...flags];
}
