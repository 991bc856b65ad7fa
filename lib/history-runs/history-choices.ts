import type { SqlClient } from "#lib/db/client.ts";

/** Names that events are filed under, for choosing whose history to change. */
export type HistoryChoices = {
  readonly providers: readonly string[];
  readonly models: readonly string[];
  readonly teams: readonly string[];
};

const MOST_NAMES = 1_000;

export async function historyChoices(sql: SqlClient): Promise<HistoryChoices> {
  const namesIn = async (column: "provider" | "model" | "team") => {
    const rows = await sql<{ name: string }[]>`
      select distinct ${sql(column)} as name from dimension_set
       where kind = 'model_call' and ${sql(column)} is not null order by 1 limit ${MOST_NAMES}`;
    return rows.map(({ name }) => name);
  };
  const [providers, models, teams] = await Promise.all([
    namesIn("provider"),
    namesIn("model"),
    namesIn("team"),
  ]);
  return { providers, models, teams };
}
