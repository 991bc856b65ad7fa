import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { KnownModel } from "./nearest-models.ts";

/** More than are shown, for some are of another seller. */
const MOST_MODELS = 50;

/**
 * The models that were called most in the last 30 days of usage and have not
 * only calls without a price, the most called first.
 */
export async function mostUsedModels(sql: SqlClient, scope: ReadScope): Promise<KnownModel[]> {
  const teams = teamsOf(scope);
  return sql<KnownModel[]>`
    select provider, model
      from usage_day_team
     where day > (select max(day) from usage_day_team) - interval '30 days'
       and kind = 'model_call' and provider <> '' and model <> ''
       ${teams === "all" ? sql`` : sql`and team = any(${[...teams]}::text[])`}
     group by provider, model
    having sum(model_calls) > sum(unpriced_calls)
     order by sum(model_calls) desc, provider, model
     limit ${MOST_MODELS}`;
}

/**
 * What a name that is like no known one may stand for: what else is used, of
 * the same seller first. A guess for a person, never a price.
 */
export function likelyModels(
  used: readonly KnownModel[],
  { provider, model }: { readonly provider: string | null; readonly model: string | null },
  most = 3,
): KnownModel[] {
  const isOfSeller = (known: KnownModel) => known.provider === provider;
  const others = used.filter((known) => !isOfSeller(known) || known.model !== model);
  const first = others.filter(isOfSeller);
  return [...first, ...others.filter((known) => !isOfSeller(known))].slice(0, most);
}
