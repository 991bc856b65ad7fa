import { z } from "zod";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";

const Name = z.string().trim().min(1).max(200);

/** Whose events a run may change, as they are filed before it; absent is all. */
export const HistoryFilter = z.strictObject({
  provider: Name.transform(canonicalProvider).optional(),
  model: Name.optional(),
  team: Name.optional(),
});
export type HistoryFilter = z.output<typeof HistoryFilter>;

/** The condition on `dimension_set d`, as a fragment of a statement. */
export function filterCondition(sql: SqlClient | Tx, { provider, model, team }: HistoryFilter) {
  return sql`(${provider ?? null}::text is null or d.provider = ${provider ?? null})
         and (${model ?? null}::text is null or d.model = ${model ?? null})
         and (${team ?? null}::text is null or d.team = ${team ?? null})`;
}
