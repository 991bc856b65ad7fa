import { nextAttemptAt, readRetryAfter } from "./retry-schedule.ts";

/** What came of one attempt to deliver. */
export type AttemptResult = {
  /** Of the answer; null where none came. */
  readonly httpStatus: number | null;
  /** Why no answer came; null where one did. */
  readonly failure: string | null;
  readonly retryAfter?: string | undefined;
  /** The start of the answer's body. */
  readonly answer: string | null;
  readonly latencyMs: number;
};

/** What follows from it. */
export type AttemptOutcome =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly at: Date }
  /** `gone`: the receiver wants no more of anything; `refused`: it will never take this one. */
  | { readonly kind: "failed"; readonly because: "gone" | "refused" | "exhausted" };

/** Receivers that say so are asked for more patience than a first retry has. */
const THROTTLED = [429, 502, 503, 504];
const THROTTLE_MS = 60_000;

/**
 * Only 2xx is success, a redirect is none; 410 ends the endpoint; all else is
 * tried again as long as the schedule goes.
 *
 * @param attempts How many there have been, this one included.
 */
export function judgeAttempt(
  result: Pick<AttemptResult, "httpStatus" | "retryAfter">,
  options: {
    readonly attempts: number;
    readonly now: Date;
    readonly chance: number;
    /** Statuses after which trying again is no use, such as PagerDuty's 400. */
    readonly refusals: readonly number[];
  },
): AttemptOutcome {
  const { httpStatus: status, retryAfter } = result;
  if (status !== null && status >= 200 && status < 300) return { kind: "delivered" };
  if (status === 410) return { kind: "failed", because: "gone" };
  if (status !== null && options.refusals.includes(status)) {
    return { kind: "failed", because: "refused" };
  }
  const asked = readRetryAfter(retryAfter, options.now);
  const throttle = status !== null && THROTTLED.includes(status) ? THROTTLE_MS : null;
  const at = nextAttemptAt(options.attempts, options.now, options.chance, asked ?? throttle);
  return at === null ? { kind: "failed", because: "exhausted" } : { kind: "retry", at };
}
