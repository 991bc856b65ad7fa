import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import Provider from "oidc-provider";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createAuth } from "../create-auth.ts";
import { createUser } from "../create-user.ts";
import { listPeople, shutOut } from "../manage-users.ts";
import { createInvitation } from "../one-time-links.ts";
import { type ProviderInput, saveProvider } from "./provider.ts";

const { db, sql } = await createTestDatabase();
const publicUrl = "http://127.0.0.1:3000";
const secret = "a secret of the test";
const auth = createAuth({
  ...{ db, secret, publicUrl, trustedOrigins: [publicUrl] },
  allowedProviders: ["127.0.0.0/8"],
});
const admin = { ...SYSTEM, role: "admin", teams: "all" } as const;
const now = new Date();

/** Who signs in at the provider next, and what it says about them. */
type Account = {
  sub: string;
  email: string;
  email_verified: boolean;
  groups: string[];
  name: string;
};
let account: Account;
const ann: Account = {
  sub: "ann-1",
  email: "ann@acme.example",
  email_verified: true,
  groups: ["money"],
  name: "Ann",
};

const server = createServer();
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "outlay",
      client_secret: "a client secret",
      redirect_uris: [`${publicUrl}/api/auth/sso/callback`],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (_context, accountId) => ({ accountId, claims: async () => ({ ...account }) }),
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  features: { devInteractions: { enabled: false } },
});
const answer = provider.callback();
server.on("request", async (request, response) => {
  if (request.url?.startsWith("/interaction/") !== true) return answer(request, response);
  const grant = new provider.Grant({ accountId: account.sub, clientId: "outlay" });
  grant.addOIDCScope("openid profile email");
  await provider.interactionFinished(request, response, {
    login: { accountId: account.sub },
    consent: { grantId: await grant.save() },
  });
});

const settings: ProviderInput = {
  ...{ isEnabled: true, name: "Acme", issuer, clientId: "outlay", clientSecret: "a client secret" },
  ...{ roleClaim: "groups", teamClaim: "groups", createsPeople: true },
  allowedDomains: ["acme.example"],
  mappings: [
    { group: "money", role: "finance", team: null },
    { group: "payments-leads", role: "manager", team: "payments" },
  ],
};
const save = (more: Partial<ProviderInput> = {}) =>
  saveProvider(db, admin, { ...settings, ...more }, { secret, now });

/** A browser: it keeps cookies by host and follows redirects until it is back at the pages. */
async function browse(start: string, jar = new Map<string, string>()) {
  let url = start;
  for (let hop = 0; hop < 12; hop += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const isOurs = url.startsWith(publicUrl);
    const request = new Request(url, { headers: { cookie } });
    const response = isOurs
      ? await auth.handler(request)
      : await fetch(url, { headers: { cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    url = new URL(response.headers.get("location") ?? "", url).href;
    if (isOurs && url.startsWith(publicUrl) && !url.includes("/api/auth/")) break;
  }
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const session = await auth.api.getSession({ headers: new Headers({ cookie }) });
  return { path: url.slice(publicUrl.length), session };
}

const signIn = (next = "/prices") =>
  browse(`${publicUrl}/api/auth/sso/start?next=${encodeURIComponent(next)}`);

test("whom the provider vouches for is let in, with the role of their groups, and comes back where they were", async () => {
  await save();
  account = ann;
  const first = await signIn();
  assert.equal(first.path, "/prices");
  assert.equal(first.session?.user.email, ann.email);
  assert.equal(first.session?.user.role, "finance");
  account = { ...ann, email: "ann.new@acme.example", groups: ["payments-leads"] };
  const again = await signIn("//evil.example");
  assert.equal(again.path, "/");
  assert.equal(again.session?.user.id, first.session?.user.id);
  const [person] = await listPeople(sql);
  assert.deepEqual([person?.role, person?.teams], ["manager", ["payments"]]);
});

test("an e-mail that is not verified, of another domain, or of somebody made here links nobody", async () => {
  await createUser(db, SYSTEM, {
    ...{ name: "Boss", email: "boss@other.example", password: "correct horse 9" },
    ...{ role: "admin", teams: [] },
  });
  for (const more of [
    { sub: "x1", email: "boss@other.example" },
    { sub: "x2", email: "eve@acme.example", email_verified: false },
  ]) {
    account = { ...ann, ...more };
    assert.deepEqual(await signIn(), { path: "/sign-in?sso=denied", session: null });
  }
  await save({ allowedDomains: [] });
  account = { ...ann, sub: "x3", email: "boss@other.example" };
  assert.equal((await signIn()).session, null);
  assert.equal((await listPeople(sql)).length, 2);
});

test("where the provider makes nobody, an invitation is needed, and gives its role", async () => {
  await save({ createsPeople: false, mappings: [] });
  account = { ...ann, sub: "cid", email: "cid@acme.example" };
  assert.equal((await signIn()).path, "/sign-in?sso=denied");
  const invitation = { email: "cid@acme.example", role: "manager", teams: ["search"] } as const;
  await createInvitation(db, SYSTEM, { ...invitation, teams: ["search"] }, now);
  const { session } = await signIn();
  assert.equal(session?.user.role, "manager");
  assert.equal((await sql`select 1 from auth_link where ended_at is null`).length, 0);
});

test("who is shut out stays out, whatever the provider says", async () => {
  const cid = (await listPeople(sql)).find(({ email }) => email === "cid@acme.example");
  await shutOut(db, SYSTEM, cid?.id ?? "", now);
  assert.deepEqual(await signIn(), { path: "/sign-in?sso=denied", session: null });
});

test("an answer that this browser did not ask for opens nothing", async () => {
  account = ann;
  const forged = await browse(`${publicUrl}/api/auth/sso/callback?code=x&state=y`);
  assert.deepEqual(forged, { path: "/sign-in?sso=failed", session: null });
});

test("a provider that is not there, inside, or another than it says, lets nobody in", async () => {
  for (const issuer of ["http://127.0.0.1:9", `${settings.issuer}/`, "http://169.254.169.254"]) {
    await save({ issuer });
    assert.equal((await signIn()).path, "/sign-in?sso=failed", issuer);
  }
  await save({ isEnabled: false });
  assert.equal((await signIn()).path, "/sign-in?sso=failed");
});

test("the client secret is kept encrypted and out of the audit log", async () => {
  const rows = await sql`select sealed_client_secret from sign_in_provider`;
  const entries = await sql`select before, after from audit_entry`;
  assert.doesNotMatch(JSON.stringify([rows, entries]), /a client secret/);
});
