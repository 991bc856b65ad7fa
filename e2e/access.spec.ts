import { type BrowserContext, expect, test } from "@playwright/test";
import { ask, askApi } from "./support/api.ts";
import { inTurns } from "./support/in-turns.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintApiKey, mintPerson, mintTeam } from "./support/outlay.ts";
import { apiPaths, pagePaths, withParameters } from "./support/routes.ts";
import { Event, Events, Problem, Usage } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// Who sees what: nothing without a session or key, and of other teams nothing
// whatever one types into the address bar.

/** An event of a team, and words of it that its team alone may read. */
type Secret = {
  readonly team: string;
  readonly eventId: string;
  readonly session: string;
  readonly words: readonly string[];
};

let secret: Secret;
let outsiderKey: string;
let outsider: BrowserContext;

test.beforeAll(async ({ browser }) => {
  secret = await storeSecret();
  const { slug } = await mintTeam("outside");
  outsiderKey = await mintApiKey("manager", slug);
  outsider = await browser.newContext({ baseURL: ENVIRONMENT.webUrl });
  await signIn(outsider, await mintPerson("manager", slug));
});
test.afterAll(() => outsider.close());

test("no page opens without a session, by whatever spelling of its path", async ({ request }) => {
  // Some thousand requests: every page in every spelling.
  test.setTimeout(240_000);
  await inTurns(await pagePaths(), async (page) => {
    const path = withParameters(page, secret.eventId);
    for (const spelling of spellings(path)) {
      for (const headers of [
        {},
        { rsc: "1" },
        { rsc: "1", "next-router-prefetch": "1" },
        { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
        { "x-outlay-path": "/sign-in", cookie: "outlay.session_token=forged.signature" },
      ]) {
        const response = await request.get(ENVIRONMENT.webUrl + spelling, {
          headers,
          maxRedirects: 0,
        });
        const text = await response.text();
        const told = `${spelling} ${JSON.stringify(headers)}: ${response.status()}`;
        expectNoSecret(text, told);
        const isSentAway = response.status() >= 300 && response.status() < 500;
        expect(isSentAway || text.includes("/sign-in"), told).toBe(true);
      }
    }
  });
});

test("a page without a session leads to signing in and back", async ({ page }) => {
  for (const path of await pagePaths()) {
    if (path.includes("[")) continue;
    await page.goto(`${path}?period=7d`);
    const url = new URL(page.url());
    expect(url.pathname, path).toBe("/sign-in");
    expect(url.searchParams.get("next"), path).toBe(`${path}?period=7d`);
  }
});

test("no address of the API answers without a key or with a wrong one", async () => {
  for (const path of await apiPaths()) {
    if (path === "/api/v1/openapi.json") continue;
    const url = withParameters(path, secret.eventId);
    for (const key of [null, "outlay_ak_wrong"]) {
      const response = await ask(url, key);
      const told = `${url}: ${response.status}`;
      // Addresses that take no GET say so, and nothing else.
      expect([401, 405], told).toContain(response.status);
      expect(Problem.parse(await response.json()).status, told).toBe(response.status);
    }
  }
  expect((await ask("/connect/first-event?key=x", null)).status).toBe(401);
});

test("a manager sees their own team only, on every page", async () => {
  await inTurns(await pagePaths(), async (page) => {
    const path = withParameters(page, secret.eventId);
    for (const query of ["", `?filter.team=${secret.team}`, "?period=30d&by=agent&all=agent"]) {
      for (const headers of [{}, { rsc: "1" }]) {
        const response = await outsider.request.get(path + query, { headers });
        expectNoSecret(await response.text(), path + query);
      }
    }
  });
  for (const spelling of spellings(`/events/${secret.eventId}`)) {
    const response = await outsider.request.get(ENVIRONMENT.webUrl + spelling);
    expectNoSecret(await response.text(), spelling);
  }
});

test("a row of another team looks like one that does not exist", async () => {
  const page = await outsider.newPage();
  for (const id of [secret.eventId, "01a2041e-6abc-8248-92b7-b98e41183912"]) {
    await page.goto(`/events/${id}`);
    await expect(page.getByText("There is no such page or row.")).toBeVisible();
  }
  await page.close();
});

test("a manager's key and session get their own team only, from every address", async () => {
  for (const path of await apiPaths()) {
    for (const id of [secret.eventId, secret.session]) {
      for (const query of ["", `?filter.team=${secret.team}`, "?group_by=team,agent,session"]) {
        const url = withParameters(path, id) + query;
        if (path === "/api/v1/stream") continue;
        expectNoSecret(await (await ask(url, outsiderKey)).text(), url);
        expectNoSecret(await (await outsider.request.get(url)).text(), url);
      }
    }
  }
  expect((await ask(`/api/v1/events/${secret.eventId}/receipt`, outsiderKey)).status).toBe(404);
  expect((await ask(`/api/v1/sessions/${secret.session}`, outsiderKey)).status).toBe(404);
  const { total, rows } = await askApi(Usage, `/usage?filter.team=${secret.team}`, outsiderKey);
  expect(rows).toEqual([]);
  expect(total.model_calls).toBe(0);
});

test("what only admins do stays closed to managers", async () => {
  const page = await outsider.newPage();
  for (const [path, notice] of [
    ["/connect", "Only admins can connect agents"],
    ["/settings/keys", "Only admins see the keys."],
    ["/settings/teams", "Only admins and finance see all teams."],
    ["/settings/rules", "Only admins and finance see the rules."],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(notice)).toBeVisible();
  }
  await page.close();
  expect((await outsider.request.get("/connect/first-event?key=x")).status()).toBe(403);
});

test("nobody signs up by themselves, and a used set-up makes no second admin", async ({
  request,
}) => {
  const person = {
    name: "Eve",
    email: `${freshName("eve")}@outlay.test`,
    password: "long enough!",
  };
  const signUp = await request.post("/api/auth/sign-up/email", { data: person });
  expect(signUp.status()).toBeGreaterThanOrEqual(400);
  const signIn = await request.post("/api/auth/sign-in/email", { data: person });
  expect(signIn.status()).toBe(401);
});

test("after signing in one is led to pages of ours only", async ({ page }) => {
  const person = await mintPerson("viewer");
  await page.goto("/sign-in?next=//evil.test/%5cevil.test");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(ENVIRONMENT.webUrl);
});

async function storeSecret(): Promise<Secret> {
  const team = await mintTeam("inside");
  const agent = freshName("agent");
  const session = freshName("session");
  const user = freshName("user");
  const answer = await postSpans(
    team.ingestKey,
    modelCall({
      "gen_ai.agent.name": agent,
      "gen_ai.conversation.id": session,
      "user.id": user,
      "gen_ai.response.id": freshName("response"),
    }),
  );
  expect(answer.status).toBe(200);
  const { events } = await askApi(Events, `/events?filter.team=${team.slug}`);
  const event = Event.parse(events[0]);
  return { team: team.slug, eventId: event.id, session, words: [agent, user] };
}

/** Ways of writing a path that a router may read differently from a lock. */
function spellings(path: string): readonly string[] {
  const encoded = path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  return [
    path,
    `${path}/`,
    `/${path}`,
    encoded,
    path.toUpperCase(),
    `${path === "/" ? "/index" : path}.rsc`,
    `${path === "/" ? "/index" : path}.json`,
    `${path}?_rsc=1abcd`,
    `/_next/data/x${path === "/" ? "/index" : path}.json`,
    `${path}%2f..`,
    `${path};/x`,
  ];
}

function expectNoSecret(text: string, told: string): void {
  for (const word of secret.words) expect(text.includes(word), told).toBe(false);
}
