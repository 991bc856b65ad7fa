import type { Tx } from "#lib/db/client.ts";
import { DIMENSION_COLUMNS } from "#lib/ledger/dimension-set.ts";
import type { Filed } from "./file-item.ts";

/** What a row refers to. */
export type Referred = Pick<Filed, "dimensions" | "rateSet" | "newTeam"> & {
  readonly filing: Pick<Filed["filing"], "dimensionSetId">;
};

const MOST_CACHED = 100_000;

/**
 * What rows refer to by the hash of its content: dimension sets, rate sets and
 * teams. Written before the rows; what this process has seen committed is not
 * written again.
 */
export class References {
  #known = new Set<string>();

  inTransaction(): {
    /** Sends its statements before it first waits, so that what is sent next runs after them. */
    store: (tx: Tx, filed: readonly Referred[]) => Promise<void>;
    remember: () => void;
  } {
    const written = new Set<string>();
    return {
      store: async (tx, filed) => {
        const isNew = (name: string) => {
          if (this.#known.has(name) || written.has(name)) return false;
          written.add(name);
          return true;
        };
        await Promise.all([
          storeTeams(
            tx,
            filed.filter(({ newTeam }) => newTeam !== null && isNew(`t${newTeam.slug}`)),
          ),
          storeDimensionSets(
            tx,
            filed.filter(({ filing }) => isNew(`d${filing.dimensionSetId}`)),
          ),
          storeRateSets(
            tx,
            filed.filter(({ rateSet }) => rateSet !== null && isNew(`r${rateSet.id}`)),
          ),
        ]);
      },
      remember: () => {
        if (this.#known.size > MOST_CACHED) this.#known = new Set();
        for (const name of written) this.#known.add(name);
      },
    };
  }
}

async function storeTeams(tx: Tx, filed: readonly Referred[]): Promise<void> {
  const teams = filed
    .flatMap(({ newTeam }) => newTeam ?? [])
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  if (teams.length === 0) return;
  await tx`
    insert into team (slug, name)
    select * from unnest(${teams.map(({ slug }) => slug)}::text[],
                         ${teams.map(({ name }) => name.replaceAll("\u0000", "").slice(0, 120))}::text[])
        on conflict do nothing`;
}

async function storeDimensionSets(tx: Tx, filed: readonly Referred[]): Promise<void> {
  const rows = [...filed].sort((a, b) =>
    a.filing.dimensionSetId < b.filing.dimensionSetId ? -1 : 1,
  );
  if (rows.length === 0) return;
  const columns = DIMENSION_COLUMNS.map(([, key]) => rows.map(({ dimensions }) => dimensions[key]));
  // Column names are constants; every value is a parameter.
  await tx.unsafe(
    `insert into dimension_set (id, ${DIMENSION_COLUMNS.map(([name]) => name).join(", ")})
     select * from unnest($1::int8[], ${columns.map((_, i) => `$${i + 2}::text[]`).join(", ")})
         on conflict do nothing`,
    [rows.map(({ filing }) => `${filing.dimensionSetId}`), ...columns] as never[],
    { prepare: true },
  );
}

async function storeRateSets(tx: Tx, filed: readonly Referred[]): Promise<void> {
  const sets = filed
    .flatMap(({ rateSet }) => rateSet ?? [])
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  if (sets.length === 0) return;
  await tx`
    insert into rate_set (id, status, provider, model, content)
    select id, status, provider, model, content::jsonb
      from unnest(${sets.map(({ id }) => id)}::int8[],
                  ${sets.map(({ status }) => status)}::text[],
                  ${sets.map(({ provider }) => provider.slice(0, 200))}::text[],
                  ${sets.map(({ model }) => model.replaceAll("\u0000", "").slice(0, 200))}::text[],
                  ${sets.map((set) => JSON.stringify(set))}::text[]) as n (id, status, provider, model, content)
        on conflict do nothing`;
}
