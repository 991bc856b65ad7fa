import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import { scopeNames } from "#lib/budget-control/scope-names.ts";
import { LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import { knownCurrencies } from "#lib/currency/rate-store.ts";
import type { Choices } from "./budget-form.tsx";

/** What a viewer can choose from when setting a budget. */
export async function readChoices(viewer: Viewer, now: Date): Promise<Choices> {
  const { sql } = context();
  const [teams, currencies, keys, parents, names] = await Promise.all([
    currentTeams(),
    knownCurrencies(sql),
    sql<{ id: string; label: string }[]>`
      select id, label from access_key
       where kind = 'ingest' and revoked_at is null order by label, id limit 200`,
    visibleBudgets(sql, viewer, now.getTime()),
    scopeNames(sql, viewer),
  ]);
  const visible = viewer.teams;
  return {
    teams: visible === "all" ? teams : teams.filter(({ slug }) => visible.includes(slug)),
    currencies: [
      LEDGER_CURRENCY,
      ...currencies.map(({ currency }) => currency).filter((code) => code !== LEDGER_CURRENCY),
    ],
    keys: visible === "all" ? [...keys] : [],
    parents: parents.map(({ id, name }) => ({ id, name })),
    names,
    mayHaveNoTeam: visible === "all",
  };
}
