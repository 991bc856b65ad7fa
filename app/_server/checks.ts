import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { keyViewer } from "#lib/access/key-viewer.ts";
import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordRefusal } from "#lib/audit/record-refusal.ts";
import type { Database } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { Log } from "#lib/log.ts";
import { Checker } from "#lib/spend-check/checker.ts";
import { answerCheck, setChecker } from "../api/v1/_lib/check.ts";
import { apiProblem } from "../api/v1/_lib/problem.ts";
import { parseJson } from "../api/v1/_lib/request-json.ts";
import { recordRequest } from "../api/v1/_lib/request-metrics.ts";
import { keyIn } from "./key-in.ts";

export type Checks = {
  /** Whether the request was one of ours, and is answered. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Fulfils once checks are answered from memory; not while the database is away. */
  readonly started: Promise<unknown>;
  readonly stop: () => Promise<void>;
};

const PATH = "/api/v1/check";
const MOST_BYTES = 16_384;
const RETRY_MS = 2_000;
/** So long a key is believed without asking; a revoked one is forgotten at once. */
const TRUST_MS = 10_000;
const MOST_KEYS = 10_000;

/**
 * The fast way to `POST /api/v1/check`, past the pages: a gateway asks it before
 * every call. Requests without a key (a signed-in person's) take the usual way.
 */
export function startChecks({
  database,
  publicUrl,
  log,
}: {
  readonly database: Database;
  readonly publicUrl: string;
  readonly log: Log;
}): Checks {
  const { sql, db } = database;
  const stopping = new AbortController();
  const keys = new Map<string, { readonly viewer: Viewer; readonly untilMs: number }>();
  const begin = async (): Promise<Checker | null> => {
    while (!stopping.signal.aborted) {
      try {
        await sql.listen(PLAN_CHANNEL, () => keys.clear());
        const checker = await Checker.start({ sql, publicUrl, log, clock: Date.now });
        setChecker(checker);
        return checker;
      } catch (error) {
        log.warn("checks cannot start yet", { error: error as Error });
        await sleep(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    return null;
  };
  const started = begin();

  const viewerOf = async (secret: string): Promise<Viewer> => {
    const known = keys.get(secret);
    if (known !== undefined && known.untilMs > Date.now()) return known.viewer;
    const viewer = await keyViewer(database, secret, new Date());
    if (viewer === null) {
      throw new AppError("This is no valid API key", { code: "unauthenticated" });
    }
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(secret, { viewer, untilMs: Date.now() + TRUST_MS });
    return viewer;
  };

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    secret: string,
  ): Promise<void> => {
    const startedAt = performance.now();
    let viewer: Viewer | null = null;
    try {
      viewer = await viewerOf(secret);
      const body = answerCheck(viewer, parseJson(await readBody(request)));
      send(response, 200, "application/json", JSON.stringify(body));
    } catch (error) {
      if (viewer !== null && error instanceof AppError && error.code === "forbidden") {
        await recordRefusal(db, viewer, `POST ${PATH}`, new Date());
      }
      await sendProblem(response, error);
    }
    recordRequest("/check", "POST", response.statusCode, performance.now() - startedAt);
  };

  return {
    started,
    answer: (request, response) => {
      if (request.method !== "POST" || request.url !== PATH) return false;
      const { authorization, "x-api-key": apiKey } = request.headers;
      const secret = keyIn(authorization, typeof apiKey === "string" ? apiKey : undefined);
      if (secret === null) return false;
      answer(request, response, secret).catch((error: Error) => {
        log.error("a check failed", { error });
        response.destroy();
      });
      return true;
    },
    stop: async () => {
      stopping.abort();
      await (await started)?.stop();
    },
  };
}

/** By events: to walk a body piece by piece costs more than to answer it. */
function readBody(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
    else reject(new AppError("The body is larger than 16 KiB", { code: "too_large" }));
  });
  request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  request.once("error", reject);
  return promise;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

async function sendProblem(response: ServerResponse, error: unknown): Promise<void> {
  const problem = apiProblem(error);
  for (const [name, value] of problem.headers) response.setHeader(name, value);
  send(response, problem.status, "application/problem+json", await problem.text());
}
