import { expect, test } from "@playwright/test";
import type { Access } from "../app/api/v1/_lib/api-access.ts";
import { SYSTEM } from "../lib/audit/actor.ts";
import { shutOut } from "../lib/auth/manage-users.ts";
import { actionIds, callAction } from "./support/actions.ts";
import { ask } from "./support/api.ts";
import { onDatabase } from "./support/database.ts";
import { inTurns } from "./support/in-turns.ts";
import {
  ENVIRONMENT,
  freshName,
  mintApiKey,
  mintPerson,
  mintTeam,
  outlay,
  type Person,
  type Role,
} from "./support/outlay.ts";
import { ACTIONS, ADDRESSES, PAGES } from "./support/route-rules.ts";
import { withParameters } from "./support/routes.ts";

// Every page, address and action of the sources, asked as every role: what each
// may do stands in support/route-rules.ts, and nowhere else.

const ROLES = ["admin", "finance", "manager", "viewer"] as const;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const MAY: Readonly<Record<Access, readonly Role[]>> = {
  open: ROLES,
  all: ROLES,
  manager: ["admin", "finance", "manager"],
  money: ["admin", "finance"],
  admin: ["admin"],
};
/** How an action's error looks on its way to the page: a number, and no word of it. */
const THROWN = /^1:E\{"digest":"\d+"\}$/m;
const NO_ID = "01a2041e-6abc-8248-92b7-b98e41183912";

type Somebody = {
  readonly role: Role;
  readonly person: Person;
  readonly cookie: string;
  readonly key: string;
};
let everybody: readonly Somebody[];
/** Words that stand on pages of admins: a key's label, a person's e-mail. */
let adminWords: readonly string[];

test.beforeAll(async () => {
  const { slug } = await mintTeam("walk");
  const label = freshName("walk-key");
  await outlay("key", "create", "--kind", "ingest", "--label", label);
  everybody = await Promise.all(
    ROLES.map(async (role) => {
      const team = role === "manager" || role === "viewer" ? slug : undefined;
      const person = await mintPerson(role, team);
      return { role, person, cookie: await cookieOf(person), key: await mintApiKey(role, team) };
    }),
  );
  adminWords = [label, ...everybody.map(({ person }) => person.email)];
});

test("a page of admins tells nobody else who has which key", async () => {
  const jobs = Object.entries(PAGES).flatMap(([page, access]) =>
    everybody
      .filter(({ role }) => !MAY[access].includes(role))
      .flatMap((asker) => [{}, { rsc: "1" }].map((headers) => ({ page, asker, headers }))),
  );
  expect(jobs.length).toBeGreaterThan(20);
  await inTurns(jobs, async ({ page, asker, headers }) => {
    const path = withParameters(page, NO_ID);
    const response = await fetch(ENVIRONMENT.webUrl + path, {
      headers: { cookie: asker.cookie, ...headers },
    });
    const text = await response.text();
    for (const word of adminWords) {
      if (word !== asker.person.email) expect(text.includes(word), `${path}: ${word}`).toBe(false);
    }
  });
});

test("every page forbids caching and foreign scripts", async () => {
  const [admin] = everybody;
  await inTurns(Object.keys(PAGES), async (page) => {
    const path = withParameters(page, NO_ID);
    const { headers } = await fetch(ENVIRONMENT.webUrl + path, {
      headers: { cookie: admin?.cookie ?? "" },
    });
    expect(headers.get("cache-control"), path).toContain("no-store");
    expect(headers.get("content-security-policy"), path).toMatch(/script-src 'self' 'nonce-[^']+'/);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
  });
});

test("every method of every address is refused to whoever may not use it", async () => {
  const jobs = Object.entries(ADDRESSES)
    .filter(([path]) => path.startsWith("/api/v1/") || path.startsWith("/import"))
    .flatMap(([path, methods]) =>
      METHODS.map((method) => ({ path, method, access: methods[method] })),
    )
    .filter(({ access }) => access !== "open");
  await inTurns(jobs, async ({ path, method, access }) => {
    const told = `${method} ${path}`;
    const send = (headers: Record<string, string>) =>
      request(method, withParameters(path, NO_ID), headers);
    const isTaken = access !== undefined;
    for (const headers of [{}, { authorization: "Bearer outlay_ak_wrong" }]) {
      const wanted = isTaken ? [401] : [401, 404, 405];
      expect(wanted, `${told} as nobody`).toContain(await send(headers));
    }
    const wanted = isTaken ? [403] : [404, 405];
    for (const { role, cookie, key } of everybody.filter((one) => !may(one.role, access))) {
      expect(wanted, `${told} with the cookie of ${role}`).toContain(await send({ cookie }));
      if (path.startsWith("/import")) continue;
      const status = await send({ authorization: `Bearer ${key}` });
      expect(wanted, `${told} with the key of ${role}`).toContain(status);
    }
  });
});

