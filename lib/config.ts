import { BlockList, isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors.ts";

/** What a process of Outlay is told by its environment. */
export type Config = {
  /** Null: the embedded Postgres of the data directory. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly otlp: { readonly host: string; readonly httpPort: number; readonly grpcPort: number };
  /** Signs sessions and encrypts stored secrets. Null: the one kept in the data directory. */
  readonly secret: string | null;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly firstStart: FirstStart;
  /** Of one OTLP request, before and after decompression. */
  readonly maxBodyBytes: number;
  /** Between which the collector shares its work; null: one for each core, at most four. */
  readonly collectorProcesses: number | null;
  /** CIDR ranges that webhooks may reach although they are private. */
  readonly webhookAllow: readonly string[];
  /** Absolute: scheduled exports may be written below it. Null: to no directory. */
  readonly exportDir: string | null;
  /** Null: no mail is sent, and links are shown instead. */
  readonly mail: MailSettings | null;
  /** CIDR ranges of the reverse proxies whose `x-forwarded-for` is believed. */
  readonly trustedProxies: readonly string[];
};

/** The operator's SMTP server, and who the letters are from. */
export type MailSettings = { readonly smtpUrl: string; readonly from: string };

/** What an unattended first start creates; later starts ignore it. */
export type FirstStart = {
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  readonly ingestKey: string | null;
  readonly apiKey: string | null;
};

/** The configuration of a process that serves: web, collector or worker. */
export type ServiceConfig = Config & { readonly databaseUrl: string; readonly secret: string };

type Env = Readonly<Record<string, string | undefined>>;

const PORT_RULE = "must be a whole number from 1 to 65535";
const KEY_RULE = "must be 8 to 200 characters of printable ASCII without spaces";

const port = (fallback: number) => wholeNumber(1, 65_535, fallback, PORT_RULE);
const key = z.string().regex(/^[\x21-\x7e]{8,200}$/, KEY_RULE);

const Environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "must be a URL that starts with postgres://" })
    .optional(),
  OUTLAY_DATA_DIR: z.string().default(".outlay"),
  OUTLAY_HOST: z.string().default("127.0.0.1"),
  PORT: port(3000),
  OTLP_HOST: z.string().default("127.0.0.1"),
  OTLP_HTTP_PORT: port(4318),
  OTLP_GRPC_PORT: port(4317),
  OUTLAY_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  OUTLAY_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be a URL that starts with http:// or https://" })
    .optional(),
  OUTLAY_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  OUTLAY_ADMIN_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
  OUTLAY_INGEST_KEY: key.optional(),
  OUTLAY_API_KEY: key.optional(),
  OUTLAY_MAX_BODY_BYTES: wholeNumber(
    1024,
    1024 ** 3,
    67_108_864,
    "must be a whole number of bytes from 1024 to 1073741824",
  ),
  OUTLAY_COLLECTOR_PROCESSES: z
    .string()
    .regex(/^([1-9]|[1-5]\d|6[0-4])$/, "must be a whole number from 1 to 64")
    .transform(Number)
    .optional(),
  OUTLAY_WEBHOOK_ALLOW: cidrRanges(),
  OUTLAY_EXPORT_DIR: z.string().max(1_000).startsWith("/", "must be an absolute path").optional(),
  OUTLAY_TRUSTED_PROXIES: cidrRanges(),
  OUTLAY_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be a URL that starts with smtp:// or smtps://" })
    .optional(),
  OUTLAY_MAIL_FROM: z
    .string()
    .max(320)
    .regex(
      /^([^<>\r\n"]* <)?[^\s<>@,]+@[^\s<>@,]+>?$/,
      "must be like outlay@example.com or Outlay <outlay@example.com>",
    )
    .optional(),
});

/**
 * Reads the environment, once, at a process's start. No other module looks at
 * it. A variable set to nothing counts as not set.
 *
 * @throws {AppError} "invalid", naming every mistake at once and no value.
 */
export function readConfig(env: Env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ""));
  const parsed = Environment.safeParse(set);
  const mistakes = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  mistakes.push(...contradictions(set));
  if (!parsed.success || mistakes.length > 0) throw badEnvironment(mistakes);
  return toConfig(parsed.data);
}

