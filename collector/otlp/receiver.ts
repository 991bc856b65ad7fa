import { AppError, assertNever } from "#lib/errors.ts";
import { type BytesInFlight, limitBytesInFlight } from "./bytes-in-flight.ts";
import { decodeExport } from "./decode.ts";
import type { DecodedExport, Encoding, OtlpSignal } from "./decoded.ts";
import type { ExportOutcome } from "./export-response.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { LogRecord, MetricPoint, Span } from "./model.ts";
import { countReceived, type ReceiverMetrics } from "./receiver-metrics.ts";

/** What a secret stands for. `Key` is the caller's: the key's id, its team, … */
export type AuthOutcome<Key> =
  | { readonly kind: "ok"; readonly key: Key }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unavailable" };

/** One request's readable items. `rejected` counts those left out already; they are told to the sender by us. */
export type ExportBatch<Key> = { readonly key: Key; readonly rejected: number } & (
  | { readonly signal: "traces"; readonly spans: readonly Span[] }
  | { readonly signal: "logs"; readonly records: readonly LogRecord[] }
  | { readonly signal: "metrics"; readonly points: readonly MetricPoint[] }
);

export type ReceiverOptions<Key> = {
  /** The secret as sent, or null when there was none. A rejected promise counts as unavailable. */
  readonly authenticate: (secret: string | null) => Promise<AuthOutcome<Key>>;
  /** Whether the key may send this signal; without it, any key may send all. */
  readonly permits?: (key: Key, signal: OtlpSignal) => boolean;
  /**
   * Resolves only after commit, with what it rejected beyond `batch.rejected`.
   * An AppError becomes its status, any other error a 503 and a log line.
   */
  readonly export: (batch: ExportBatch<Key>) => Promise<ExportOutcome>;
  /** Waited for before a body is decoded; at once without it. */
  readonly turn?: () => Promise<void>;
  /** Limit of one body, also after decompression. */
  readonly maxBodyBytes: number;
  /** Limit of all bodies held at once; default four times `maxBodyBytes`. */
  readonly maxBytesInFlight?: number;
  /** Told of each failure that a sender can act on, before it is answered. */
  readonly onRefused?: (error: AppError) => void;
  /** Told of items that could not be read, and so were left out of an export. */
  readonly onMalformed?: (malformed: Malformed<Key>) => void;
  readonly logError: (message: string, error: unknown) => void;
};

export type Malformed<Key> = {
  readonly key: Key;
  readonly signal: OtlpSignal;
  readonly count: number;
  /** What was wrong with the first. */
  readonly why: string;
};

/** What both transports share: keys, decoding, the handler, the count of bytes and items. */
export type Receiver<Key> = {
  readonly maxBodyBytes: number;
  readonly bytesInFlight: BytesInFlight;
  readonly metrics: ReceiverMetrics;
  /** @throws {AppError} "unauthenticated", "forbidden" or "unavailable". */
  readonly authenticate: (secret: string | null) => Promise<Key>;
  /** @throws whatever decoding and the handler throw; give it to `failure`. */
  readonly receive: (
    key: Key,
    signal: OtlpSignal,
    encoding: Encoding,
    body: Uint8Array,
  ) => Promise<ExportOutcome>;
  /** Maps an error for the sender and logs it when nobody foresaw it. */
  readonly failure: (error: unknown) => Failure;
};

export function createReceiver<Key>(options: ReceiverOptions<Key>): Receiver<Key> {
  const { maxBodyBytes, maxBytesInFlight = maxBodyBytes * 4 } = options;
  const metrics = countReceived();
  return {
    maxBodyBytes,
    bytesInFlight: limitBytesInFlight(Math.max(maxBytesInFlight, maxBodyBytes)),
    metrics,
    authenticate: async (secret) => keyOf(await options.authenticate(secret)),
    receive: async (key, signal, encoding, body) => {
      if (options.permits?.(key, signal) === false) {
        throw new AppError(`this key may not send ${signal}`, { code: "forbidden" });
      }
      await options.turn?.();
      const { items, outcome } = deliver(options, key, decodeExport(signal, encoding, body));
      const { rejected, message } = await outcome;
      metrics.stored({ signal, items, bytes: body.byteLength }, rejected);
      return { rejected, message };
    },
    failure: (error) => {
      if (error instanceof AppError) options.onRefused?.(error);
      else options.logError("OTLP request failed", error);
      return failureOf(error);
    },
  };
}

/**
 * Hands the items on. Nothing here holds them while they are stored: those of
 * all exports that wait would be most of the memory in use.
 */
function deliver<Key>(
  options: ReceiverOptions<Key>,
  key: Key,
  decoded: DecodedExport,
): { items: number; outcome: Promise<ExportOutcome> } {
  const { rejected, reason, signal } = decoded;
  if (rejected > 0) options.onMalformed?.({ key, signal, count: rejected, why: reason });
  const exported =
    decoded.items.length === 0
      ? Promise.resolve({ rejected: 0, message: "" })
      : options.export(batchOf(key, decoded));
  return {
    items: decoded.items.length + rejected,
    outcome: exported.then((outcome) => ({
      rejected: rejected + outcome.rejected,
      message: [reason, outcome.message].filter((text) => text !== "").join("; "),
    })),
  };
}

function batchOf<Key>(key: Key, decoded: DecodedExport): ExportBatch<Key> {
  const { rejected } = decoded;
  switch (decoded.signal) {
    case "traces":
      return { key, rejected, signal: "traces", spans: decoded.items };
    case "logs":
      return { key, rejected, signal: "logs", records: decoded.items };
    case "metrics":
      return { key, rejected, signal: "metrics", points: decoded.items };
    default:
      return assertNever(decoded);
  }
}

function keyOf<Key>(outcome: AuthOutcome<Key>): Key {
  switch (outcome.kind) {
    case "ok":
      return outcome.key;
    case "unauthenticated":
      throw new AppError("an ingest key is required: Authorization: Bearer KEY or x-api-key: KEY", {
        code: "unauthenticated",
      });
    case "forbidden":
      throw new AppError("this key may not send telemetry", { code: "forbidden" });
    case "unavailable":
      throw new AppError("keys cannot be checked now; retry", { code: "unavailable" });
    default:
      return assertNever(outcome);
  }
}
