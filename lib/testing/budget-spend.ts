import type { Viewer } from "#lib/access/viewer.ts";
import { BudgetEvaluator } from "#lib/budget-control/evaluate.ts";
import { createBudget } from "#lib/budget-control/store-budget.ts";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import type { SqlClient } from "#lib/db/client.ts";

export const ADMIN: Viewer = {
  kind: "user",
  id: "u1",
  label: "ada@example.com",
  role: "admin",
  teams: "all",
  persons: "all",
};

export const LINKS = { publicUrl: "https://outlay.example" };

type Spend = {
  readonly day: string;
  readonly usd: string;
  readonly team?: string;
  readonly model?: string;
  readonly user?: string;
  readonly key?: string;
  readonly tokens?: number;
};

/** Adds to the rollups what a call of that cost would, for tests; negative amounts take back. */
export async function spend(
  sql: SqlClient,
  { day, usd, team = "payments", model = "gpt-5.5", user = "", key = "", tokens = 0 }: Spend,
): Promise<void> {
  const at = new Date(`${day}T00:00:00Z`);
  await sql`
    insert into dimension_set (id, kind, team, model, provider, dialect, status)
    values (hashtext(${`${team} ${model}`}), 'model_call', ${team}, ${model}, 'openai',
            'otel-genai', 'ok') on conflict do nothing`;
  await sql`
    insert into usage_day as r (day, dimension_set_id, rate_set_id, model_calls, output, cost, list_cost)
    values (${at}, hashtext(${`${team} ${model}`}), 0, 1, ${tokens}, ${usd}, ${usd})
        on conflict (day, dimension_set_id, rate_set_id) do update
       set cost = r.cost + excluded.cost, list_cost = r.list_cost + excluded.list_cost,
           output = r.output + excluded.output`;
  await sql`
    insert into usage_day_user as r (day, user_id, key_id, dimension_set_id, rate_set_id,
                                     model_calls, output, cost, list_cost)
    values (${at}, ${user}, ${key}, hashtext(${`${team} ${model}`}), 0, 1, ${tokens}, ${usd}, ${usd})
        on conflict (day, user_id, key_id, dimension_set_id, rate_set_id) do update
       set cost = r.cost + excluded.cost, list_cost = r.list_cost + excluded.list_cost,
           output = r.output + excluded.output`;
}

/** A Sunday afternoon. */
export const NOW = Date.parse("2026-11-22T16:00:00Z");
export const DAY_MS = 86_400_000;

export type Said = {
  readonly type: string;
  readonly percent: number | null;
  readonly kind: string | null;
  readonly spent: string | null;
};

/** What tests of the evaluation do: set a budget, spend today, look, read what was said. */
export function budgetBench(sql: SqlClient) {
  return {
    reset: async () => {
      await sql`
        truncate budget_crossing, budget_state, budget_mute, budget_increase, budget_revision,
          budget, budget_digest, notification_event, usage_day, usage_day_user, dimension_set
          cascade`;
      await sql`
        insert into team (slug, name) values ('payments', 'Payments'), ('search', 'Search')
            on conflict do nothing`;
    },
    set: (input: object = {}) => {
      const usual = { scope: { team: "payments" }, period: "month", limit: "100" };
      const whole = { name: "Payments November", ...usual, thresholds: [50, 80, 90], ...input };
      return createBudget(sql, ADMIN, NewBudgetInput.parse(whole), new Date(NOW));
    },
    look: (now = NOW) => new BudgetEvaluator(sql, LINKS).evaluate(null, true, now),
    today: (usd: string, more = {}) => spend(sql, { day: "2026-11-22", usd, ...more }),
    said: async (): Promise<Said[]> => {
      const rows = await sql<Said[]>`
        select type, (data->'threshold'->>'percent')::float8 as percent,
               data->'threshold'->>'kind' as kind, data->>'spent' as spent
          from notification_event order by seq`;
      return [...rows];
    },
  };
}
