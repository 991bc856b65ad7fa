import { toDecimal, type Usd } from "#lib/money/money.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { Filing, LedgerItem } from "./ledger-row.ts";
import { saidBy } from "./said.ts";

/** The columns of `usage_event` in the order in which `copyLine` writes them. */
export const COPY_COLUMNS = [
  "id",
  "started_at",
  "received_at",
  "key_id",
  "dimension_set_id",
  "rate_set_id",
  "signal",
  "witness",
  "family",
  "rank",
  "counted",
  "not_counted_because",
  "twin_of",
  "trace_id",
  "span_id",
  "parent_span_id",
  "response_id",
  "tool_call_id",
  "call_key",
  "call_key_2",
  "stream_key",
  "session_id",
  "user_id",
  "calls",
  "duration_ms",
  "operation",
  "model_reported",
  "attempt",
  "error_type",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "units",
  "cost",
  "list_cost",
  "reported_cost",
  "cost_status",
  "funding",
  "flags",
  "rule_id",
  "said",
  "attributes",
] as const;

const NULL = "\\N";

/**
 * One row of the ledger in COPY's text format, with its line end. The item's
 * strings are storable already (lib/ingest/sound.ts).
 */
export function copyLine(item: LedgerItem, filing: Filing): string {
  const { event } = item;
  return `${[
    item.id,
    new Date(item.startedAtMs).toISOString(),
    new Date(item.receivedAtMs).toISOString(),
    escaped(item.keyId),
    filing.dimensionSetId,
    plain(filing.rateSetId),
    event.signal,
    event.witness,
    escaped(event.family),
    event.rank,
    filing.counted ? "t" : "f",
    plain(filing.because),
    plain(filing.twinOf),
    hex(event.traceId),
    hex(event.spanId),
    hex(event.parentSpanId),
    text(event.responseIds[0]),
    text(event.toolCallId),
    ...keyColumns(item),
    plain(item.streamKey),
    text(filing.session),
    text(filing.user),
    event.calls,
    plain(event.durationMs),
    escaped(event.operation),
    text(event.model),
    plain(filing.attempt),
    text(event.errorType),
    ...TOKEN_CLASSES.map((tokenClass) => plain(filing.tokens?.[tokenClass])),
    Object.keys(filing.units).length === 0 ? NULL : escaped(JSON.stringify(filing.units)),
    money(filing.cost),
    money(filing.listCost),
    plain(filing.reportedCost),
    filing.costStatus,
    event.funding,
    `{${event.flags.join(",")}}`,
    plain(filing.ruleId),
    escaped(JSON.stringify(saidBy(event))),
    escaped(JSON.stringify(event.attributes)),
  ].join("\t")}\n`;
}

/** The two columns by which a row is found: its names first, then what its twins have in common with it. */
function keyColumns({ lookupKeys, twinKeys }: LedgerItem): string[] {
  const [first, second] = twinKeys.length === 0 ? lookupKeys : [...lookupKeys, ...twinKeys];
  return [plain(first), plain(second)];
}

function money(amount: Usd | null): string {
  return amount === null ? NULL : toDecimal(amount);
}

/** A number, an id or a word of ours: nothing in it to escape. */
function plain(value: string | number | bigint | null | undefined): string {
  return value === null || value === undefined ? NULL : `${value}`;
}

function text(value: string | null | undefined): string {
  return value === null || value === undefined ? NULL : escaped(value);
}

function hex(id: string | null): string {
  return id === null ? NULL : `\\\\x${id}`;
}

/** What COPY does not read as it stands there; U+0000 Postgres does not store at all. */
const ESCAPES = [
  ["\u0000", ""],
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
] as const;

function escaped(value: string): string {
  let text = value;
  for (const [char, as] of ESCAPES) if (text.includes(char)) text = text.replaceAll(char, as);
  return text;
}
