import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { startOfEventId } from "#lib/ledger/event-id.ts";
import type { Usd } from "#lib/money/money.ts";
import { type PricedUsage, priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { type QuoteLine, receiptLine } from "#lib/pricing/quote.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { withinTeams } from "./dimension-sql.ts";
import { type FormerFiling, formerFilings } from "./former-filings.ts";
import { type EventRow, eventColumns, type LedgerEvent, toLedgerEvent } from "./ledger-event.ts";
import { readOnly } from "./read-only.ts";
import { type ReceiptCostModel, receiptCostModel } from "./receipt-cost-model.ts";

/** The allocation rule that gave an event its team. */
export type ReceiptRule = {
  readonly id: string;
  readonly name: string;
  readonly conditions: unknown;
  readonly assign: unknown;
};

/** How one event came to its cost. */
export type Receipt = {
  readonly event: LedgerEvent;
  readonly lines: readonly QuoteLine[];
  /** Null: the team came from telemetry, its project, the key, the person or nowhere (`unallocated`). */
  readonly rule: ReceiptRule | null;
  /** `contract`: agreed or own prices lie over the list; `listLines` show what it would have been. */
  readonly costModel: "list" | "contract";
  /** The same quantities at list prices; empty where those were charged. */
  readonly listLines: readonly QuoteLine[];
  /** What pays for the call, and what is recharged on top. */
  readonly teamModel: ReceiptCostModel;
  /** How it was filed before changes of history, the latest first; each with its lines. */
  readonly former: readonly (FormerFiling & { readonly lines: readonly QuoteLine[] })[];
  /** The ledger's cost. Null while unpriced; a lower bound while partial. */
  readonly sum: Usd | null;
  /** What the lines come to: the ledger's list cost, and its cost unless a plan pays. */
  readonly lineSum: Usd | null;
  /** False would be an error of ours: the lines do not explain the ledger's figures. */
  readonly reconciles: boolean;
};

/**
 * The receipt of one event: its quantities × the rates it was priced with.
 *
 * @returns null when there is no such event among the viewer's teams.
 */
export async function eventReceipt(
  sql: SqlClient,
  scope: ReadScope,
  id: string,
): Promise<Receipt | null> {
  if (!UUID.test(id)) return null;
  const read = await readOnly(sql, async (tx) => {
    const row = await findEvent(tx, scope, id);
    if (row === undefined) return null;
    const event = toLedgerEvent(row);
    const teamModel = await receiptCostModel(tx, event, row.content);
    return { row, event, teamModel, former: await formerFilings(tx, scope, id) };
  });
  if (read === null) return null;
  const { row: found, event, teamModel, former } = read;
  const priced = priceAgain(event, found.content);
  const lineSum = sumOf(priced);
  const list = found.content === null ? null : listRateSetOf(found.content);
  const hasContract = list !== found.content;
  const listed = hasContract ? priceAgain(event, list) : priced;
  const rule =
    found.rule_id === null
      ? null
      : {
          id: found.rule_id,
          name: found.rule_name ?? "",
          conditions: found.rule_conditions,
          assign: found.rule_assign,
        };
  return {
    event,
    lines: priced?.lines.map(receiptLine) ?? [],
    rule,
    costModel: hasContract ? "contract" : "list",
    listLines: hasContract ? (listed?.lines.map(receiptLine) ?? []) : [],
    teamModel,
    former: former.map((filing) => ({
      ...filing,
      lines: priceAgain(event, filing.rateSet)?.lines.map(receiptLine) ?? [],
    })),
    sum: event.cost,
    lineSum,
    reconciles: isExplained(event, lineSum, sumOf(listed)),
  };
}

function sumOf(priced: PricedUsage | null): Usd | null {
  return priced === null || priced.status === "unpriced" ? null : priced.lowerBound;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type ReceiptRow = EventRow & {
  readonly content: RateSet | null;
  readonly rule_name: string | null;
  readonly rule_conditions: unknown;
  readonly rule_assign: unknown;
};

async function findEvent(
  sql: SqlClient,
  scope: ReadScope,
  id: string,
): Promise<ReceiptRow | undefined> {
  const [row] = await sql<ReceiptRow[]>`
    select ${eventColumns(sql, scope)}, r.content,
           a.name as rule_name, a.conditions as rule_conditions, a.assign as rule_assign
    from priced_event u
    join dimension_set d on d.id = u.dimension_set_id
    left join rate_set r on r.id = u.rate_set_id
    left join allocation_rule a on a.id = u.rule_id
    where u.started_at = ${new Date(startOfEventId(id) ?? 0)} and u.id = ${id}::uuid
      ${withinTeams(sql, scope, sql`d.team`)}`;
  return row;
}

/** Null where there is nothing to price: a tool call, or usage that is not known. */
function priceAgain(event: LedgerEvent, rateSet: RateSet | null): PricedUsage | null {
  if (event.kind !== "model_call") return null;
  const tokens = event.tokens ?? (event.status === "error" ? NO_TOKENS : null);
  if (tokens === null) return null;
  return priceWithRateSet(rateSet ?? NO_RATES, tokens, event.units);
}

const NO_RATES: RateSet = {
  id: "0",
  provider: "",
  model: "",
  tier: "",
  speed: null,
  region: null,
  inferenceGeo: null,
  status: "unpriced",
  rates: [],
};

/** Usage of which only a total is known has lines, but no price: see lib/ingest/file-item.ts. */
function isExplained(event: LedgerEvent, lineSum: Usd | null, listSum: Usd | null): boolean {
  if (event.costStatus === "included") return event.cost === 0n && event.listCost === listSum;
  if (event.cost === null) return true;
  return event.cost === lineSum && event.listCost === listSum;
}
