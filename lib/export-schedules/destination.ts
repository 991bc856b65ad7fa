import { z } from "zod";
import type { Tx } from "#lib/db/client.ts";
import { parseUrl } from "#lib/http/guarded-request.ts";

const Part = "[A-Za-z0-9_=][A-Za-z0-9_.=-]{0,99}";
const PATH = new RegExp(`^${Part}(/${Part}){0,19}$`);
const PATH_RULE =
  "must be folder names separated by /, of letters, digits, dots, dashes, underscores and =";
const Path = z.string().trim().max(500).regex(PATH, PATH_RULE);

/** Where files go, without what is secret. */
export const DestinationSettings = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("directory"),
    path: Path.meta({ description: "Below the directory that OUTLAY_EXPORT_DIR names" }),
  }),
  z.strictObject({
    kind: z.literal("s3"),
    endpoint: z
      .string()
      .trim()
      .refine(
        isOrigin,
        "must be a URL without a path, such as https://s3.eu-central-1.amazonaws.com",
      ),
    region: z
      .string()
      .trim()
      .regex(/^[a-z0-9-]{1,60}$/, "must be like eu-central-1")
      .default("us-east-1"),
    bucket: z
      .string()
      .trim()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "must be 3 to 63 small letters, digits, dots and dashes",
      ),
    prefix: z.union([z.literal(""), Path]).default(""),
  }),
  z.strictObject({
    kind: z.literal("webhook"),
    webhook_id: z
      .uuid()
      .meta({ description: "Of an endpoint: it gets `export.ready` with a link" }),
  }),
]);
export type DestinationSettings = z.output<typeof DestinationSettings>;

/** What opens a storage. */
export const StorageKeys = z.strictObject({
  access_key_id: z.string().trim().min(1).max(200),
  secret_access_key: z.string().trim().min(1).max(500),
});
export type StorageKeys = z.output<typeof StorageKeys>;

export const KEYS_PURPOSE = "export_storage_keys";

/** A file to be read once, from its first byte to its last. */
export type OutgoingFile = {
  readonly runId: string;
  /** Of letters, digits, dots, dashes and underscores. */
  readonly name: string;
  readonly mediaType: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** What lies beside it as `NAME.control.json`; known after the last byte. */
  readonly sidecar: () => string;
};

export type Delivered = {
  /** For the log. */
  readonly location: string;
  /** What has to be written together with the log's entry. @returns an event's id. */
  readonly announce?: (tx: Tx) => Promise<string>;
};

/** A place for files. Both functions may be repeated: what is there under the name is replaced, whole. */
export type Destination = {
  readonly deliver: (file: OutgoingFile, signal: AbortSignal) => Promise<Delivered>;
  /** Writes a few bytes and takes them away again. */
  readonly test: (signal: AbortSignal) => Promise<Delivered>;
};

/** Where to, in one line. */
export function shownDestination(settings: DestinationSettings): string {
  switch (settings.kind) {
    case "directory":
      return settings.path;
    case "s3":
      return `${settings.endpoint}/${storageKey(settings, "")}`;
    case "webhook":
      return settings.webhook_id;
  }
}

/** `bucket/prefix/name`. */
export function storageKey(
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  name: string,
): string {
  return [bucket, prefix, name].filter((part) => part !== "").join("/");
}

function isOrigin(text: string): boolean {
  try {
    const { pathname, search, hash } = parseUrl(text);
    return pathname === "/" && search === "" && hash === "" && !text.endsWith("/");
  } catch {
    return false;
  }
}
