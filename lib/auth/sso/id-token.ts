import { constants, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { z } from "zod";

/** The claims of a token that was found good. */
export type IdClaims = z.output<typeof Claims>;

const Header = z.object({ alg: z.enum(["RS256", "PS256", "ES256"]), kid: z.string().optional() });
const Claims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  name: z.string().optional(),
});

/** Keys of the provider (RFC 7517); what is no key for signatures is passed over. */
export const KeySet = z.object({
  keys: z
    .array(
      z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() }),
    )
    .max(100),
});
export type KeySet = z.output<typeof KeySet>;

export type Expected = {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly nowMs: number;
};

const SKEW_SECONDS = 120;
const MOST_LENGTH = 50_000;

/**
 * Checks an id token as OpenID Connect Core 3.1.3.7 asks: signed by a key of the
 * provider with an algorithm of ours (so neither `none` nor a shared secret),
 * by this issuer, for this client alone, in time, and with our nonce.
 *
 * @returns the claims; null for whatever is not good in every point.
 */
export function verifyIdToken(token: string, keys: KeySet, expected: Expected): IdClaims | null {
  const parts = token.length > MOST_LENGTH ? [] : token.split(".");
  const [head = "", body = "", signature = ""] = parts;
  if (parts.length !== 3) return null;
  const header = Header.safeParse(jsonOf(head));
  const claims = Claims.safeParse(jsonOf(body));
  if (!header.success || !claims.success) return null;
  const isSigned = keys.keys
    .filter(({ kid, use }) => use !== "enc" && (header.data.kid ?? kid) === kid)
    .some((key) => isSignedBy(`${head}.${body}`, signature, header.data.alg, key));
  return isSigned && isExpected(claims.data, expected) ? claims.data : null;
}

function isExpected(claims: IdClaims, { issuer, clientId, nonce, nowMs }: Expected): boolean {
  const now = nowMs / 1000;
  const audience = typeof claims.aud === "string" ? [claims.aud] : claims.aud;
  return (
    claims.iss === issuer &&
    audience.includes(clientId) &&
    (audience.length === 1 || claims.azp === clientId) &&
    (claims.azp === undefined || claims.azp === clientId) &&
    claims.exp > now - SKEW_SECONDS &&
    claims.iat < now + SKEW_SECONDS &&
    claims.nonce === nonce
  );
}

function isSignedBy(
  text: string,
  signature: string,
  alg: "RS256" | "PS256" | "ES256",
  jwk: JsonWebKey,
): boolean {
  const type = alg === "ES256" ? "EC" : "RSA";
  if (jwk.kty !== type || (alg === "ES256" && jwk.crv !== "P-256")) return false;
  try {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    if (type === "RSA" && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2_048) return false;
    const options =
      alg === "PS256"
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : alg === "ES256"
          ? { dsaEncoding: "ieee-p1363" as const }
          : {};
    return verify(
      "sha256",
      Buffer.from(text),
      { key, ...options },
      Buffer.from(signature, "base64url"),
    );
  } catch {
    return false;
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
