import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { RequestOrigin } from "#lib/audit/actor.ts";
import type { Db } from "#lib/db/client.ts";
import { createLog } from "#lib/log.ts";
import { admitPerson } from "./admit-person.ts";
import { discover, exchangeCode, ProviderFailure, readKeys } from "./discovery.ts";
import { verifyIdToken } from "./id-token.ts";
import { openProvider } from "./provider.ts";

export type SsoSettings = {
  readonly db: Db;
  /** The installation's secret, with which the client secret is encrypted. */
  readonly secret: string;
  readonly publicUrl: string;
  /** CIDR ranges at which a provider may be although they are private. */
  readonly allow: readonly string[];
};

/** What waits in the database while the person is at the provider. */
export const Waiting = z.strictObject({
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
});
export type Waiting = z.output<typeof Waiting>;

const log = createLog("sign-in");
/** A path of ours, nothing that a browser could read as another place. */
const LOCAL_PATH = /^\/(?![/\\])[!-[\]-~]*$/;

/**
 * The provider's address to send a browser to, and what has to be known when it
 * comes back. `isAgain`: the provider is to ask who it is, also whom it knows.
 */
export async function beginSignIn(
  { db, secret, publicUrl, allow }: SsoSettings,
  { wanted, isAgain }: { readonly wanted: string; readonly isAgain: boolean },
): Promise<{ readonly url: string; readonly state: string; readonly waiting: Waiting } | null> {
  try {
    const provider = await openProvider(db, secret);
    if (provider === null) return null;
    const { authorize } = await discover(provider.issuer, { allow });
    const [state, nonce, verifier] = [newToken(), newToken(), newToken()];
    const url = new URL(authorize);
    const parameters = {
      ...{ response_type: "code", client_id: provider.clientId },
      ...{ redirect_uri: redirectUri(publicUrl), scope: "openid profile email", state, nonce },
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...(isAgain ? { prompt: "login" } : {}),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const next = LOCAL_PATH.test(wanted) ? wanted : "/";
    return { url: url.href, state, waiting: { nonce, verifier, next } };
  } catch (error) {
    tellFailure(error);
    return null;
  }
}

/**
 * Turns the code that a browser brought back into a person.
 *
 * @returns the person's id, "denied" for whom Outlay does not let in, "failed"
 *   when the provider's answers cannot be relied on.
 */
export async function finishSignIn(
  { db, secret, publicUrl, allow }: SsoSettings,
  {
    code,
    iss,
    waiting,
    origin,
  }: {
    readonly code: string;
    /** Who the answer says it is from (RFC 9207). */
    readonly iss: string | undefined;
    readonly waiting: Waiting;
    readonly origin: RequestOrigin;
  },
): Promise<{ readonly userId: string } | "denied" | "failed"> {
  try {
    const provider = await openProvider(db, secret);
    if (provider === null) return "failed";
    const { issuer, clientId, clientSecret } = provider;
    if (iss !== undefined && iss !== issuer) throw new ProviderFailure("another issuer answered");
    const endpoints = await discover(issuer, { allow });
    const client = { id: clientId, secret: clientSecret };
    const grant = { code, verifier: waiting.verifier, redirectUri: redirectUri(publicUrl) };
    const idToken = await exchangeCode(endpoints.token, client, grant, { allow });
    const keys = await readKeys(endpoints.keys, { allow });
    const expected = { issuer, clientId, nonce: waiting.nonce, nowMs: Date.now() };
    const claims = verifyIdToken(idToken, keys, expected);
    if (claims === null) throw new ProviderFailure("the id token is not good");
    const userId = await admitPerson(db, origin, provider, claims, new Date());
    return userId === null ? "denied" : { userId };
  } catch (error) {
    tellFailure(error);
    return "failed";
  }
}

function redirectUri(publicUrl: string): string {
  return `${publicUrl}/api/auth/sso/callback`;
}

function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Says why in the log, without the code, tokens or secrets of the attempt. */
function tellFailure(error: unknown): void {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
  log.warn("single sign-on failed", { why: why.slice(0, 500) });
}
