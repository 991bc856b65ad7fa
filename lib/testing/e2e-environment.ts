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

const WEB_PORT = 3900;
const OTLP_HTTP_PORT = 3918;
const OTLP_GRPC_PORT = 3917;

/** Set by the first process that asks; the server and the workers inherit it. */
const DIRECTORY_VARIABLE = "OUTLAY_E2E_DIRECTORY";

/**
 * The same for the server and for every spec: ports away from the usual ones, a
 * fixed key, and a directory of this run. There is no admin: the first one sets
 * it up by the printed link, as people do.
 */
export function e2eEnvironment(): E2eEnvironment {
  const directory = e2eDirectory();
  const apiKey = "outlay_ak_e2e0000000000000000000000000000";
  return {
    webUrl: `http://127.0.0.1:${WEB_PORT}`,
    otlpUrl: `http://127.0.0.1:${OTLP_HTTP_PORT}`,
    apiKey,
    outputFile: join(directory, "output.txt"),
    variables: {
      PORT: String(WEB_PORT),
      OTLP_HTTP_PORT: String(OTLP_HTTP_PORT),
      OTLP_GRPC_PORT: String(OTLP_GRPC_PORT),
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
