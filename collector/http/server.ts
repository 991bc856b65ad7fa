import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "#lib/errors.ts";
import type { OtlpServer } from "../otlp/otlp-server.ts";
import type { Receiver } from "../otlp/receiver.ts";
import { answerFailure } from "./answer.ts";
import { type Exchange, type ExportRoute, serveExport, signalOfPath } from "./export-route.ts";
import { type HealthRoutes, serveHealth } from "./health-routes.ts";

export type OtlpHttpOptions<Key> = {
  readonly receiver: Receiver<Key>;
  readonly isReady: () => Promise<boolean>;
  /** What `/metrics` answers, in Prometheus text; the receiver's own when left out. */
  readonly metricsText?: () => Promise<string>;
  /** Browser origins that may export; none by default. */
  readonly corsOrigins?: readonly string[];
};

const HEADERS_TIMEOUT_MS = 20_000;
/** For a whole request, so that a body of single bytes does not hold its memory for ever. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than the 60 s after which common load balancers drop an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** OTLP/HTTP with `/healthz`, `/readyz` and `/metrics` on the same port. */
export function createOtlpHttpServer<Key>(options: OtlpHttpOptions<Key>): OtlpServer {
  const { receiver } = options;
  let stopping = false;
  const isStopping = () => stopping;
  const routes: Routes<Key> = {
    export: { receiver, corsOrigins: new Set(options.corsOrigins), isStopping },
    health: {
      isReady: options.isReady,
      isStopping,
      metricsText:
        options.metricsText ??
        (() => receiver.metrics.toPrometheus(receiver.bytesInFlight.current())),
    },
  };
  const serve = (awaitsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) =>
    void route(routes, { request, response, awaitsContinue });

  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    serve(false),
  );
  server.on("checkContinue", serve(true));
  return {
    listen: (port, host) => listen(server, port, host),
    stop: (deadlineMs) => {
      stopping = true;
      return close(server, deadlineMs);
    },
  };
}

type Routes<Key> = { readonly export: ExportRoute<Key>; readonly health: HealthRoutes };

/** Never rejects: what fails here has no caller but the sender. */
async function route<Key>(routes: Routes<Key>, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const { failure } = routes.export.receiver;
  try {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const signal = signalOfPath(path);
    if (signal !== undefined) await serveExport(routes.export, signal, exchange);
    else if (!(await serveHealth(routes.health, path, request, response))) {
      const message = "not found; export to /v1/traces, /v1/logs or /v1/metrics";
      answerFailure(response, failure(new AppError(message, { code: "not_found" })), "json");
    }
  } catch (error) {
    answerFailure(response, failure(error), "json");
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
    // Closes the idle connections too; the busy ones are told to close in their answer.
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