/**
 * Reads the configuration of a process that serves, which must be told its
 * database and secret; `npm start` passes both on.
 *
 * @throws {AppError} "invalid" as `readConfig`, also when one of the two is missing.
 */
export function readServiceConfig(env: Env): ServiceConfig {
  const config = readConfig(env);
  const { databaseUrl, secret } = config;
  if (databaseUrl === null || secret === null) {
    throw badEnvironment(["DATABASE_URL: is needed by a process that runs on its own"]);
  }
  return { ...config, databaseUrl, secret };
}

/** `host:port` as it stands in a URL, with brackets around IPv6. */
export function authority(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function toConfig(env: z.output<typeof Environment>): Config {
  const web = `http://${authority(env.OUTLAY_HOST, env.PORT)}`;
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: resolve(env.OUTLAY_DATA_DIR),
    host: env.OUTLAY_HOST,
    port: env.PORT,
    otlp: { host: env.OTLP_HOST, httpPort: env.OTLP_HTTP_PORT, grpcPort: env.OTLP_GRPC_PORT },
    secret: env.OUTLAY_SECRET ?? null,
    publicUrl: (env.OUTLAY_PUBLIC_URL ?? web).replace(/\/+$/, ""),
    firstStart: {
      adminEmail: env.OUTLAY_ADMIN_EMAIL ?? null,
      adminPassword: env.OUTLAY_ADMIN_PASSWORD ?? null,
      ingestKey: env.OUTLAY_INGEST_KEY ?? null,
      apiKey: env.OUTLAY_API_KEY ?? null,
    },
    maxBodyBytes: env.OUTLAY_MAX_BODY_BYTES,
    collectorProcesses: env.OUTLAY_COLLECTOR_PROCESSES ?? null,
    webhookAllow: env.OUTLAY_WEBHOOK_ALLOW,
    exportDir: env.OUTLAY_EXPORT_DIR === undefined ? null : resolve(env.OUTLAY_EXPORT_DIR),
    mail: mailSettings(env.OUTLAY_SMTP_URL, env.OUTLAY_MAIL_FROM),
    trustedProxies: env.OUTLAY_TRUSTED_PROXIES,
  };
}

function mailSettings(smtpUrl: string | undefined, from: string | undefined): MailSettings | null {
  return smtpUrl === undefined || from === undefined ? null : { smtpUrl, from };
}

/** Mistakes that only show when two variables are held together. */
function contradictions(set: Env): string[] {
  const found: string[] = [];
  if (set.DATABASE_URL !== undefined && set.OUTLAY_SECRET === undefined) {
    found.push("OUTLAY_SECRET: is needed together with DATABASE_URL (at least 16 characters)");
  }
  if ((set.OUTLAY_ADMIN_EMAIL === undefined) !== (set.OUTLAY_ADMIN_PASSWORD === undefined)) {
    found.push("OUTLAY_ADMIN_EMAIL, OUTLAY_ADMIN_PASSWORD: set both or neither");
  }
  if ((set.OUTLAY_SMTP_URL === undefined) !== (set.OUTLAY_MAIL_FROM === undefined)) {
    found.push("OUTLAY_SMTP_URL, OUTLAY_MAIL_FROM: set both or neither");
  }
  const ports = [
    set.PORT ?? "3000",
    set.OTLP_HTTP_PORT ?? "4318",
    set.OTLP_GRPC_PORT ?? "4317",
  ].map(Number);
  if (new Set(ports).size < ports.length) {
    found.push("PORT, OTLP_HTTP_PORT, OTLP_GRPC_PORT: must differ");
  }
  return found;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".")}: ${issue.message}`;
}

function badEnvironment(mistakes: readonly string[]): AppError {
  const heading = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
  return new AppError(
    [`the environment has ${heading}:`, ...mistakes.map((mistake) => `  ${mistake}`)].join("\n"),
    { code: "invalid" },
  );
}

function wholeNumber(lowest: number, highest: number, fallback: number, rule: string) {
  return z
    .string()
    .regex(/^\d{1,10}$/, rule)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest, rule)
    .default(fallback);
}

function cidrRanges() {
  return z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((range) => range !== ""))
    .refine((ranges) => ranges.every(isCidr), "must be CIDR ranges separated by commas");
}

function isCidr(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 6 ? "ipv6" : "ipv4");
    return true;
  } catch {
    return false;
  }
}
