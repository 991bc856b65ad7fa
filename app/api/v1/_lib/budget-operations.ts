import { z } from "zod";
import { BudgetPatch, NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { IncreaseDecision, IncreaseInput, MuteInput } from "./budget-changes.ts";
import { BudgetBody, BudgetsBody, BudgetsParameters, StatusBody } from "./budgets.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });
const Deleted = z.strictObject({ id: z.string(), deleted: z.literal(true) });
const Some = z.looseObject({});

/** The addresses of budgets, for the OpenAPI description. */
export const BUDGET_OPERATIONS = [
  {
    method: "get",
    path: "/budgets",
    summary: "Budgets by name, each with where it stands",
    query: BudgetsParameters,
    answer: json(BudgetsBody),
  },
  {
    method: "post",
    path: "/budgets",
    summary: "Set a budget",
    body: NewBudgetInput,
    answer: json(BudgetBody),
  },
  {
    method: "get",
    path: "/budgets/{id}",
    summary: "One budget with where it stands",
    answer: json(BudgetBody),
  },
  {
    method: "patch",
    path: "/budgets/{id}",
    summary: "Change a budget; what is left out stays",
    body: BudgetPatch,
    answer: json(BudgetBody),
  },
  {
    method: "delete",
    path: "/budgets/{id}",
    summary: "End a budget; its history stays in the database",
    answer: json(Deleted),
  },
  {
    method: "get",
    path: "/budgets/{id}/status",
    summary: "Spent, limit, burn rate, forecast and crossing date of the running period",
    answer: json(StatusBody),
  },
  {
    method: "get",
    path: "/budgets/{id}/history",
    summary: "Past periods, opening to closing, and what was told and why",
    answer: json(Some),
  },
  {
    method: "get",
    path: "/budgets/{id}/increases",
    summary: "Temporary increases, asked for and decided",
    answer: json(Some),
  },
  {
    method: "post",
    path: "/budgets/{id}/increases",
    summary: "Ask for more for a while; admins and finance have it at once",
    body: IncreaseInput,
    answer: json(Some),
  },
  {
    method: "patch",
    path: "/budgets/{id}/increases/{increase}",
    summary: "Approve, refuse or withdraw an increase",
    body: IncreaseDecision,
    answer: json(Some),
  },
  {
    method: "get",
    path: "/budgets/{id}/mutes",
    summary: "When a budget was kept silent, and why",
    answer: json(Some),
  },
  {
    method: "post",
    path: "/budgets/{id}/mutes",
    summary: "Keep a budget silent until an end, with a reason",
    body: MuteInput,
    answer: json(Some),
  },
  {
    method: "delete",
    path: "/budgets/{id}/mutes",
    summary: "End the silence of a budget",
    answer: json(Some),
  },
  {
    method: "get",
    path: "/budgets/for-event/{event}",
    summary: "Which budgets apply to a call, and why the others do not",
    answer: json(Some),
  },
  {
    method: "post",
    path: "/budgets.csv",
    summary: "Read a file of budgets, as text/csv; `dry_run=true` stores nothing",
    answer: json(Some),
  },
] as const;
