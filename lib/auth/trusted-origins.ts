const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The origins whose pages may sign people in: that of the public URL. On a
 * machine of one's own that is every name of the loopback, since people type
 * `localhost` where Outlay prints `127.0.0.1`.
 */
export function trustedOrigins(publicUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((name) => `${protocol}//${name}${port === "" ? "" : `:${port}`}`);
}
