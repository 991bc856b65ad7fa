import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import type { CheckAnswer } from "#lib/spend-check/check-answer.ts";
import { CheckInput } from "#lib/spend-check/check-input.ts";
import type { Checker } from "#lib/spend-check/checker.ts";
import { Amount, Instant } from "./figures.ts";

/** The process's one checker: routes are bundled apart from the server that starts it. */
const holder = globalThis as typeof globalThis & { outlayChecker?: Checker };

export function setChecker(checker: Checker): void {
  holder.outlayChecker = checker;
}

/** Whether checks are answered: what is spent has been read. */
export function isChecking(): boolean {
  return holder.outlayChecker !== undefined;
}

/** @throws {AppError} "unavailable" until the process has read what is spent. */
export function currentChecker(): Checker {
  if (holder.outlayChecker !== undefined) return holder.outlayChecker;
  throw new AppError("Spend is not known yet", { code: "unavailable", retryAfterSeconds: 2 });
}

/** @throws {AppError} as the checker does, "invalid" for a body that is none. */
export function answerCheck(viewer: Viewer, body: unknown): CheckAnswer {
  const input = CheckInput.safeParse(body);
  if (!input.success) throw parameterError(input.error, []);
  return currentChecker().check(viewer, input.data);
}

const Name = z.string().nullable();
const Hidden = Amount.nullable().meta({ description: "Null where the key may not see it" });

const CheckedBudget = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.record(z.string(), z.string()).nullable(),
  scope_labels: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "What people call the ids in the scope" }),
  bound: z.enum(["period", "pacing"]).meta({ description: "The limit with the least left" }),
  limit: Hidden,
  spent: Hidden,
  reserved: Hidden,
  remaining: Hidden,
  currency: z.string(),
  resets_at: Instant,
  owner: Name,
  blocked_by: z.enum(["period", "pacing", "reservations", "unshared"]).nullable(),
  decides: z.boolean().meta({ description: "False: no exchange rate is known for its currency" }),
  url: z.url(),
});

export const CheckBody = z.strictObject({
  decision: z.enum(["allow", "deny", "allow_cheaper", "defer"]),
  budget: CheckedBudget.nullable().meta({
    description: "The budget in the way, else the one with the least left; null: none covers it",
  }),
  budgets: z.array(CheckedBudget),
  retry_at: Instant.nullable(),
  cheaper: z.array(
    z.strictObject({ provider: Name, model: Name, cost: Amount, currency: z.string() }),
  ),
  estimate: z.strictObject({
    provider: Name,
    model: Name,
    tokens: z.int(),
    cost: Amount,
    currency: z.string(),
    basis: z.enum(["given", "learned", "assumed"]),
    priced_by: z.enum(["price", "dearest"]),
  }),
  reservation: z
    .strictObject({ id: z.string(), amount: Amount, currency: z.string(), expires_at: Instant })
    .nullable(),
  as_of: Instant,
  enforcement_lag_ms: z.int(),
  worst_case_overshoot: z.strictObject({
    amount: Amount,
    currency: z.string(),
    processes: z.int(),
  }),
});
