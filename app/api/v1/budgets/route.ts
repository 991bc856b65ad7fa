import { z } from "zod";
import { budgetDetail, type ListedBudget, listBudgets } from "#lib/budget-control/read-budgets.ts";
import { archiveBudget, changeBudget, createBudget } from "#lib/budget-control/store-budget.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { budgetPatch, newBudget } from "../_lib/budget-changes.ts";
import { BudgetsParameters, budgetBody } from "../_lib/budgets.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";

/** PATCH and DELETE take the budget as `?id=` here; `/budgets/{id}` does the same. */
const ById = z.strictObject({ id: z.uuid() });

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(BudgetsParameters, url.searchParams);
    const { budgets, timeZone } = await listBudgets(sql, viewer, nowMs);
    const question = questionOf(url);
    const after =
      input.cursor === undefined ? "" : decodeCursor(input.cursor, question, z.string());
    const rest = budgets
      .filter((listed) => matches(listed, input))
      .filter((listed) => positionOf(listed) > after)
      .toSorted((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
    const page = rest.slice(0, input.limit);
    const last = page.at(-1);
    const isLast = last === undefined || rest.length === page.length;
    return json({
      budgets: page.map((listed) => budgetBody(listed, timeZone, nowMs)),
      next_cursor: isLast ? null : encodeCursor(question, positionOf(last)),
    });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await newBudget(request);
    const { id } = await createBudget(sql, viewer, input, new Date(nowMs));
    const found = await budgetDetail(sql, viewer, id, nowMs);
    return Response.json(budgetBody(found, found.timeZone, nowMs), {
      status: 201,
      headers: { "cache-control": "no-store", location: `/api/v1/budgets/${id}` },
    });
  },
  PATCH: async ({ request, url, viewer, sql, nowMs }) => {
    const { id } = parseQuery(ById, url.searchParams);
    await changeBudget(sql, viewer, id, await budgetPatch(request), new Date(nowMs));
    const found = await budgetDetail(sql, viewer, id, nowMs);
    return json(budgetBody(found, found.timeZone, nowMs));
  },
  DELETE: async ({ url, viewer, sql, nowMs }) => {
    const { id } = parseQuery(ById, url.searchParams);
    await archiveBudget(sql, viewer, id, new Date(nowMs));
    return json({ id, deleted: true });
  },
});

function matches(
  { status }: ListedBudget,
  { team, state, id }: z.output<typeof BudgetsParameters>,
): boolean {
  return (
    (team === undefined || status.budget.scope.team === team) &&
    (state === undefined || status.state === state) &&
    (id === undefined || status.budget.id === id)
  );
}

/** Names are not unique; the id tells equals apart. */
function positionOf({ status }: ListedBudget): string {
  return `${status.budget.name}\u0000${status.budget.id}`;
}
