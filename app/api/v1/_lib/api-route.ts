import { apiViewer } from "#app/_server/api-viewer.ts";
import { context } from "#app/_server/context.ts";
import { isForeignRequest } from "#app/_server/foreign-request.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordRefusal } from "#lib/audit/record-refusal.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { type API_ACCESS, type ApiName, accessOf, mayUse } from "./api-access.ts";
import { apiProblem, methodNotAllowed } from "./problem.ts";
import { recordExport } from "./record-export.ts";
import { recordRequest } from "./request-metrics.ts";

/** One authenticated request. */
export type ApiCall = {
  readonly request: Request;
  readonly url: URL;
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly viewer: Viewer;
  readonly sql: SqlClient;
  readonly nowMs: number;
};

type Handler = (call: ApiCall) => Promise<Response> | Response;
/** Next gives no parameters to addresses without any. */
type RouteContext = {
  readonly params: Promise<Record<string, string | string[] | undefined> | undefined>;
};
type RouteHandler = (request: Request, route: RouteContext) => Promise<Response>;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/**
 * The methods of one API address: each behind the same lock, each failure a
 * problem document, nothing cached. `API_ACCESS` says which methods an address
 * takes; all others answer 405.
 * Anything but GET is a change, for which a key needs `write`, unless it is
 * said to be a question.
 *
 * @param name The address as `API_ACCESS` and the metrics name it, for example
 *   "/usage".
 */
export function apiRoute<Name extends ApiName>(
  name: Name,
  taken: { readonly [M in keyof (typeof API_ACCESS)[Name]]: Handler },
  { questions = ["GET"] }: { readonly questions?: readonly Method[] } = {},
): { readonly [M in Method]: RouteHandler } {
  const handlers: { readonly [M in Method]?: Handler } = taken;
  const allowed = METHODS.filter((method) => handlers[method] !== undefined);
  const entries = METHODS.map((method) => {
    const handler = handlers[method];
    return [
      method,
      async (request: Request, route: RouteContext): Promise<Response> => {
        const startedAt = performance.now();
        const response =
          handler === undefined
            ? methodNotAllowed(allowed)
            : await answer(handler, request, route, {
                name,
                isQuestion: questions.includes(method),
              });
        recordRequest(name, method, response.status, performance.now() - startedAt);
        return response;
      },
    ] as const;
  });
  return Object.fromEntries(entries) as { readonly [M in Method]: RouteHandler };
}

/** JSON that no cache keeps: figures change and belong to their viewer. */
export function json(body: unknown): Response {
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}

async function answer(
  handler: Handler,
  request: Request,
  route: RouteContext,
  what: { readonly name: ApiName; readonly isQuestion: boolean },
): Promise<Response> {
  let viewer: Viewer | null = null;
  try {
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries((await route.params) ?? {})) {
      if (typeof value === "string") params[name] = value;
    }
    viewer = await apiViewer(request.headers);
    requirePermission(viewer, request, what);
    const url = new URL(request.url);
    const call = { request, url, params, viewer, sql: context().sql, nowMs: Date.now() };
    const response = await handler(call);
    await recordExport(context().db, viewer, url, response.headers);
    return response;
  } catch (error) {
    if (viewer !== null && error instanceof AppError && error.code === "forbidden") {
      await tellRefusal(viewer, request);
    }
    return apiProblem(error);
  }
}

/** @throws {AppError} "forbidden" for lesser roles, keys without the scope, and pages of other sites. */
function requirePermission(
  viewer: Viewer,
  request: Request,
  { name, isQuestion }: { readonly name: ApiName; readonly isQuestion: boolean },
): void {
  const access = accessOf(name, request.method === "HEAD" ? "GET" : request.method);
  if (access === undefined || !mayUse(viewer, access)) {
    throw new AppError("Your role or teams do not allow this", { code: "forbidden" });
  }
  const scope = isQuestion ? "read" : "write";
  if (viewer.kind === "key" && viewer.scopes?.includes(scope) !== true) {
    throw new AppError(`This key has not the scope ${scope}`, { code: "forbidden" });
  }
  if (viewer.kind === "user" && !isQuestion && isForeignRequest(request.headers)) {
    throw new AppError("Sent from a page of another site", { code: "forbidden" });
  }
}

async function tellRefusal(viewer: Viewer, request: Request): Promise<void> {
  const asked = `${request.method} ${new URL(request.url).pathname}`;
  await recordRefusal(context().db, viewer, asked, new Date());
}
