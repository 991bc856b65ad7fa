import { z } from "zod";
import { apiViewer } from "#app/_server/api-viewer.ts";
import { context } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordRefusal } from "#lib/audit/record-refusal.ts";
import type { Db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";
import { ScimError } from "#lib/scim/scim-error.ts";

export type ScimCall = {
  readonly request: Request;
  readonly url: URL;
  readonly id: string;
  readonly viewer: Viewer;
  readonly db: Db;
  readonly now: Date;
};
type Handler = (call: ScimCall) => Promise<Response> | Response;
type RouteContext = { readonly params: Promise<{ id?: string } | undefined> };

const MOST_BYTES = 2 * 1024 * 1024;
const STATUS = { unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409 } as const;
const log = createLog("web");

/**
 * One method of a SCIM address: behind a key of an admin with the scope `scim`,
 * each failure in SCIM's words (RFC 7644).
 */
export function scimRoute(handler: Handler) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    try {
      const viewer = await provisioner(request);
      const id = (await route.params)?.id ?? "";
      const { db } = context();
      const url = new URL(request.url);
      return await handler({ request, url, id, viewer, db, now: new Date() });
    } catch (error) {
      return failure(error);
    }
  };
}

/** An answer in SCIM's media type. */
export function scimJson(body: unknown, status = 200): Response {
  return Response.json(body, {
    status,
    headers: { "content-type": "application/scim+json", "cache-control": "no-store" },
  });
}

/** @throws {ScimError} 400 when the body is too large, no JSON, or not what the schema asks. */
export async function scimBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  if (Number(request.headers.get("content-length")) > MOST_BYTES) {
    throw new ScimError("the body is larger than 2 MB", { status: 400, scimType: "invalidValue" });
  }
  const text = await request.text();
  if (text.length > MOST_BYTES)
    throw new ScimError("the body is too large", { status: 400, scimType: "invalidValue" });
  return parse(schema, jsonOf(text));
}

/** @throws {ScimError} 400, naming what is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ScimError(z.prettifyError(parsed.error).slice(0, 1_000), {
    status: 400,
    scimType: "invalidValue",
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScimError("the body is no JSON", { status: 400, scimType: "invalidValue", cause });
  }
}

async function provisioner({ headers, method, url }: Request): Promise<Viewer> {
  if (headers.get("authorization") === null) {
    throw new AppError("Send a key as Authorization: Bearer KEY", { code: "unauthenticated" });
  }
  const viewer = await apiViewer(headers);
  const isAllowed = viewer.role === "admin" && viewer.teams === "all";
  if (isAllowed && viewer.kind === "key" && viewer.scopes?.includes("scim") === true) return viewer;
  const asked = `${method} ${new URL(url).pathname}`;
  await recordRefusal(context().db, viewer, asked, new Date());
  throw new AppError("This needs a key of an admin with the scope scim", { code: "forbidden" });
}

function failure(error: unknown): Response {
  if (error instanceof ScimError) return scimError(error.status, error.message, error.scimType);
  if (error instanceof AppError && error.code in STATUS) {
    return scimError(STATUS[error.code as keyof typeof STATUS], error.message);
  }
  log.error("provisioning failed", { error: error as Error });
  return scimError(500, "Something broke on our side; the log has the details");
}

function scimError(status: number, detail: string, scimType?: string): Response {
  return scimJson(
    {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
      ...(scimType === undefined ? {} : { scimType }),
      detail,
    },
    status,
  );
}
