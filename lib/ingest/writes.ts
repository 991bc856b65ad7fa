import type { Outcome } from "#lib/counting/witnessed.ts";
import type { Tx } from "#lib/db/client.ts";
import { copyIn } from "#lib/db/copy-in.ts";
import { COPY_COLUMNS, copyLine } from "#lib/ledger/copy-row.ts";
import { type Filing, isSameFiling, type LedgerItem } from "#lib/ledger/ledger-row.ts";
import { markFiledAfter, settleSessions } from "#lib/ledger/restated-rows.ts";
import { updateFilings } from "#lib/ledger/update-filings.ts";
import { prepareDeltas } from "#lib/rollups/apply.ts";
import { RollupDeltas } from "#lib/rollups/deltas.ts";
import { type Filed, fileItem } from "./file-item.ts";
import type { IngestPlan } from "./ingest-plan.ts";

/** All that a counted batch changes in the ledger and its rollups. */
export type Writes = {
  readonly filed: readonly Filed[];
  /** New rows, in COPY's text format. */
  readonly rows: string;
  readonly stored: number;
  readonly updates: readonly { readonly item: LedgerItem; readonly filing: Filing }[];
  /** What all of these rows are of. */
  readonly written: readonly LedgerItem[];
  readonly deltas: RollupDeltas;
  /** Adds the deltas to the rollups. */
  readonly addUp: (tx: Tx) => Promise<void>;
};

/** A few milliseconds of computing: nobody who waits for this process waits for long. */
const ITEMS_OF_A_TURN = 64;

/**
 * Files the items as they were counted: what is new, and what is filed
 * otherwise than it was.
 *
 * @param pause Asked between two turns of computing; without it all is done at once.
 */
export async function prepareWrites(
  items: ReadonlyMap<string, LedgerItem>,
  outcomes: ReadonlyMap<string, Outcome>,
  plan: IngestPlan,
  pause?: () => Promise<void>,
): Promise<Writes> {
  const deltas = new RollupDeltas(plan.timeZone);
  const filed: Filed[] = [];
  const lines: string[] = [];
  const written: LedgerItem[] = [];
  const updates: { item: LedgerItem; filing: Filing }[] = [];
  let looked = 0;
  for (const [id, outcome] of outcomes) {
    if (pause !== undefined && looked++ % ITEMS_OF_A_TURN === 0) await pause();
    const item = items.get(id);
    if (item === undefined || isIdle(item, outcome)) continue;
    const now = fileItem(item, outcome, plan);
    if (item.filing !== null && isSameFiling(item.filing, now.filing)) continue;
    filed.push(now);
    written.push(item);
    if (item.filing === null) {
      lines.push(copyLine(item, now.filing));
    } else {
      deltas.takeBack(item, item.filing);
      updates.push({ item, filing: now.filing });
    }
    deltas.add(item, now.filing);
  }
  return {
    ...{ filed, updates, written, deltas },
    rows: lines.join(""),
    stored: lines.length,
    addUp: prepareDeltas(deltas),
  };
}

/** A new point that adds nothing is kept only where others are measured against it. */
function isIdle({ event, filing }: LedgerItem, { because }: Outcome): boolean {
  if (filing !== null || because !== "no_increase") return false;
  return event.series?.temporality === "delta" && event.series.nesting === undefined;
}

/**
 * Writes rows and rollups, in the caller's transaction. What the rows refer to
 * must be there. Statements are sent behind each other without waiting: every
 * wait holds up all other writers.
 *
 * @param restatingStep See `lastRestatingStep`.
 * @param more Sends further statements.
 */
export async function applyWrites(
  tx: Tx,
  { rows, updates, written, addUp }: Writes,
  restatingStep: bigint | null,
  more: () => Promise<unknown>,
): Promise<void> {
  const rest = () =>
    Promise.all([
      settleSessionsOf(tx, restatingStep, updates),
      updateFilings(tx, updates),
      markFiledAfter(tx, restatingStep, written),
      addUp(tx),
      more(),
    ]);
  if (rows === "") await rest();
  else await copyIn(tx, `copy usage_event (${COPY_COLUMNS.join(", ")}) from stdin`, rows, rest);
}

/** What is taken back has the price of today, so its session must have it, too. */
async function settleSessionsOf(
  tx: Tx,
  restatingStep: bigint | null,
  updates: Writes["updates"],
): Promise<void> {
  if (restatingStep === null || updates.length === 0) return;
  const starts = updates.map(({ item }) => new Date(item.startedAtMs).toISOString());
  await settleSessions(
    tx,
    tx`v.id = any(${updates.map(({ item }) => item.id)}::text[]::uuid[])
       and v.started_at = any(${starts}::text[]::timestamptz[])`,
  );
}
