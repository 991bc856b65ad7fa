import type { SqlClient, Tx } from "#lib/db/client.ts";

/** The first thing wrong with the audit log; null where nothing is. */
export type AuditBreak = {
  readonly entryId: number;
  readonly position: number | null;
  /** Changed after it was sealed, gone, or never sealed although it should be. */
  readonly what: "changed" | "missing" | "unsealed";
};

export type AuditVerdict = {
  readonly entries: number;
  readonly broken: AuditBreak | null;
  /** Hash of the newest seal, hex. Kept elsewhere, it proves later that nothing was cut off the end. */
  readonly head: string | null;
  readonly position: number;
};

const BATCH = 1_000;

/** Seals all entries that are committed by now. @returns how many. */
export async function sealAudit(sql: SqlClient): Promise<number> {
  let sealed = 0;
  for (;;) {
    const [row] = await sql<{ count: number }[]>`select audit_seal_entries(${BATCH}) as count`;
    sealed += row?.count ?? 0;
    if ((row?.count ?? 0) < BATCH) return sealed;
  }
}

/** Seals what waits, then recomputes the whole chain. */
export async function verifyAudit(sql: SqlClient): Promise<AuditVerdict> {
  await sealAudit(sql);
  return sql.begin("isolation level repeatable read read only", (tx) => readVerdict(tx));
}

/** Recomputes the chain as it stands; entries that wait for their seal are no break. */
export async function readVerdict(tx: Tx): Promise<AuditVerdict> {
  const [head] = await tx<{ entries: number; position: number; head: string | null }[]>`
      select (select count(*)::int from audit_entry) as entries,
             coalesce(max(position), 0)::int as position,
             (array_agg(encode(hash, 'hex') order by position desc))[1] as head
        from (select position, hash from audit_seal
              union all (select position, hash from audit_anchor order by position desc limit 1)
             ) as chain`;
  // A seal per entry: its position follows the one before, its hash covers that one's. Before
  // the first there is the anchor, where older ones have been removed for their age.
  const [broken] = await tx<AuditBreak[]>`
      with anchor as (
        select position, hash from audit_anchor
        union all select 0, sha256('outlay audit log')
         order by position desc limit 1
      ), chain as (
        select s.position, s.entry_id, s.hash,
               lag(s.hash, 1, anchor.hash) over seals as previous,
               lag(s.position, 1, anchor.position) over seals as position_before
          from audit_seal as s, anchor window seals as (order by s.position)
      ), found as (
        select chain.position, chain.entry_id,
               case when e.id is null or chain.position <> chain.position_before + 1 then 'missing'
                    when chain.hash <> audit_hash(chain.previous, e) then 'changed' end as what
          from chain left join audit_entry as e on e.id = chain.entry_id
        union all
        select null, e.id, 'unsealed' from audit_entry as e
         where not exists (select from audit_seal as s where s.entry_id = e.id)
           and not exists (select from audit_unsealed as u where u.entry_id = e.id)
      )
      select entry_id::int as "entryId", position::int, what from found
       where what is not null order by position nulls last, entry_id limit 1`;
  return {
    entries: head?.entries ?? 0,
    broken: broken ?? null,
    head: head?.head ?? null,
    position: head?.position ?? 0,
  };
}
