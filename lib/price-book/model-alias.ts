import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";
import type { RateQuery } from "#lib/pricing/rate-set.ts";
import { reportedName } from "#lib/pricing/resolve-rate-set.ts";
import { because } from "#lib/refusals/reason.ts";
import type { Believed } from "./own-rate.ts";

/** A name that only the customer knows the model behind: a deployment, a profile, a house name. */
export type NewAlias = {
  /** Who was reported, in the canonical name. */
  readonly provider: string;
  readonly reported: string;
  readonly targetProvider: string;
  readonly targetModel: string;
  /** From inclusive, to exclusive; null is open. */
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
};
export type ModelAlias = NewAlias & Believed & { readonly id: string };

/** Turns reported names into known ones. The names of what has no alias stay. */
export function createAliasing(aliases: readonly NewAlias[]): (query: RateQuery) => RateQuery {
  if (aliases.length === 0) return (query) => query;
  const byName = Map.groupBy(aliases, ({ provider, reported }) => nameKey(provider, reported));
  return (query) => {
    const { provider, reported } = reportedName(query);
    const candidates = byName.get(nameKey(provider, reported));
    const [alias] = (candidates ?? [])
      .filter((candidate) => isInForce(candidate, query.atMs))
      .toSorted((a, b) => startOf(b) - startOf(a));
    if (alias === undefined) return query;
    return { ...query, provider: alias.targetProvider, model: alias.targetModel };
  };
}

/** When the name of a query may begin to stand for another model, or end to. */
export function aliasChanges(
  aliases: readonly NewAlias[],
): (query: Pick<RateQuery, "provider" | "model">) => readonly (number | null)[] {
  const byName = Map.groupBy(aliases, ({ provider, reported }) => nameKey(provider, reported));
  return (query) => {
    const { provider, reported } = reportedName(query);
    return (byName.get(nameKey(provider, reported)) ?? []).flatMap((alias) => [
      alias.effectiveFrom?.getTime() ?? null,
      alias.effectiveTo?.getTime() ?? null,
    ]);
  };
}

/** A key under which a name is found in any case. */
function nameKey(provider: string, model: string): string {
  return `${canonicalProvider(provider)}\n${model.trim().toLowerCase()}`;
}

function isInForce(alias: NewAlias, atMs: number): boolean {
  return startOf(alias) <= atMs && atMs < (alias.effectiveTo?.getTime() ?? Infinity);
}

function startOf({ effectiveFrom }: NewAlias): number {
  return effectiveFrom?.getTime() ?? -Infinity;
}

/** The recorded aliases: those believed now, or all that ever were. */
export async function readAliases(
  sql: SqlClient | Tx,
  which: "believed" | "all" = "believed",
): Promise<ModelAlias[]> {
  return sql<ModelAlias[]>`
    select id, provider, reported, target_provider as "targetProvider",
           target_model as "targetModel", effective_from as "effectiveFrom",
           effective_to as "effectiveTo", recorded_at as "recordedAt",
           recorded_by as "recordedBy", superseded_at as "supersededAt",
           superseded_by as "supersededBy"
      from model_alias
     ${which === "believed" ? sql`where superseded_at is null` : sql``}
     order by provider, reported, effective_from nulls first, recorded_at, id`;
}

/** Records an alias; one of the same name and first moment is no longer believed. */
export async function recordAlias(tx: Tx, alias: NewAlias, by: string): Promise<string> {
  await tx`lock table model_alias in share row exclusive mode`;
  const provider = canonicalProvider(alias.provider);
  const reported = alias.reported.trim().toLowerCase();
  await tx`
    update model_alias set superseded_at = now(), superseded_by = ${by}
     where provider = ${provider} and reported = ${reported} and superseded_at is null
       and effective_from is not distinct from ${alias.effectiveFrom}::timestamptz`;
  const [row] = await tx<{ id: string }[]>`
    insert into model_alias (provider, reported, target_provider, target_model,
                             effective_from, effective_to, recorded_by)
    values (${provider}, ${reported}, ${canonicalProvider(alias.targetProvider)},
            ${alias.targetModel.trim()}, ${alias.effectiveFrom}, ${alias.effectiveTo}, ${by})
    returning id`;
  return row?.id ?? "";
}

/**
 * Stops believing an alias; with a moment, one that ends then takes its place.
 *
 * @returns What was believed before, or null when the alias is not.
 * @throws {AppError} "invalid" when it would end before it begins.
 */
export async function endAlias(
  tx: Tx,
  id: string,
  at: Date | null,
  by: string,
): Promise<ModelAlias | null> {
  await tx`lock table model_alias in share row exclusive mode`;
  const believed = await readAliases(tx as unknown as SqlClient);
  const alias = believed.find((one) => one.id === id);
  if (alias === undefined) return null;
  if (at !== null && alias.effectiveFrom !== null && at <= alias.effectiveFrom) {
    throw new AppError(because("alias_backwards"), { code: "invalid" });
  }
  await tx`update model_alias set superseded_at = now(), superseded_by = ${by} where id = ${id}`;
  if (at !== null) await recordAlias(tx, { ...alias, effectiveTo: at }, by);
  return alias;
}
