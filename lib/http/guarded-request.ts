import { lookup as systemLookup } from "node:dns/promises";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { urlToHttpOptions } from "node:url";
import { addressGuard } from "./address-guard.ts";
import { RequestFailure, requestFailure } from "./request-failure.ts";

export type GuardedRequest = {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From resolving the name to the last byte. */
  readonly timeoutMs: number;
  /** What is read of the answer's body. */
  readonly maxBytes: number;
};

export type Guard = {
  /** CIDR ranges that may be reached although private, with plain http and any port. */
  readonly allow: readonly string[];
  /** All addresses of a name; default: the system's. */
  readonly resolve?: (hostname: string) => Promise<readonly Resolved[]>;
  readonly signal?: AbortSignal;
};

export type Resolved = { readonly address: string; readonly family: number };

export type GuardedAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** False when the body was longer than `maxBytes` or did not end in time. */
  readonly isComplete: boolean;
};

const LONGEST_URL = 2_000;
const PORTS = ["", "443", "8443"];

/**
 * One request to a URL that a user gave (a webhook, an identity provider). The
 * name is resolved once, each of its addresses is checked, and the connection
 * goes to those very addresses, so that a name that changes its mind in between
 * leads nowhere. Host and SNI stay the name's. Redirects are answers like any
 * other: they are not followed. No connection is kept for a later request.
 *
 * @throws {RequestFailure} when the URL or an address is refused, or no answer came.
 */
export async function guardedRequest(
  address: string,
  request: GuardedRequest,
  guard: Guard,
): Promise<GuardedAnswer> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  const signal = guard.signal === undefined ? deadline : AbortSignal.any([deadline, guard.signal]);
  try {
    const url = parseUrl(address);
    const resolved = await beforeAbort(resolveHost(url, guard), signal);
    checkAll(url, resolved, guard.allow);
    return await send(url, resolved, request, signal);
  } catch (error) {
    throw requestFailure(error);
  }
}

/** @throws {RequestFailure} "bad_url" for what no allowance makes right. */
export function parseUrl(address: string): URL {
  const url = address.length > LONGEST_URL ? null : URL.parse(address);
  const isSound =
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "";
  if (!isSound) throw new RequestFailure("bad_url");
  return url;
}

/**
 * Says at once, without asking for a name, that a URL can never be reached.
 *
 * @throws {RequestFailure} "bad_url", "address_refused".
 */
export function requirePossible(address: string, allow: readonly string[]): void {
  const url = parseUrl(address);
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  if (family !== 0) checkAll(url, [{ address: hostname, family }], allow);
}

async function resolveHost(url: URL, { resolve }: Guard): Promise<readonly Resolved[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  const found = await (resolve ?? ((name) => systemLookup(name, { all: true })))(hostname);
  if (found.length === 0) throw new RequestFailure("name_not_found");
  return found;
}

/** One address that is refused is enough: which of them would be used is chance. */
function checkAll(url: URL, resolved: readonly Resolved[], allow: readonly string[]): void {
  const { check } = addressGuard(allow);
  const verdicts = resolved.map(({ address }) => check(address));
  if (verdicts.includes("refused")) throw new RequestFailure("address_refused");
  if (verdicts.every((verdict) => verdict === "allowed")) return;
  if (url.hostname.startsWith("[") || isIP(url.hostname) !== 0) {
    throw new RequestFailure("address_refused");
  }
  if (url.protocol !== "https:" || !PORTS.includes(url.port)) throw new RequestFailure("bad_url");
}

function send(
  url: URL,
  resolved: readonly Resolved[],
  { method, headers, body, maxBytes }: GuardedRequest,
  signal: AbortSignal,
): Promise<GuardedAnswer> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === "https:" ? httpsRequest : httpRequest;
    const outgoing = start({
      ...urlToHttpOptions(url),
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      },
      lookup: lookupOf(resolved),
      agent: false,
      signal,
    });
    // Once the status has come these are too late to undo it.
    outgoing.on("error", reject);
    // A switch of protocols is no answer, and closes without an error.
    outgoing.on("close", () => reject(new RequestFailure("bad_answer")));
    outgoing.on("response", (incoming) => {
      const { statusCode: status = 0, headers: answered } = incoming;
      const reading = readBody(incoming, maxBytes, signal);
      resolve(reading.then((read) => ({ status, headers: answered, ...read })));
    });
    outgoing.end(body);
  });
}

/** Node asks for one address or for all, depending on how it connects. */
function lookupOf(resolved: readonly Resolved[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = resolved;
    if (options.all === true || first === undefined) callback(null, [...resolved]);
    else callback(null, first.address, first.family);
  };
}

async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Pick<GuardedAnswer, "body" | "isComplete">> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isComplete = true;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) continue;
      isComplete = false;
      break;
    }
  } catch (error) {
    // The status has come: a body that breaks off or stalls does not undo it.
    if (!(error instanceof Error)) throw error;
    isComplete = false;
  }
  if (signal.aborted) isComplete = false;
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), isComplete };
}

/** The system's resolver cannot be told to stop; it can be left. */
async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    work.catch(() => {});
  }
}
