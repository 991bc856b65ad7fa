import type { StoredKey } from "#lib/access/keys.ts";
import { AppError } from "#lib/errors.ts";
import type { Batch } from "#lib/ingest/batch.ts";
import { type Batcher, isDatabaseAway } from "#lib/ingest/batcher.ts";
import { type ContentPolicy, DROP_CONTENT } from "../content-hashes.ts";
import type { ExportOutcome } from "../otlp/export-response.ts";
import type { ExportBatch } from "../otlp/receiver.ts";
import { normaliseExport } from "./normalise-export.ts";

/**
 * Stores what one export says. Fulfils only after commit. An export without
 * usage is accepted and leaves nothing behind.
 *
 * @param secret Under which content is hashed, where the key's policy keeps hashes.
 * @throws {AppError} "unavailable" while the database is away: the sender tries again.
 */
export function storeExport(
  batcher: Batcher,
  batch: ExportBatch<StoredKey>,
  receivedAtMs: number,
  secret: string,
): Promise<ExportOutcome> {
  const policy: ContentPolicy =
    batch.key.contentPolicy === "hash" ? { kind: "hash", secret } : DROP_CONTENT;
  const { events, nodes, rejections } = normaliseExport(batch, policy);
  const keyId = batch.key.id;
  return submit(batcher, {
    arrivals: events.map((event) => ({ event, keyId })),
    nodes,
    refusals: rejections.map((rejection) => ({ ...rejection, keyId })),
    receivedAtMs,
  });
}

async function submit(batcher: Batcher, batch: Batch): Promise<ExportOutcome> {
  const { arrivals, nodes, refusals } = batch;
  if (arrivals.length + nodes.length + refusals.length > 0) {
    try {
      await batcher.submit(batch);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      throw new AppError("the database is not available", {
        code: "unavailable",
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }
  return { rejected: refusals.length, message: refusals[0]?.reason ?? "" };
}
