import type { ContentPolicy } from "../content-hashes.ts";
import type { Normalised } from "../dialects/dialect.ts";
import { normaliseLogs, normalisePoints, normaliseSpans } from "../dialects/normalise.ts";
import type { ExportBatch } from "../otlp/receiver.ts";

/** Reads one export in its dialects. */
export function normaliseExport(batch: ExportBatch<unknown>, policy: ContentPolicy): Normalised {
  switch (batch.signal) {
    case "traces":
      return normaliseSpans(batch.spans, policy);
    case "logs":
      return normaliseLogs(batch.records, policy);
    case "metrics":
      return normalisePoints(batch.points);
  }
}
