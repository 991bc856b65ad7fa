/** For tests: a receiver over memory, with one key for each outcome. Imported by tests only. */

import { AppError } from "#lib/errors.ts";
import {
  createReceiver,
  type ExportBatch,
  type Receiver,
  type ReceiverOptions,
} from "../receiver.ts";

export const KEYS = {
  ok: "outlay_ik_good",
  forbidden: "outlay_ik_forbidden",
  throttled: "outlay_ik_throttled",
  unavailable: "outlay_ik_unavailable",
} as const;

export type MemoryReceiver = {
  readonly receiver: Receiver<string>;
  readonly batches: ExportBatch<string>[];
  readonly errors: unknown[];
};

export function memoryReceiver(overrides: Partial<ReceiverOptions<string>> = {}): MemoryReceiver {
  const batches: ExportBatch<string>[] = [];
  const errors: unknown[] = [];
  const receiver = createReceiver<string>({
    authenticate: async (secret) => {
      if (secret === KEYS.ok || secret === KEYS.throttled) return { kind: "ok", key: secret };
      if (secret === KEYS.forbidden) return { kind: "forbidden" };
      if (secret === KEYS.unavailable) throw new Error("connect ECONNREFUSED");
      return { kind: "unauthenticated" };
    },
    export: async (batch) => {
      if (batch.key === KEYS.throttled) {
        throw new AppError("over the rate", { code: "rate_limited", retryAfterSeconds: 60 });
      }
      batches.push(batch);
      return { rejected: 0, message: "" };
    },
    maxBodyBytes: 8 * 1024 * 1024,
    logError: (_, error) => errors.push(error),
    ...overrides,
  });
  return { receiver, batches, errors };
}