test("a change is refused to a page of another site, whatever cookie comes along", async () => {
  const [admin] = everybody;
  const cookie = admin?.cookie ?? "";
  const jobs = Object.entries(ADDRESSES).flatMap(([path, methods]) =>
    METHODS.filter(
      (method) => method !== "GET" && ["admin", "money"].includes(methods[method] ?? ""),
    ).map((method) => ({ path: withParameters(path, NO_ID), method })),
  );
  expect(jobs.length).toBeGreaterThan(5);
  await inTurns(jobs, async ({ path, method }) => {
    // The directory's address takes no cookie of anybody: to it, a browser is nobody.
    const refusal = path.startsWith("/api/scim/") ? 401 : 403;
    for (const foreign of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      const status = await request(method, path, { cookie, ...foreign });
      expect(status, `${method} ${path}`).toBe(refusal);
    }
  });
});

test("every action sends nobody to sign in, and refuses whoever may not", async () => {
  const ids = await actionIds();
  const locked = Object.entries(ACTIONS).filter(([, access]) => access !== "open");
  await inTurns(locked, async ([name, access]) => {
    const id = ids.get(name) ?? "";
    expect(id, name).not.toBe("");
    const nobody = await callAction(id, {});
    expect(nobody.headers.get("x-action-redirect") ?? nobody.headers.get("location"), name).toMatch(
      /^\/sign-in/,
    );
    for (const { role, cookie } of everybody) {
      if (MAY[access].includes(role)) continue;
      const answer = await (await callAction(id, { cookie })).text();
      expect(answer, `${name} as ${role}`).toMatch(THROWN);
    }
  });
});

test("an action called from a page of another site does nothing", async () => {
  const { key } = await mintKey();
  const [admin] = everybody;
  const id = (await actionIds()).get("revokeKeyAction") ?? "";
  const cookie = admin?.cookie ?? "";
  for (const origin of ["https://evil.test", "null"]) {
    await callAction(id, { cookie, origin }, [key.id]);
    expect((await ask("/api/v1/usage", key.secret)).status, origin).toBe(200);
  }
  await callAction(id, { cookie, origin: ENVIRONMENT.webUrl }, [key.id]);
  expect((await ask("/api/v1/usage", key.secret)).status).toBe(401);
});

test("a session that ended opens nothing, however it ended", async () => {
  const status = async (cookie: string) =>
    (await fetch(`${ENVIRONMENT.webUrl}/api/v1/usage`, { headers: { cookie } })).status;
  const [signedOut, aged, idle, person] = await Promise.all(
    Array.from({ length: 4 }, () => mintPerson("finance")),
  );
  const cookies = new Map<Person, string>();
  for (const one of [signedOut, aged, idle, person]) {
    if (one === undefined) throw new Error("no person");
    const cookie = await cookieOf(one);
    expect(await status(cookie)).toBe(200);
    cookies.set(one, cookie);
  }
  const cookieFor = (one: Person | undefined) => (one && cookies.get(one)) ?? "";
  await request("POST", "/api/auth/sign-out", {
    cookie: cookieFor(signedOut),
    origin: ENVIRONMENT.webUrl,
  });
  await onDatabase(async ({ sql, db }) => {
    const idOf = async (one: Person | undefined) =>
      (await sql<{ id: string }[]>`select id from auth_user where email = ${one?.email ?? ""}`)[0]
        ?.id ?? "";
    await sql`update auth_session set created_at = now() - interval '8 days' where user_id = ${await idOf(aged)}`;
    await sql`update auth_session set expires_at = now() - interval '1 second' where user_id = ${await idOf(idle)}`;
    await shutOut(db, SYSTEM, await idOf(person), new Date());
  });
  for (const [, cookie] of cookies) expect(await status(cookie)).toBe(401);
  const origin = ENVIRONMENT.webUrl;
  const again = await request("POST", "/api/auth/sign-in/email", { origin }, person);
  expect(again).toBe(401);
});

test("a key that ended or lacks the scope opens nothing", async () => {
  const { key } = await mintKey("--scopes", "read");
  expect((await ask("/api/v1/usage", key.secret)).status).toBe(200);
  const bearer = { authorization: `Bearer ${key.secret}` };
  expect(await request("POST", "/api/v1/keys", bearer, { kind: "ingest" })).toBe(403);
  await onDatabase(({ sql }) => sql`update access_key set expires_at = now() where id = ${key.id}`);
  expect((await ask("/api/v1/usage", key.secret)).status).toBe(401);

  const provisioning = await mintKey("--scopes", "scim");
  expect((await ask("/api/v1/usage", provisioning.key.secret)).status).toBe(403);
  await outlay("key", "revoke", provisioning.key.id);
  expect((await ask("/api/v1/usage", provisioning.key.secret)).status).toBe(401);
});

function may(role: Role, access: Access | undefined): boolean {
  return access !== undefined && MAY[access].includes(role);
}

async function mintKey(...options: readonly string[]) {
  const made = await outlay("key", "create", "--kind", "api", "--role", "admin", ...options);
  return { key: { id: String(made.id), secret: String(made.secret) } };
}

async function cookieOf({ email, password }: Person): Promise<string> {
  const response = await fetch(`${ENVIRONMENT.webUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: ENVIRONMENT.webUrl },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`signing in: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

async function request(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown = {},
): Promise<number> {
  const response = await fetch(ENVIRONMENT.webUrl + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    redirect: "manual",
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  await response.body?.cancel();
  return response.status;
}
