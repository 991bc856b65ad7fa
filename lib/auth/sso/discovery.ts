import { z } from "zod";
import { type Guard, guardedRequest } from "#lib/http/guarded-request.ts";
import { KeySet } from "./id-token.ts";

/** Where a provider is asked what (OpenID Connect Discovery 1.0). */
export type Endpoints = {
  readonly authorize: string;
  readonly token: string;
  readonly keys: string;
};

const Document = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url({ protocol: /^https?$/ }),
  token_endpoint: z.url({ protocol: /^https?$/ }),
  jwks_uri: z.url({ protocol: /^https?$/ }),
});
const TokenAnswer = z.looseObject({ id_token: z.string() });

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 500_000;
const GET = { method: "GET", timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES } as const;

/** What an identity provider answered that cannot be used, or that it did not answer. */
export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure";
}

/** @throws {ProviderFailure} also when the document names another issuer than asked. */
export async function discover(issuer: string, guard: Guard): Promise<Endpoints> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const document = Document.parse(await askJson(url, guard));
  if (document.issuer !== issuer) {
    throw new ProviderFailure(`the provider calls itself ${document.issuer.slice(0, 200)}`);
  }
  return {
    authorize: document.authorization_endpoint,
    token: document.token_endpoint,
    keys: document.jwks_uri,
  };
}

/** @throws {ProviderFailure} */
export async function readKeys(url: string, guard: Guard): Promise<KeySet> {
  return KeySet.parse(await askJson(url, guard));
}

/**
 * Exchanges a code for an id token, with the client's secret and the proof key.
 *
 * @throws {ProviderFailure}
 */
export async function exchangeCode(
  url: string,
  client: { readonly id: string; readonly secret: string },
  grant: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  guard: Guard,
): Promise<string> {
  const basic = [client.id, client.secret].map(encodeURIComponent).join(":");
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: grant.code,
    code_verifier: grant.verifier,
    redirect_uri: grant.redirectUri,
  });
  const answer = await askJson(url, guard, {
    method: "POST",
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      authorization: `Basic ${Buffer.from(basic).toString("base64")}`,
    },
    body: body.toString(),
  });
  return TokenAnswer.parse(answer).id_token;
}

async function askJson(
  url: string,
  guard: Guard,
  request: Parameters<typeof guardedRequest>[1] = GET,
): Promise<unknown> {
  const { status, body, isComplete } = await guardedRequest(url, request, guard);
  if (status !== 200 || !isComplete) {
    throw new ProviderFailure(`${new URL(url).host} answered ${status}`);
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new ProviderFailure(`${new URL(url).host} did not answer with JSON`, { cause });
  }
}
