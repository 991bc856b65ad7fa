import { z } from "zod";
import { ToolCallParameters } from "#lib/exports/kinds/tool-calls.ts";
import { ANOMALY_OPERATIONS } from "./anomaly-operations.ts";
import { AuditBody, AuditParameters } from "./audit.ts";
import { BUDGET_OPERATIONS } from "./budget-operations.ts";
import { CLOSE_OPERATIONS } from "./close-operations.ts";
import { COST_OPERATIONS } from "./cost-operations.ts";
import { QualityBody, QualityParameters } from "./data-quality.ts";
import { EventParameters, EventsBody } from "./events.ts";
import { EXPORT_OPERATIONS } from "./export-operations.ts";
import { FORECAST_OPERATIONS } from "./forecast-operations.ts";
import { HISTORY_OPERATIONS } from "./history-operations.ts";
import { KeyBody, KeySecretBody, KeysBody, NewKeyInput, RotationInput } from "./keys.ts";
import { ORGANIZATION_OPERATIONS } from "./organization-operations.ts";
import { PRICE_OPERATIONS } from "./price-operations.ts";
import { ReceiptBody } from "./receipt.ts";
import { RECONCILIATION_OPERATIONS } from "./reconciliation-operations.ts";
import { SCHEDULE_OPERATIONS } from "./schedule-operations.ts";
import { SessionBody, SessionParameters, SessionsBody, SessionsParameters } from "./sessions.ts";
import { ToolCallsBody } from "./tool-calls.ts";
import { UsageBody, UsageParameters } from "./usage.ts";
import { UsageChangeBody, UsageChangeParameters } from "./usage-changes.ts";
import { WEBHOOK_OPERATIONS } from "./webhook-operations.ts";

export type Operation = {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By content type; null for text. */
  readonly answer: { readonly type: string; readonly schema: z.ZodType | null };
};

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

const OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/usage",
    summary: "Usage and cost by bucket and group",
    query: UsageParameters,
    answer: json(UsageBody),
  },
  {
    method: "get",
    path: "/usage/changes",
    summary: "Why cost changed between two periods: volume, tokens for each call, mix and price",
    query: UsageChangeParameters,
    answer: json(UsageChangeBody),
  },
  {
    method: "get",
    path: "/events",
    summary: "Rows of the ledger, newest first",
    query: EventParameters,
    answer: json(EventsBody),
  },
  {
    method: "get",
    path: "/events/{id}/receipt",
    summary: "How one event came to its cost",
    answer: json(ReceiptBody),
  },
  {
    method: "get",
    path: "/data-quality",
    summary: "Rejected, unpriced, unallocated and uncounted telemetry, with examples",
    query: QualityParameters,
    answer: json(QualityBody),
  },
  {
    method: "get",
    path: "/sessions",
    summary: "Sessions, the latest first",
    query: SessionsParameters,
    answer: json(SessionsBody),
  },
  {
    method: "get",
    path: "/sessions/{id}",
    summary: "One session as a tree with subtotals",
    query: SessionParameters,
    answer: json(SessionBody),
  },
  {
    method: "get",
    path: "/tool-calls",
    summary: "Tool calls by how they ended",
    query: ToolCallParameters,
    answer: json(ToolCallsBody),
  },
  ...ORGANIZATION_OPERATIONS,
  {
    method: "get",
    path: "/audit",
    summary: "Who changed what, newest first; for admins",
    query: AuditParameters,
    answer: json(AuditBody),
  },
  { method: "get", path: "/keys", summary: "All keys, for admins", answer: json(KeysBody) },
  {
    method: "post",
    path: "/keys",
    summary: "Make a key; its secret is shown this once",
    body: NewKeyInput,
    answer: json(KeySecretBody),
  },
  { method: "get", path: "/keys/{id}", summary: "One key", answer: json(KeyBody) },
  {
    method: "delete",
    path: "/keys/{id}",
    summary: "End a key at once",
    answer: json(z.strictObject({ id: z.string(), revoked: z.literal(true) })),
  },
  {
    method: "post",
    path: "/keys/{id}/rotate",
    summary: "Give a key a new secret; the old one works until a moment of your choice",
    body: RotationInput,
    answer: json(KeySecretBody),
  },
  ...ANOMALY_OPERATIONS,
  ...BUDGET_OPERATIONS,
  ...HISTORY_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...CLOSE_OPERATIONS,
  ...RECONCILIATION_OPERATIONS,
  ...COST_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...FORECAST_OPERATIONS,
  ...PRICE_OPERATIONS,
  {
    method: "get",
    path: "/stream",
    summary:
      "Server-sent events: usage, with the totals of today; alert, with messages on budgets; anomaly, with what was opened or resolved; beat, so that silence means a lost connection",
    answer: { type: "text/event-stream", schema: null },
  },
];

const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: "Stable; made for programs" }),
  errors: z
    .array(z.strictObject({ parameter: z.string(), detail: z.string() }))
    .optional()
    .meta({ description: "Every mistake of a bad request" }),
});

/** The OpenAPI 3.1 description of this API, made from the schemas that the routes validate with. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationBody(operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Outlay",
      version: "1",
      description:
        "Amounts are exact decimals in text; times are ISO 8601 in UTC; null is unknown. " +
        "`from` is inclusive, `to` exclusive.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
      },
    },
  };
}

function operationBody({ method, path, summary, query, body, answer }: Operation) {
  return {
    summary,
    operationId: `${method}${path.replaceAll(/[^a-z]+/g, "_").replace(/_$/, "")}`,
    parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: jsonSchema(body, "input") } },
          },
        }),
    responses: {
      200: {
        description: "OK",
        content: {
          [answer.type]: {
            schema:
              answer.schema === null ? { type: "string" } : jsonSchema(answer.schema, "output"),
          },
        },
      },
      default: {
        description: "A problem (RFC 9457)",
        content: { "application/problem+json": { schema: jsonSchema(Problem, "output") } },
      },
    },
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject) {
  const { properties = {}, required = [] } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

/** Checks that JSON Schema cannot say (a known time zone) are left to the description. */
function jsonSchema(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
