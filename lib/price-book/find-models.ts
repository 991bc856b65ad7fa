import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { withinTeams } from "#lib/reports/dimension-sql.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { shippedRows } from "./price-row.ts";
import { readRates } from "./rate-store.ts";

/** As many as a list of suggestions can be looked through. */
const MOST = 50;

/**
 * `provider/model` of priced models whose name has the text in it, as far as
 * the viewer may see them: those that begin with it first, those in use before
 * others. An empty text is in every name.
 */
export async function findModels(
  sql: SqlClient,
  viewer: Viewer,
  text: string,
): Promise<readonly string[]> {
  const [own, used] = await Promise.all([readRates(sql), usedModels(sql, viewer)]);
  const visible = own.filter(
    ({ team }) => team === null || viewer.teams === "all" || viewer.teams.includes(team),
  );
  return modelsWith(text, namesOf([...shippedRows(loadPriceBook()), ...visible]), used);
}

/** Pure. @param used Names that stand before others, where both begin with the text or both do not. */
export function modelsWith(
  text: string,
  names: ReadonlySet<string>,
  used: ReadonlySet<string>,
): readonly string[] {
  const part = text.trim().toLowerCase();
  const rank = (name: string) => (beginsWith(name, part) ? 0 : 2) + (used.has(name) ? 0 : 1);
  return [...names]
    .filter((name) => name.toLowerCase().includes(part))
    .map((name) => [rank(name), name] as const)
    .sort(([a, first], [b, second]) => a - b || (first < second ? -1 : 1))
    .slice(0, MOST)
    .map(([, name]) => name);
}

/** The whole name, or the model's after its provider. */
function beginsWith(name: string, part: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith(part) || lower.startsWith(part, lower.indexOf("/") + 1);
}

type Priced = { readonly provider: string | null; readonly model: string | null };

function namesOf(rows: readonly Priced[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ provider, model }) => (model ? [`${provider}/${model}`] : [])));
}

async function usedModels(sql: SqlClient, viewer: Viewer): Promise<ReadonlySet<string>> {
  const rows = await readOnly(
    sql,
    (tx) => tx<Priced[]>`
      select distinct d.provider, d.model from dimension_set d
       where d.kind = 'model_call' and d.model is not null ${withinTeams(sql, viewer, sql`d.team`)}`,
  );
  return namesOf(rows);
}
