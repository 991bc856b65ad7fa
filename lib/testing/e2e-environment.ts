import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The Outlay that the browser tests talk to, and the key to it. */
export type E2eEnvironment = {
  readonly webUrl: string;
  readonly otlpUrl: string;
  /** An API key of an admin. */
  readonly apiKey: string;
  /** What it has printed so far. */
  readonly outputFile: string;
  /** What `outlay start` is started with, and what commands find it by. */
  readonly variables: Readonly<Record<string, string>>;
};

/** Set by what starts Playwright: the ports of this run, as in "21003,21004,21005". */
export const PORTS_VARIABLE = "OUTLAY_E2E_PORTS";

/** Set by the first process that asks; the server and the workers inherit it. */
const DIRECTORY_VARIABLE = "OUTLAY_E2E_DIRECTORY";

/**
 * The same for the server and for every spec: ports and a directory of this
 * run, and a fixed key. There is no admin: the first one sets it up by the
 * printed link, as people do.
 *
 * @throws {Error} Outside `npm run test:e2e` and `npm test`, which choose the ports.
 */
export function e2eEnvironment(): E2eEnvironment {
  const [web, otlpHttp, otlpGrpc] = process.env[PORTS_VARIABLE]?.split(",") ?? [];
  if (web === undefined || otlpHttp === undefined || otlpGrpc === undefined) {
    throw new Error("start the browser tests with npm run test:e2e");
  }
  const directory = e2eDirectory();
  const apiKey = "outlay_ak_e2e0000000000000000000000000000";
  return {
    webUrl: `http://127.0.0.1:${web}`,
    otlpUrl: `http://127.0.0.1:${otlpHttp}`,
    apiKey,
    outputFile: join(directory, "output.txt"),
    variables: {
      PORT: web,
      OTLP_HTTP_PORT: otlpHttp,
      OTLP_GRPC_PORT: otlpGrpc,
      OUTLAY_DATA_DIR: join(directory, "data"),
      OUTLAY_API_KEY: apiKey,
      OUTLAY_WEBHOOK_ALLOW: "127.0.0.0/8",
    },
  };
}

/** Where this run keeps everything; the server removes it when it stops. */
export function e2eDirectory(): string {
  const known = process.env[DIRECTORY_VARIABLE];
  if (known !== undefined) return known;
  const made = mkdtempSync(join(tmpdir(), "outlay-e2e-"));
  process.env[DIRECTORY_VARIABLE] = made;
  return made;
}
