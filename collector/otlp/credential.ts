/** Longer than any key; a megabyte of header is not worth a hash. */
const MAX_SECRET_CHARS = 512;

/** Some exporters send the percent-encoded blank of OTEL_EXPORTER_OTLP_HEADERS as it is. */
const BEARER = /^bearer(?: |%20)+(\S+)$/i;

/**
 * The secret of a request, or null. `x-api-key` goes first: `Authorization` may
 * belong to a proxy in between.
 */
export function secretOf(
  apiKey: string | undefined,
  authorization: string | undefined,
): string | null {
  const secret = apiKey?.trim() || BEARER.exec(authorization?.trim() ?? "")?.[1];
  return secret === undefined || secret.length > MAX_SECRET_CHARS ? null : secret;
}
