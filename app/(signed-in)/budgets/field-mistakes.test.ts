import assert from "node:assert/strict";
import { test } from "node:test";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { fieldMistake, refusedField } from "./field-mistakes.ts";
import { budgetInput } from "./form-input.ts";

/** The controls at which a form with these words is told to be wrong. */
function wrongIn(words: Readonly<Record<string, string>>): readonly (string | null)[] {
  const form = new FormData();
  const usual = { name: "A", limit: "10", period: "month", currency: "USD", cost_basis: "list" };
  const whole = { ...usual, rollover: "none", calendar: "months", pacing_unit: "day", ...words };
  for (const [name, word] of Object.entries(whole)) form.set(name, word);
  const input = budgetInput(form);
  const parsed = NewBudgetInput.safeParse(input);
  const actual = input.thresholds.filter(({ kind }) => kind === "actual").length;
  const issues = parsed.success ? [] : parsed.error.issues;
  return [...new Set(issues.map(({ path }) => fieldMistake(path, actual)?.field ?? null))];
}

test("each mistake in a budget's form is told at the control that it was made in", () => {
  assert.deepEqual(wrongIn({}), []);
  const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ name: "" }, "name"],
    [{ limit: "ten" }, "limit"],
    [{ limit: "1.5", currency: "tokens" }, "limit"],
    [{ currency: "euro" }, "currency"],
    [{ "scope.agent": "x".repeat(401) }, "scope.agent"],
    [{ period: "days", days: "0", anchor: "2026-11-01" }, "days"],
    [{ period: "days", days: "7", anchor: "soon" }, "anchor"],
    [{ actual: "eighty" }, "actual"],
    [{ actual: "50, 50" }, "actual"],
    [{ actual: "50", forecast: "-1" }, "forecast"],
    [{ rollover: "unspent", rollover_cap: "-3" }, "rollover_cap"],
    [{ pacing_limit: "0" }, "pacing_limit"],
    [{ quiet_from: "22:00" }, "quiet_to"],
    [{ quiet_to: "07:00" }, "quiet_from"],
    [{ parent_id: "mine" }, "parent_id"],
    [{ owner: "x".repeat(201) }, "owner"],
    [{ starts_at: "in spring" }, "starts_at"],
  ];
  for (const [words, field] of cases) assert.deepEqual(wrongIn(words), [field]);
});

test("what the store refuses is told at its control, too", () => {
  const field = (message: string) => refusedField(message)?.field ?? null;
  assert.equal(field("scope.team: there is no team x"), "scope.team");
  assert.equal(field("currency: no exchange rate of EUR is known"), "currency");
  assert.equal(field("parent_id: a budget cannot be below itself"), "parent_id");
  assert.equal(field("ends_at: must be in the future, 92 days at most"), "until");
  assert.equal(field("You may not set budgets of this scope"), null);
});
