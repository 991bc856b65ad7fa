import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { RequestOrigin } from "#lib/audit/actor.ts";
import { beginSignIn, finishSignIn, type SsoSettings, Waiting } from "./sso-flow.ts";

const STATE_COOKIE = "sso_state";
const TEN_MINUTES_S = 600;

const Answer = z.looseObject({
  code: z.string().min(1).max(4_000),
  state: z.string().min(1).max(200),
  iss: z.string().max(500).optional(),
});

/**
 * Sign-in through the organisation's OpenID Connect provider: authorization
 * code with PKCE, a state bound to the browser, a nonce bound to the token.
 * Whatever goes wrong ends at the sign-in page, with a line in the log.
 */
export function ssoPlugin(settings: SsoSettings): BetterAuthPlugin {
  return {
    id: "outlay-sso",
    rateLimit: [{ pathMatcher: (path) => path.startsWith("/sso/"), window: 60, max: 120 }],
    endpoints: { ssoStart: startEndpoint(settings), ssoCallback: callbackEndpoint(settings) },
  };
}

function startEndpoint(settings: SsoSettings) {
  const options = {
    method: "GET",
    query: z.object({ next: z.string().max(2_000).optional(), again: z.literal("1").optional() }),
  } as const;
  return createAuthEndpoint("/sso/start", options, async (context) => {
    const begun = await beginSignIn(settings, {
      wanted: context.query.next ?? "/",
      isAgain: context.query.again !== undefined,
    });
    if (begun === null) throw context.redirect(signInPage(settings, "failed"));
    await context.context.internalAdapter.createVerificationValue({
      identifier: `sso-${begun.state}`,
      value: JSON.stringify(begun.waiting),
      expiresAt: new Date(Date.now() + TEN_MINUTES_S * 1_000),
    });
    const { name, attributes } = context.context.createAuthCookie(STATE_COOKIE, {
      maxAge: TEN_MINUTES_S,
    });
    await context.setSignedCookie(name, begun.state, context.context.secret, attributes);
    throw context.redirect(begun.url);
  });
}

function callbackEndpoint(settings: SsoSettings) {
  const options = { method: "GET", query: z.looseObject({}) } as const;
  return createAuthEndpoint("/sso/callback", options, async (context) => {
    const { internalAdapter, secret } = context.context;
    const { name, attributes } = context.context.createAuthCookie(STATE_COOKIE);
    const state = await context.getSignedCookie(name, secret);
    context.setCookie(name, "", { ...attributes, maxAge: 0 });
    const answer = Answer.safeParse(context.query);
    if (!answer.success || !state || answer.data.state !== state) {
      throw context.redirect(signInPage(settings, "failed"));
    }
    const stored = await internalAdapter.consumeVerificationValue(`sso-${state}`);
    const waiting = Waiting.safeParse(stored === null ? null : JSON.parse(stored.value));
    if (!waiting.success) throw context.redirect(signInPage(settings, "failed"));
    const { code, iss } = answer.data;
    const found = await finishSignIn(settings, {
      ...{ code, iss, waiting: waiting.data },
      origin: originOf(context.headers),
    });
    if (typeof found === "string") throw context.redirect(signInPage(settings, found));
    const user = await internalAdapter.findUserById(found.userId);
    const session = user && (await internalAdapter.createSession(user.id));
    if (!user || !session) throw context.redirect(signInPage(settings, "denied"));
    await setSessionCookie(context, { session, user });
    throw context.redirect(settings.publicUrl + waiting.data.next);
  });
}

function signInPage({ publicUrl }: SsoSettings, why: "denied" | "failed"): string {
  return `${publicUrl}/sign-in?sso=${why}`;
}

function originOf(headers: Headers | undefined): RequestOrigin {
  return {
    ip: headers?.get("x-forwarded-for") ?? null,
    userAgent: headers?.get("user-agent") ?? null,
    requestId: headers?.get("x-request-id") ?? null,
  };
}
