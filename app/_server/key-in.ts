/**
 * The API key that a request carries, as `Authorization: Bearer` or `x-api-key`;
 * null where it carries none.
 */
export function keyIn(
  authorization: string | null | undefined,
  apiKey: string | null | undefined,
): string | null {
  const bearer = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  // Any other scheme is an attempt to be somebody, too.
  return bearer ?? authorization ?? apiKey ?? null;
}
