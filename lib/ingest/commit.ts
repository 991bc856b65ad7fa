import type { Evidence } from "#lib/counting/scopes.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { copyIn } from "#lib/db/copy-in.ts";
import { COPY_COLUMNS, copyLine } from "#lib/ledger/copy-row.ts";
import { type Filing, isSameFiling, type LedgerItem } from "#lib/ledger/ledger-row.ts";
import { updateFilings } from "#lib/ledger/update-filings.ts";
import { applyDeltas } from "#lib/rollups/apply.ts";
import { RollupDeltas } from "#lib/rollups/deltas.ts";
import type { Batch } from "./batch.ts";
import { EvidenceCache } from "./evidence-store.ts";
import { type Filed, fileItem } from "./file-item.ts";
import { gather } from "./gather.ts";
import type { IngestPlan } from "./ingest-plan.ts";
import { BatchLocks, LockIsTaken } from "./locks.ts";
import { Partitions } from "./partitions.ts";
import { References } from "./references.ts";
import { storeRefusals } from "./refusal-store.ts";
import { storeNodes } from "./trace-node-store.ts";
import { witness } from "./witness.ts";

/** What a batch came to. */
export type Committed = {
  readonly stored: number;
  readonly repeated: number;
};

/** Deadlocks, serialisation failures, and a row that another collector has just stored: all end well on another try. */
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set(["40P01", "40001", "23505", "25P02"]);
const MOST_TRIES = 8;

/** Listeners refresh what they show of today. */
export const USAGE_CHANNEL = "outlay_usage";

/**
 * The one way into the ledger. Deduplicates, counts, allocates, prices and
 * stores a batch and brings the rollups up to date, in one transaction: all of
 * it is committed when the promise fulfils, and nothing of it when it rejects.
 * Safe to repeat, and safe from several processes at once.
 */
export class Ledger {
  readonly #sql: SqlClient;
  readonly #plan: () => IngestPlan;
  readonly #partitions: Partitions;
  readonly #evidence = new EvidenceCache();
  readonly #references = new References();

  constructor(sql: SqlClient, plan: () => IngestPlan) {
    this.#sql = sql;
    this.#plan = plan;
    this.#partitions = new Partitions(sql);
  }

  async commit(batch: Batch): Promise<Committed> {
    const items = new Map<string, LedgerItem>();
    for (const arrival of batch.arrivals) {
      const item = witness(arrival, batch.receivedAtMs);
      if (!items.has(item.id)) items.set(item.id, item);
    }
    const arriving = [...items.values()];
    await this.#partitions.ensure(arriving.map(({ startedAtMs }) => startedAtMs));
    const locks = new BatchLocks();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#tryCommit(batch, arriving, locks);
      } catch (error) {
        if (attempt >= MOST_TRIES || !isWorthAnotherTry(error)) throw error;
      }
    }
  }

  async #tryCommit(
    batch: Batch,
    arriving: readonly LedgerItem[],
    locks: BatchLocks,
  ): Promise<Committed> {
    const plan = this.#plan();
    const references = this.#references.inTransaction();
    let evidence: ReadonlyMap<bigint, Evidence> = new Map();
    const stored = await this.#sql.begin(async (tx) => {
      await locks.startTry(tx);
      const gathered = await gather(tx, arriving, batch.nodes, this.#evidence, locks);
      evidence = gathered.evidence;
      const changes = fileAll(gathered, plan);
      await references.store(
        tx,
        changes.map(({ filed }) => filed),
      );
      await write(tx, changes, plan.timeZone);
      await storeNodes(tx, batch.nodes, batch.receivedAtMs);
      await storeRefusals(tx, batch.refusals, batch.receivedAtMs);
      if (changes.length > 0) await tx`select pg_notify(${USAGE_CHANNEL}, '')`;
      return changes.filter(({ item }) => item.filing === null).length;
    });
    this.#evidence.remember(evidence);
    references.remember();
    return { stored, repeated: batch.arrivals.length - stored };
  }
}

type Change = { readonly item: LedgerItem; readonly filed: Filed };

/** The items that are new, or filed otherwise than they were. */
function fileAll(
  { items, outcomes }: Awaited<ReturnType<typeof gather>>,
  plan: IngestPlan,
): Change[] {
  const changes: Change[] = [];
  for (const [id, outcome] of outcomes) {
    const item = items.get(id);
    if (item === undefined) continue;
    if (item.filing === null && outcome.because === "no_increase" && isIdle(item)) continue;
    const filed = fileItem(item, outcome, plan);
    if (item.filing === null || !isSameFiling(item.filing, filed.filing))
      changes.push({ item, filed });
  }
  return changes;
}

/** A point that adds nothing is kept only where the next one is measured against it. */
function isIdle({ event }: LedgerItem): boolean {
  return event.series?.temporality === "delta";
}

async function write(tx: Tx, changes: readonly Change[], timeZone: string): Promise<void> {
  const deltas = new RollupDeltas(timeZone);
  const lines: string[] = [];
  const updates: { item: LedgerItem; filing: Filing }[] = [];
  for (const { item, filed } of changes) {
    if (item.filing === null) {
      lines.push(copyLine(item, filed.filing));
    } else {
      deltas.takeBack(item.startedAtMs, item.filing);
      updates.push({ item, filing: filed.filing });
    }
    deltas.add(item.startedAtMs, filed.filing);
  }
  if (lines.length > 0) {
    await copyIn(tx, `copy usage_event (${COPY_COLUMNS.join(", ")}) from stdin`, lines.join(""));
  }
  await updateFilings(tx, updates);
  await applyDeltas(tx, deltas);
}

function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof LockIsTaken) return true;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return WORTH_ANOTHER_TRY.has(code);
}
