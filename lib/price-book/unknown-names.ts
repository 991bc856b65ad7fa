import type { SqlClient } from "#lib/db/client.ts";
import { findModel } from "#lib/pricing/model-name.ts";
import { loadPricing } from "./load-pricing.ts";

/** What a contract, a charge or a funding rule is about; null for any. */
export type NamedUsage = { readonly provider: string | null; readonly model: string | null };

/**
 * Which of the providers and models nobody has used and no price is known for:
 * most likely they are misspelt, and what names them would never apply.
 */
export async function unknownNames(
  sql: SqlClient,
  named: readonly NamedUsage[],
): Promise<readonly string[]> {
  const { book } = await loadPricing(sql);
  const unpriced = named.filter(({ provider, model }) => {
    if (provider === null) return false;
    if (model === null) return !book.providers.has(provider);
    return findModel(book, provider, model) === null;
  });
  const unknown: string[] = [];
  for (const { provider, model } of unpriced) {
    const [used] = await sql`
      select 1 from dimension_set
       where provider = ${provider}
         and (${model}::text is null or lower(model) = lower(${model}))
       limit 1`;
    if (used === undefined) unknown.push([provider, model].filter(Boolean).join(" "));
  }
  return [...new Set(unknown)];
}
