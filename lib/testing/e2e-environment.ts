/** The Outlay that the browser tests talk to, and the keys to it. */
export type E2eEnvironment = {
  readonly webUrl: string;
  readonly otlpUrl: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly ingestKey: string;
  readonly apiKey: string;
  /** What `outlay start` is started with, besides its data directory. */
  readonly variables: Readonly<Record<string, string>>;
};

const WEB_PORT = 3900;
const OTLP_HTTP_PORT = 3918;
const OTLP_GRPC_PORT = 3917;

/** The same for the server and for every spec: ports away from the usual ones, fixed keys. */
export function e2eEnvironment(): E2eEnvironment {
  const keys = {
    adminEmail: "admin@outlay.test",
    adminPassword: "correct horse battery staple",
    ingestKey: "outlay_ik_e2e0000000000000000000000000000",
    apiKey: "outlay_ak_e2e0000000000000000000000000000",
  };
  return {
    ...keys,
    webUrl: `http://127.0.0.1:${WEB_PORT}`,
    otlpUrl: `http://127.0.0.1:${OTLP_HTTP_PORT}`,
    variables: {
      PORT: String(WEB_PORT),
      OTLP_HTTP_PORT: String(OTLP_HTTP_PORT),
      OTLP_GRPC_PORT: String(OTLP_GRPC_PORT),
      OUTLAY_ADMIN_EMAIL: keys.adminEmail,
      OUTLAY_ADMIN_PASSWORD: keys.adminPassword,
      OUTLAY_INGEST_KEY: keys.ingestKey,
      OUTLAY_API_KEY: keys.apiKey,
      OUTLAY_WEBHOOK_ALLOW: "127.0.0.0/8",
    },
  };
}
