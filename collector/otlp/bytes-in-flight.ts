import { AppError } from "#lib/errors.ts";

/** What one request holds. */
export type Hold = {
  /** @throws {AppError} "unavailable" when all requests together would hold too much. */
  readonly add: (bytes: number) => void;
  readonly release: () => void;
};

export type BytesInFlight = {
  readonly open: () => Hold;
  readonly current: () => number;
};

/**
 * Bounds the bodies held at once, over all requests and both transports. A
 * sender that is turned away retries; a collector out of memory loses what
 * every sender had under way.
 */
export function limitBytesInFlight(limit: number): BytesInFlight {
  let held = 0;
  const open = (): Hold => {
    let mine = 0;
    return {
      add: (bytes) => {
        if (held + bytes > limit) {
          throw new AppError("the collector is busy; retry", { code: "unavailable" });
        }
        held += bytes;
        mine += bytes;
      },
      release: () => {
        held -= mine;
        mine = 0;
      },
    };
  };
  return { open, current: () => held };
}
