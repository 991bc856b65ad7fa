import type { Tokens } from "#lib/usage/tokens.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { readTable } from "./csv-table.ts";
import { attributesOf, importEvent, present } from "./import-event.ts";
import {
  asRow,
  type Row,
  RowError,
  readAmount,
  readCount,
  readText,
  readTime,
} from "./import-row.ts";
import { readJson } from "./json-reader.ts";
import type { PendingRow } from "./parse-import.ts";

const MODEL_SERVICES: readonly (readonly [RegExp, string])[] = [
  [/vertex ai/i, "gcp.vertex_ai"],
  [/gemini api|generative language/i, "gcp.gemini"],
];

/** Which class a SKU's tokens are of; the first that matches the description. */
const CLASSES: readonly (readonly [RegExp, keyof Tokens])[] = [
  [
    /cach(?:e|ed|ing)\b.*\b(?:1h|1 hour)\b.*write|cach\w*\b.*write.*\b(?:1h|1 hour)\b/i,
    "cache_write_1h",
  ],
  [/cach\w*\b.*\bwrit/i, "cache_write_5m"],
  [/cach(?:e|ed|ing)\b/i, "cache_read"],
  [/\b(?:output|response|thinking)\b/i, "output"],
  [/\b(?:input|prompt|embedding)/i, "input_uncached"],
];

const MODELS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /gemini[ -](\d+(?:\.\d+)?)[ -](pro|flash[ -]lite|flash|ultra|nano)/i,
    (m) => `gemini-${m[1]}-${m[2]}`,
  ],
  [/claude[ -](opus|sonnet|haiku)[ -](\d+(?:[.-]\d+)?)/i, (m) => `claude-${m[1]}-${m[2]}`],
  [/claude[ -](\d+(?:\.\d+)?)[ -](opus|sonnet|haiku)/i, (m) => `claude-${m[1]}-${m[2]}`],
];

/**
 * Rows of Cloud Billing's BigQuery export `gcp_billing_export_v1_*`
 * (cloud.google.com/billing/docs/how-to/export-data-bigquery-tables): JSON, one
 * object a line, or CSV with names such as `sku.description` or
 * `sku_description`. Rows of other services are passed over, for an export
 * holds the whole cloud bill. Each row is one SKU: one token class of one model.
 *
 * A row has no id of its own; all that it says but its figures names it.
 */
export function* googleBillingRows(text: string): Generator<PendingRow> {
  if (/^\ufeff?\s*[[{]/.test(text)) {
    for (const { line, value } of readJson(text)) {
      const rows = Array.isArray(value) ? value : [value];
      for (const [index, row] of rows.entries()) {
        yield { line: line + index, read: () => readBilling(asRow(row, "a row")) };
      }
    }
  } else {
    for (const { line, read } of readTable(text).rows)
      yield { line, read: () => readBilling(read()) };
  }
}

function readBilling(row: Row): UsageEvent | null {
  const service = at(row, "service.description") ?? "";
  const provider = MODEL_SERVICES.find(([pattern]) => pattern.test(service))?.[1];
  if (provider === undefined) return null;
  const sku = at(row, "sku.description");
  if (sku === null) throw new RowError("sku.description is missing");
  const model = modelOf(sku);
  const project = at(row, "project.id");
  const labels = readLabels(row.labels);
  const tokens = readTokens(row, sku, model);
  return importEvent({
    source: "google-billing",
    key: keyOf(row, sku, labels),
    startedAtMs: timeAt(row, "usage_start_time"),
    witness: "aggregate",
    calls: 0,
    provider,
    model,
    operation: /embedding/i.test(sku) ? "embeddings" : "generate_content",
    tier: /\bbatch\b/i.test(sku) ? "batch" : null,
    region: at(row, "location.region"),
    tokens,
    flags: tokens === null ? ["split_unknown"] : [],
    reportedCost: isUsd(row) ? readAmount(row, "cost") : null,
    identityOf: present({ project }),
    attributes: attributesOf({
      sku,
      service_description: service,
      cost: readAmount(row, "cost"),
      currency: at(row, "currency"),
      ...labels,
    }),
  });
}

/** Null for what is no count of tokens of a known class: characters, hours, requests, storage. */
function readTokens(row: Row, sku: string, model: string | null): Tokens | null {
  const unit = at(row, "usage.pricing_unit") ?? at(row, "usage.unit") ?? "count";
  const tokenClass = CLASSES.find(([pattern]) => pattern.test(sku))?.[1];
  const counted = /^(?:count|tokens?|1)$/i.test(unit) && !/storage|character|request/i.test(sku);
  if (tokenClass === undefined || !counted || (model === null && !/token/i.test(sku))) return null;
  const amount = nested(row, "usage.amount") ?? nested(row, "usage.amount_in_pricing_units");
  return { ...NO_TOKENS, [tokenClass]: readCount({ "usage.amount": amount }, "usage.amount") };
}

function modelOf(sku: string): string | null {
  for (const [pattern, name] of MODELS) {
    const match = pattern.exec(sku);
    if (match !== null) return name(match).toLowerCase().replace(/ /g, "-");
  }
  return null;
}

function keyOf(row: Row, sku: string, labels: Readonly<Record<string, string>>): (string | null)[] {
  const names = [
    "billing_account_id",
    "project.id",
    "sku.id",
    "usage_start_time",
    "usage_end_time",
    "location.region",
    "cost_type",
    "export_time",
  ];
  return [
    sku,
    ...names.map((name) => at(row, name)),
    JSON.stringify(Object.entries(labels).sort()),
  ];
}

/** Request labels, `[{key, value}]`, as `label.KEY`. */
function readLabels(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) return {};
  const labels: Record<string, string> = {};
  for (const item of value) {
    const label = asRow(item, "a label");
    const key = readText(label, "key");
    const text = readText(label, "value");
    if (key !== null && text !== null) labels[`label.${key}`] = text;
  }
  return labels;
}

function isUsd(row: Row): boolean {
  return (at(row, "currency") ?? "USD").toUpperCase() === "USD";
}

function timeAt(row: Row, name: string): number {
  return readTime({ [name]: nested(row, name) }, name);
}

function at(row: Row, name: string): string | null {
  return readText({ [name]: nested(row, name) }, name);
}

/** `sku.description` nested, or as one column under that name or with an underscore. */
function nested(row: Row, name: string): unknown {
  const flat = row[name] ?? row[name.replace(".", "_")];
  const [head = "", tail] = name.split(".");
  const inner = row[head];
  if (flat !== undefined || tail === undefined) return flat;
  return typeof inner === "object" && inner !== null ? (inner as Row)[tail] : undefined;
}
