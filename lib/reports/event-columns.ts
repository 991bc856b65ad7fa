import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, decimal, text, time } from "#lib/tables/column.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { LedgerEvent } from "./ledger-event.ts";

/** Rows of the ledger as a file; the names are those of the API. */
export const EVENT_COLUMNS: readonly Column<LedgerEvent>[] = [
  text("id", ({ id }) => id),
  text("kind", ({ kind }) => kind),
  time("started_at", ({ startedAt }) => startedAt),
  time("received_at", ({ receivedAt }) => receivedAt),
  decimal("duration_ms", ({ durationMs }) => durationMs?.toString()),
  text("trace_id", ({ traceId }) => traceId),
  text("span_id", ({ spanId }) => spanId),
  text("parent_span_id", ({ parentSpanId }) => parentSpanId),
  text("response_id", ({ responseId }) => responseId),
  text("dialect", ({ dialect }) => dialect),
  text("signal", ({ signal }) => signal),
  text("counted", ({ counted }) => String(counted)),
  text("not_counted_because", ({ notCountedBecause }) => notCountedBecause),
  text("twin_of", ({ twinOf }) => twinOf),
  text("team", ({ team }) => team),
  text("project", ({ project }) => project),
  text("environment", ({ environment }) => environment),
  text("service", ({ service }) => service),
  text("agent", ({ agent }) => agent),
  text("workflow", ({ workflow }) => workflow),
  text("cost_center", ({ costCenter }) => costCenter),
  text("session", ({ session }) => session),
  text("user", ({ user }) => user),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("model_reported", ({ modelReported }) => modelReported),
  text("tier", ({ tier }) => tier),
  text("operation", ({ operation }) => operation),
  count("calls", ({ calls }) => calls),
  ...TOKEN_CLASSES.map((name) =>
    count<LedgerEvent>(`${name}_tokens`, ({ tokens }) => tokens?.[name]),
  ),
  json("units", ({ units }) => units),
  text("tool", ({ tool }) => tool),
  text("status", ({ status }) => status),
  text("error_type", ({ errorType }) => errorType),
  count("attempt", ({ attempt }) => attempt),
  amount("list_cost", ({ listCost }) => listCost),
  amount("cost", ({ cost }) => cost),
  amount("reported_cost", ({ reportedCost }) => reportedCost),
  text("currency", () => CURRENCY),
  text("cost_status", ({ costStatus }) => costStatus),
  text("funding", ({ funding }) => funding),
  json("flags", ({ flags }) => flags),
  text("rate_set_id", ({ rateSetId }) => rateSetId),
  text("rule_id", ({ ruleId }) => ruleId),
  json("attributes", ({ attributes }) => attributes),
];

function json(name: string, of: (row: LedgerEvent) => unknown): Column<LedgerEvent> {
  return { name, kind: "json", isSummed: false, cell: (row) => JSON.stringify(of(row)) };
}
