import type { Normalised } from "../dialects/dialect.ts";
import { normaliseLogs, normalisePoints, normaliseSpans } from "../dialects/normalise.ts";
import type { ExportBatch } from "../otlp/receiver.ts";

/** Reads one export in its dialects. */
export function normaliseExport(batch: ExportBatch<unknown>): Normalised {
  switch (batch.signal) {
    case "traces":
      return normaliseSpans(batch.spans);
    case "logs":
      return normaliseLogs(batch.records);
    case "metrics":
      return normalisePoints(batch.points);
  }
}
