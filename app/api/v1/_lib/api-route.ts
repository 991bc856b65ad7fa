import { apiViewer } from "#app/_server/api-viewer.ts";
import { context } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { apiProblem, methodNotAllowed } from "./problem.ts";
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
 * problem document, nothing cached. Methods without a handler answer 405.
 *
 * @param name The address as the metrics show it, for example "/usage".
 */
export function apiRoute(
  name: string,
  handlers: { readonly [M in Method]?: Handler },
): { readonly [M in Method]: RouteHandler } {
  const allowed = METHODS.filter((method) => handlers[method] !== undefined);
  const entries = METHODS.map((method) => {
    const handler = handlers[method];
    return [
      method,
      async (request: Request, route: RouteContext): Promise<Response> => {
        const startedAt = performance.now();
        const response =
          handler === undefined ? methodNotAllowed(allowed) : await answer(handler, request, route);
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

async function answer(handler: Handler, request: Request, route: RouteContext): Promise<Response> {
  try {
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries((await route.params) ?? {})) {
      if (typeof value === "string") params[name] = value;
    }
    return await handler({
      request,
      url: new URL(request.url),
      params,
      viewer: await apiViewer(request.headers),
      sql: context().sql,
      nowMs: Date.now(),
    });
  } catch (error) {
    return apiProblem(error);
  }
}
