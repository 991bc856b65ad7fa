import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { ask, askApi, postApi } from "./support/api.ts";
import { type Attributes, modelCall, postSpans } from "./support/otlp.ts";
import {
  ENVIRONMENT,
  freshName,
  mintApiKey,
  mintIngestKey,
  mintPerson,
  mintTeam,
} from "./support/outlay.ts";
import { Event, Events } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// Teams, people and rules as an admin changes them, and who gets the spend afterwards.

let admin: BrowserContext;
let key: string;

test.beforeAll(async ({ browser }) => {
  admin = await browser.newContext({ baseURL: ENVIRONMENT.webUrl });
  await signIn(admin, await mintPerson("admin"));
  key = await mintIngestKey();
});
test.afterAll(() => admin.close());

/** The team of an event with these attributes that starts now; it carries a session of its own. */
async function teamOf(attributes: Attributes): Promise<string> {
  const session = freshName("session");
  const span = modelCall({ "gen_ai.conversation.id": session, ...attributes });
  expect((await postSpans(key, span)).status).toBe(200);
  const { events } = await askApi(Events, `/events?filter.session=${session}`);
  return Event.parse(events[0]).team;
}

/** Collectors learn of a change within moments. */
async function becomes(attributes: Attributes, team: string): Promise<void> {
  await expect.poll(() => teamOf(attributes)).toBe(team);
}

async function open(path: string): Promise<Page> {
  const page = await admin.newPage();
  await page.goto(path);
  return page;
}

test("a team gets another place in the tree and is merged; what is filed stays", async () => {
  const [a, b] = [await mintTeam("merge-a"), await mintTeam("merge-b")];
  await becomes({ "team.id": a.slug }, a.slug);
  const page = await open(`/settings/teams/${a.slug}`);
  await page.getByLabel("Part of").selectOption(b.slug);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByLabel("Other team", { exact: true }).selectOption(b.slug);
  await page.getByLabel("From", { exact: true }).first().fill("2026-01-01");
  await page.getByLabel("I know that only a split takes this back.").check();
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByText(`merged into ${b.slug}`)).toBeVisible();
  await page.close();
  await becomes({ "team.id": a.slug }, b.slug);
  const { events } = await askApi(Events, `/events?filter.team=${a.slug}`);
  expect(events.length).toBe(1);
});

test("a ring in the tree is refused", async () => {
  const a = await mintTeam("ring-a");
  const below = freshName("ring-b");
  await postApi(z.unknown(), "/teams", { slug: below, name: below, parent: a.slug });
  const ring = await fetch(`${ENVIRONMENT.webUrl}/api/v1/teams/${a.slug}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${ENVIRONMENT.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ parent: below }),
  });
  expect([ring.status, ((await ring.json()) as { code: string }).code]).toEqual([409, "conflict"]);
});

test("an HR export is checked, imported, and gives people's usage to their team", async () => {
  const { slug } = await mintTeam("hr");
  const email = `${freshName("ann")}@example.com`;
  const head = "email,team,cost_center,start,end\n";
  const file = (text: string) => ({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  const page = await open("/settings/members");
  const input = page.getByLabel("HR export");
  await input.setInputFiles(file(`${head}${email},nowhere-at-all,,2026-13-01,\n`));
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText('Line 2: start "2026-13-01" is no date')).toBeVisible();
  await input.setInputFiles(file(`${head}${email},${slug},CC-7,2026-01-01,\n`));
  await page.getByRole("button", { name: "Check the file" }).click();
  await expect(page.getByText("It would add 1 people")).toBeVisible();
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported: 1 people added")).toBeVisible();
  await expect(page.getByRole("link", { name: email })).toBeVisible();
  await page.close();
  await becomes({ "user.email": email.toUpperCase() }, slug);
  const csv = await (await ask("/api/v1/people.csv")).text();
  expect(csv).toContain(`${email},,,${slug},CC-7,2026-01-01,\r\n`);
});

test("a rule made from unallocated spend is moved by keyboard, tried, and keeps its history", async () => {
  const { slug } = await mintTeam("ruled");
  const agent = freshName("agent");
  const [first, second] = [freshName("first"), freshName("second")];
  await postApi(z.unknown(), "/allocation-rules", {
    name: first,
    conditions: [{ attribute: "agent", operator: "equals", value: freshName("no") }],
    assign: { project: "none" },
  });
  const page = await open(`/settings/rules/new?agent=${agent}`);
  await page.getByLabel("Team", { exact: true }).selectOption(slug);
  await page.getByLabel("Name").fill(second);
  await page.getByRole("button", { name: "Create the rule" }).click();
  const rows = page.getByRole("row").filter({ hasText: /first-|second-/ });
  await expect(rows.last()).toContainText(second);
  await page.getByRole("button", { name: `Ask ${second} earlier` }).focus();
  await page.keyboard.press("Enter");
  await expect(rows.last()).toContainText(first);
  await page.getByLabel("Attributes or an event id").fill(`agent=${agent}`);
  await page.getByRole("button", { name: "Which rule takes it?" }).click();
  await expect(page.getByText("by the rule that takes it")).toBeVisible();
  await becomes({ "gen_ai.agent.name": agent }, slug);
  await page
    .getByRole("row")
    .filter({ hasText: second })
    .getByRole("link", { name: "History" })
    .click();
  await expect(page.getByRole("row").filter({ hasText: "moved" })).toContainText(second);
  await expect(page.getByRole("row").filter({ hasText: "created" })).toContainText(second);
  await page.close();
});

test("a manager reads their own teams and changes nothing", async () => {
  const { slug } = await mintTeam("own");
  const manager = await mintApiKey("manager", slug);
  const Teams = z.object({ teams: z.array(z.object({ slug: z.string() })) });
  const { teams } = await askApi(Teams, "/teams", manager);
  expect(teams.map((team) => team.slug)).toEqual([slug]);
  for (const path of ["/people", "/projects", "/allocation-rules", "/people.csv"]) {
    expect((await ask(`/api/v1${path}`, manager)).status, path).toBe(403);
  }
});
