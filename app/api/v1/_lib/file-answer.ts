import { context } from "#app/_server/context.ts";
import type { ControlTotals, EarlyTotals } from "#lib/exports/control.ts";
import type { ExportName } from "#lib/exports/export-list.ts";
import { ExportRequest, type Format } from "#lib/exports/export-request.ts";
import { type OpenedExport, openExport } from "#lib/exports/open-export.ts";
import { queryText } from "#lib/exports/query-parameters.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import type { ApiCall } from "./api-route.ts";
import { iso } from "./iso.ts";
import { rawQuery } from "./query.ts";

/** A table as a download, with its control totals in the headers. */
export async function fileAnswer(
  call: ApiCall,
  name: ExportName,
  format: Format,
): Promise<Response> {
  const request = requestOf(call.url, name, format);
  const opened = await open(call, request);
  return new Response(opened.body, {
    headers: { ...fileHeaders(opened), ...totalHeaders(opened.early, request) },
  });
}

/** The control totals of the same file, made once more and thrown away. */
export async function controlAnswer(
  call: ApiCall,
  name: ExportName,
  format: Format,
): Promise<Response> {
  const opened = await open(call, requestOf(call.url, name, format));
  for await (const _ of opened.body);
  return sidecarAnswer(opened.control());
}

/** Control totals as the file beside the file. */
export function sidecarAnswer(control: ControlTotals): Response {
  const link = `${context().config.publicUrl}${control.link}`;
  return Response.json(
    { ...control, link },
    {
      headers: {
        "cache-control": "no-store",
        "content-disposition": `attachment; filename="${control.file}.control.json"`,
        "x-outlay-rows": String(control.rows),
        "x-outlay-as-of": control.as_of,
        ...(control.total === null ? {} : { "x-outlay-total": control.total }),
      },
    },
  );
}

/** What every file is sent with. */
export function fileHeaders({
  fileName,
  mediaType,
}: Pick<OpenedExport, "fileName" | "mediaType">): Record<string, string> {
  return {
    "content-type": mediaType,
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}

function totalHeaders(early: EarlyTotals, request: ExportRequest): Record<string, string> {
  const { flavor } = early;
  const sidecar = queryText({
    ...early.parameters,
    ...(flavor === "excel" ? { flavor } : {}),
  });
  return {
    "x-outlay-as-of": iso(new Date(early.as_of)),
    ...(early.rows === null ? {} : { "x-outlay-rows": String(early.rows) }),
    ...(early.total === null ? {} : { "x-outlay-total": early.total }),
    ...(early.unpriced_calls === null
      ? {}
      : { "x-outlay-unpriced-calls": String(early.unpriced_calls) }),
    "x-outlay-price-book": early.price_book_version,
    "x-outlay-rules": early.rule_version,
    "x-outlay-cost-models": early.cost_model_version,
    "x-outlay-control": `/api/v1/export/${request.export}.${request.format}.control.json?${sidecar}`,
  };
}

function open({ sql, viewer, nowMs, request: { signal } }: ApiCall, request: ExportRequest) {
  return openExport(sql, viewer, request, new Date(nowMs), { pace: "attended", signal });
}

/** @throws {ParameterError} */
function requestOf(url: URL, name: ExportName, format: Format): ExportRequest {
  const raw = rawQuery(url.searchParams);
  const { flavor, ...rest } = raw;
  const isCsv = format === "csv";
  const parsed = ExportRequest.safeParse({
    ...{ export: name, format },
    ...(isCsv && flavor !== undefined ? { flavor } : {}),
    parameters: isCsv ? rest : raw,
  });
  if (parsed.success) return parsed.data;
  throw parameterError(parsed.error, []);
}
