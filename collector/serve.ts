import type { ServiceConfig } from "#lib/config.ts";
import { openDatabase, type SqlClient } from "#lib/db/client.ts";
import type { AppErrorCode } from "#lib/errors.ts";
import { Batcher } from "#lib/ingest/batcher.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { Turns } from "#lib/ingest/turns.ts";
import type { Log } from "#lib/log.ts";
import { serveUntilStopped } from "#lib/runtime/part-process.ts";
import { shareMetrics } from "./fleet/share-metrics.ts";
import { createOtlpGrpcServer } from "./grpc/server.ts";
import { createOtlpHttpServer } from "./http/server.ts";
import { CurrentPlan } from "./ingest/current-plan.ts";
import { storeExport } from "./ingest/export-handler.ts";
import { KeyRing } from "./ingest/key-ring.ts";
import { RefusalLog, type RefusalReason } from "./ingest/refusal-log.ts";
import { createReceiver } from "./otlp/receiver.ts";

/** Less than what the supervisor waits. */
const DRAIN_MS = 3_000;

/** Failures that are the sender's; those of keys are noted by the key ring, which knows the key. */
const REFUSED_AS: { readonly [Code in AppErrorCode]?: RefusalReason } = {
  invalid: "unreadable_body",
  too_large: "too_large",
  unsupported: "unsupported_type",
};
const ITEM_OF = { traces: "span", logs: "log", metrics: "metric" } as const;

/**
 * OTLP over HTTP and gRPC, into the ledger, until this process is told to stop.
 * It holds nothing that is acknowledged and not committed.
 */
export async function serveOtlp(config: ServiceConfig, log: Log): Promise<void> {
  const database = openDatabase(config.databaseUrl, { applicationName: "outlay-collector" });
  const refusals = new RefusalLog(database.sql, (error) =>
    log.warn("cannot store what was refused", { error: asError(error) }),
  );
  const keys = new KeyRing(database, refusals);
  const plan = await CurrentPlan.start(
    database.sql,
    () => keys.forget(),
    (error) => log.warn("cannot read teams and rules", { error: asError(error) }),
  );
  const turns = new Turns();
  const ledger = new Ledger(database.sql, () => plan.get(), turns);
  const batcher = new Batcher((batch, onWriting) => ledger.commit(batch, onWriting));
  const receiver = createReceiver({
    authenticate: (secret) => keys.authenticate(secret, new Date()),
    permits: (key, signal) => key.scopes.includes(signal),
    turn: () => turns.next(),
    export: (batch) => storeExport(batcher, batch, Date.now(), config.secret),
    maxBodyBytes: config.maxBodyBytes,
    onRefused: ({ code, message }) => {
      const reason = REFUSED_AS[code];
      if (reason !== undefined) refusals.note({ reason, example: message });
    },
    onMalformed: ({ key, signal, count, why }) =>
      refusals.note({
        reason: "malformed_item",
        example: why,
        keyId: key.id,
        signal: ITEM_OF[signal],
        count,
      }),
    logError: (message, error) => log.error(message, { error: asError(error) }),
  });
  const http = createOtlpHttpServer({
    receiver,
    isReady: () => isReady(database.sql),
    metricsText: shareMetrics(() =>
      receiver.metrics.toPrometheus(receiver.bytesInFlight.current()),
    ),
  });
  const grpc = createOtlpGrpcServer({ receiver });
  await http.listen(config.otlp.httpPort, config.otlp.host);
  await grpc.listen(config.otlp.grpcPort, config.otlp.host);

  serveUntilStopped(log, async () => {
    await Promise.all([http.stop(DRAIN_MS), grpc.stop(DRAIN_MS)]);
    plan.stop();
    await refusals.flush();
    await database.close();
  });
}

async function isReady(sql: SqlClient): Promise<boolean> {
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
