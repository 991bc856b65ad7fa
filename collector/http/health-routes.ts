import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "./answer.ts";

export type HealthRoutes = {
  /** Whether exports can be stored now. A rejection counts as no. */
  readonly isReady: () => Promise<boolean>;
  readonly metricsText: () => string | Promise<string>;
  readonly isStopping: () => boolean;
};

const TEXT = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
const PROMETHEUS = { ...TEXT, "content-type": "text/plain; version=0.0.4; charset=utf-8" };

/** Serves `/healthz`, `/readyz` and `/metrics`; false when the path is none of them. */
export async function serveHealth(
  routes: HealthRoutes,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  switch (path) {
    case "/healthz":
      answer(response, 200, TEXT, "ok\n");
      return true;
    case "/readyz": {
      const ready = !routes.isStopping() && (await routes.isReady().catch(() => false));
      answer(response, ready ? 200 : 503, TEXT, ready ? "ready\n" : "not ready\n");
      return true;
    }
    case "/metrics":
      answer(response, 200, PROMETHEUS, await routes.metricsText());
      return true;
    default:
      return false;
  }
}
