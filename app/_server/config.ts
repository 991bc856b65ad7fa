import { z } from "zod";

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  OUTLAY_SECRET: z.string().min(16),
  OUTLAY_HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().default(3000),
  OUTLAY_PUBLIC_URL: z.url().optional(),
  OTLP_HOST: z.string().default("127.0.0.1"),
  OTLP_HTTP_PORT: z.coerce.number().int().default(4318),
});

/** What the pages need to know of how Outlay was started. */
export type WebConfig = {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly publicUrl: string;
  /** The base address that agents export to, without a path. */
  readonly otlpUrl: string;
};

/** @throws {Error} naming every variable that is missing or bad, without its value. */
export function readWebConfig(env: NodeJS.ProcessEnv): WebConfig {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    throw new Error(
      `bad environment: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`,
    );
  }
  const { data } = parsed;
  const publicUrl = data.OUTLAY_PUBLIC_URL ?? `http://${data.OUTLAY_HOST}:${data.PORT}`;
  return {
    databaseUrl: data.DATABASE_URL,
    secret: data.OUTLAY_SECRET,
    publicUrl: publicUrl.replace(/\/+$/, ""),
    otlpUrl: `http://${reachableHost(data.OTLP_HOST, publicUrl)}:${data.OTLP_HTTP_PORT}`,
  };
}

/** A wildcard address is where we listen, not where an agent can go: name the host people use. */
function reachableHost(host: string, publicUrl: string): string {
  return host === "0.0.0.0" || host === "::" ? new URL(publicUrl).hostname : host;
}
