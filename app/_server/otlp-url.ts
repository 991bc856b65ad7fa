import { authority, type Config } from "#lib/config.ts";

/**
 * The base address that agents export to. A wildcard is where we listen, not
 * where an agent can go: then it is the host by which people reach the pages.
 */
export function otlpUrl(config: Pick<Config, "otlp" | "publicUrl">): string {
  const { host, httpPort } = config.otlp;
  const wildcard = host === "0.0.0.0" || host === "::";
  const reachable = wildcard ? new URL(config.publicUrl).hostname : host;
  return `http://${wildcard ? `${reachable}:${httpPort}` : authority(host, httpPort)}`;
}
