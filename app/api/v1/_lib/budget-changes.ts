import { z } from "zod";
import { BudgetPatch, NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { requestJson } from "./request-json.ts";

const Text = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "has characters that are none");
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const IncreaseInput = z.strictObject({
  amount: NewBudgetInput.shape.limit,
  reason: Text,
  starts_at: Moment.nullish(),
  ends_at: Moment.nullish().meta({ description: "Default: the end of the period" }),
});
export const IncreaseDecision = z.strictObject({
  status: z.enum(["approved", "refused", "withdrawn"]),
  note: Text.nullish(),
});
export const MuteInput = z.strictObject({ reason: Text, ends_at: Moment });

/** @throws {ParameterError} naming every mistake. */
export async function newBudget(request: Request): Promise<NewBudgetInput> {
  return parsed(NewBudgetInput, withLimit(await requestJson(request)));
}

/** @throws {ParameterError} naming every mistake. */
export async function budgetPatch(request: Request): Promise<BudgetPatch> {
  return parsed(BudgetPatch, withLimit(await requestJson(request)));
}

/** @throws {ParameterError} naming every mistake. */
export function parsed<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw parameterError(result.error, []);
}

/** `amount` is what many call the limit. */
function withLimit(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("amount" in body) || "limit" in body) {
    return body;
  }
  const { amount, ...rest } = body;
  return { ...rest, limit: amount };
}
