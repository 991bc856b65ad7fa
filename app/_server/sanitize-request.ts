import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** Whose word about where a request came from is taken. */
export type TrustedProxies = { readonly has: (address: string) => boolean };

/** @param ranges CIDR ranges, sound ones: the configuration has checked them. */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits = ""] = range.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return {
    has: (address) =>
      isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
  };
}

/** Headers that steer Next's inside and are never a client's to send. */
const INTERNAL = [
  "x-middleware-subrequest",
  "x-middleware-subrequest-id",
  "x-middleware-rewrite",
  "x-middleware-next",
  "x-outlay-path",
  "x-real-ip",
  "forwarded",
];
const FORWARDED = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"];

/**
 * Makes a request's headers trustworthy before anything reads them: the client's
 * address alone stands in `x-forwarded-for`, believed from trusted proxies only,
 * and an id names the request in log and audit.
 */
export function sanitizeRequest(
  request: Pick<IncomingMessage, "headers" | "socket">,
  trusted: TrustedProxies,
): void {
  const { headers, socket } = request;
  const peer = plainAddress(socket.remoteAddress ?? "");
  const isProxied = trusted.has(peer);
  for (const name of isProxied ? INTERNAL : [...INTERNAL, ...FORWARDED]) delete headers[name];
  headers["x-forwarded-for"] = isProxied ? clientOf(headers, peer, trusted) : peer;
  headers["x-request-id"] = randomUUID();
}

/** The nearest address that no trusted proxy has: what stands left of it anybody may have written. */
function clientOf(
  headers: IncomingMessage["headers"],
  peer: string,
  trusted: TrustedProxies,
): string {
  const chain = [headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((address) => plainAddress(address.trim()));
  const client = chain.findLast((address) => !trusted.has(address));
  return client !== undefined && isIP(client) !== 0 ? client : peer;
}

/** Of an IPv4 address that came in through IPv6 the IPv4 address. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
