import { setTimeout as sleep } from "node:timers/promises";
import { markLate } from "#lib/close/late-marks.ts";
import type { Evidence } from "#lib/counting/scopes.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import { lastRestatingStep } from "#lib/ledger/restated-rows.ts";
import type { RollupDeltas } from "#lib/rollups/deltas.ts";
import { ZoneChangedError } from "#lib/rollups/zone-guard.ts";
import type { Batch } from "./batch.ts";
import { draftBatch } from "./draft.ts";
import { Durability } from "./durability.ts";
import { EvidenceCache } from "./evidence-store.ts";
import { daysAround, gather } from "./gather.ts";
import type { IngestPlan } from "./ingest-plan.ts";
import { Partitions } from "./partitions.ts";
import { References } from "./references.ts";
import { storeRefusals } from "./refusal-store.ts";
import { soundNode } from "./sound.ts";
import { storeNodes } from "./trace-node-store.ts";
import { Turns } from "./turns.ts";
import { USAGE_CHANNEL } from "./usage-channel.ts";
import { witness } from "./witness.ts";
import { lockLedger } from "./writer-lock.ts";
import { applyWrites, prepareWrites, type Writes } from "./writes.ts";

/** What a batch came to. */
export type Committed = {
  readonly stored: number;
  readonly repeated: number;
};

/** Deadlocks with other users of the database, and an item delivered again out of reach of its trace: both end well on another try. */
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set(["40P01", "40001", "25P02"]);
const MOST_TRIES = 3;
const ZONE_WAIT_MS = 250;

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
  readonly #turns: Turns;
  readonly #durability: Durability;

  constructor(sql: SqlClient, plan: () => IngestPlan, turns = new Turns()) {
    this.#sql = sql;
    this.#turns = turns;
    this.#durability = new Durability(sql);
    this.#plan = plan;
    this.#partitions = new Partitions(sql);
  }

  /** @param onWriting Told when the ledger is locked for this batch; perhaps more than once. */
  async commit(told: Batch, onWriting: () => void = () => undefined): Promise<Committed> {
    await this.#turns.next();
    const batch = { ...told, nodes: told.nodes.map((node) => soundNode(node, told.receivedAtMs)) };
    const arriving = new Map<string, LedgerItem>();
    for (const arrival of batch.arrivals) {
      const item = witness(arrival, batch.receivedAtMs);
      if (!arriving.has(item.id)) arriving.set(item.id, item);
    }
    const times = [...arriving.values(), ...batch.nodes].map(({ startedAtMs }) => startedAtMs);
    const partitions = await this.#partitions.ensure(daysAround(times));
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#tryCommit(batch, arriving, partitions, onWriting);
      } catch (error) {
        if (attempt >= MOST_TRIES || !isWorthAnotherTry(error)) throw error;
        // The plan with the new zone is on its way to this process.
        if (error instanceof ZoneChangedError) await sleep(ZONE_WAIT_MS);
      }
    }
  }

  /** All that needs no database is done before the ledger is locked; for most batches that is nearly all. */
  async #tryCommit(
    batch: Batch,
    arriving: ReadonlyMap<string, LedgerItem>,
    partitions: readonly string[],
    onWriting: () => void,
  ): Promise<Committed> {
    await this.#turns.next();
    const plan = this.#plan();
    const draft = draftBatch(arriving, batch.nodes, this.#evidence);
    const drafted = await prepareWrites(draft.items, draft.outcomes, plan, () =>
      this.#turns.next(),
    );
    const references = this.#references.inTransaction();
    let evidence: ReadonlyMap<bigint, Evidence> = new Map();
    let isHeld = false;
    let durable: Promise<void> | undefined;
    const stored = await this.#sql
      .begin(async (tx) => {
        // Sent together: the questions run when the lock is held.
        const [, , restatingStep, gathered] = await Promise.all([
          commitWithoutWaiting(tx),
          lockLedger(tx).then(() => {
            isHeld = true;
            this.#turns.hold();
            onWriting();
          }),
          lastRestatingStep(tx),
          gather(tx, draft, this.#evidence, partitions),
        ]);
        evidence = gathered.evidence;
        const isAsDrafted = gathered.outcomes === draft.outcomes;
        const writes = isAsDrafted
          ? drafted
          : await prepareWrites(gathered.items, gathered.outcomes, plan);
        await Promise.all([
          references.store(tx, writes.filed),
          applyWrites(tx, writes, restatingStep, () =>
            Promise.all([
              storeNodes(tx, batch.nodes, batch.receivedAtMs),
              storeRefusals(tx, batch.refusals, batch.receivedAtMs),
              ...tellOfDays(tx, writes),
            ]),
          ),
        ]);
        return writes.stored;
      })
      .then((rows) => {
        durable = this.#durability.reached();
        return rows;
      })
      .finally(() => isHeld && this.#turns.release());
    await durable;
    this.#evidence.remember(evidence);
    references.remember();
    return { stored, repeated: batch.arrivals.length - stored };
  }
}

/** The log is flushed after the lock is free again (Durability). */
async function commitWithoutWaiting(tx: Tx): Promise<void> {
  await tx`select set_config('synchronous_commit', 'off', true)`;
}

const MOST_DAYS_NAMED = 60;

/** Who watches usage hears of its days, and so does who keeps closed months. */
function tellOfDays(tx: Tx, { filed, deltas }: Writes): Promise<unknown>[] {
  if (filed.length === 0) return [];
  const days = daysOf(deltas);
  const named = days.length > MOST_DAYS_NAMED ? "" : days.join(",");
  return [
    tx`select pg_notify(${USAGE_CHANNEL}, ${named})`,
    markLate(tx, days.map(Number), deltas.timeZone),
  ];
}

function daysOf({ usage_day_user }: RollupDeltas): string[] {
  return [...new Set([...usage_day_user.values()].map(({ key }) => String(key[0])))];
}

function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof ZoneChangedError) return true;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return WORTH_ANOTHER_TRY.has(code);
}
