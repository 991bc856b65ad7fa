import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { totp } from "../lib/testing/totp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam, outlay } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

const PASSWORD = "correct horse battery";

test("an invited person joins by the link, adds a second factor and needs it from then on", async ({
  page,
  browser,
}) => {
  const { slug } = await mintTeam("join");
  const email = `${freshName("ben")}@outlay.test`;
  await signIn(page.context(), await mintPerson("admin"));
  await page.goto("/settings/people");
  const panel = page.locator("section", { has: page.getByRole("heading", { name: "Invite" }) });
  await panel.getByLabel("E-mail").fill(email);
  await panel.getByLabel("Role").selectOption("manager");
  await panel.getByLabel(slug).check();
  await panel.getByRole("button", { name: "Send an invitation" }).click();
  const link = (await panel.locator("code").textContent()) ?? "";
  expect(link).toContain(`${ENVIRONMENT.webUrl}/link?token=`);

  const stranger = await browser.newContext({ baseURL: ENVIRONMENT.webUrl });
  const theirs = await stranger.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Ben");
  await theirs.getByLabel("Password").fill("password1");
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByText("not easily guessed")).toBeVisible();
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByText("Your password is saved.")).toBeVisible();
  await enter(theirs, email);
  await expect(theirs.getByRole("heading", { name: "Overview" })).toBeVisible();

  await theirs.goto("/account");
  const factor = theirs.locator("section", {
    has: theirs.getByRole("heading", { name: "Second factor" }),
  });
  await factor.getByLabel("Your password").fill(PASSWORD);
  await factor.getByRole("button", { name: "Set up an authenticator app" }).click();
  await expect(factor.getByAltText("QR code for your authenticator app")).toBeVisible();
  const secret = (await factor.locator("p code").textContent()) ?? "";
  const backupCode = (await factor.locator("li").first().textContent()) ?? "";
  await factor.getByLabel("Six digits from the app").fill(totp(secret, Date.now()));
  await factor.getByRole("button", { name: "Switch it on" }).click();
  await expect(factor.getByRole("button", { name: "Remove the second factor" })).toBeVisible();

  await stranger.clearCookies();
  await theirs.goto("/sign-in");
  await enter(theirs, email);
  await theirs.getByLabel("Code").fill(backupCode);
  await theirs.getByRole("button", { name: "Check the code" }).click();
  await expect(theirs.getByRole("heading", { name: "Overview" })).toBeVisible();
  await stranger.close();
  await page.goto(link);
  await expect(page.getByText("This link cannot be used.")).toBeVisible();
});

test("what admins did is on the audit log's page and in its file", async ({ page }) => {
  const label = freshName("audited");
  await outlay("key", "create", "--kind", "ingest", "--label", label);
  const admin = await mintPerson("admin");
  await signIn(page.context(), admin);
  await page.goto("/settings/audit?action=key.created");
  await expect(page.getByRole("cell", { name: label })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const file = await page.request.get("/api/v1/audit.csv?action=key.created");
  expect(await file.text()).toContain(label);
  expect((await outlay("verify", "--audit")).broken).toBe(null);
});

test("the directory makes a person, and switches them off", async ({ request }) => {
  const key = await outlay("key", "create", "--kind", "api", "--role", "admin", "--scopes", "scim");
  const headers = { authorization: `Bearer ${key.secret}` };
  const userName = `${freshName("scim")}@outlay.test`;
  const made = await request.post("/api/scim/v2/Users", { headers, data: { userName } });
  expect(made.status()).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const off = { op: "Replace", path: "active", value: "False" };
  const patched = await request.patch(`/api/scim/v2/Users/${id}`, {
    headers,
    data: { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [off] },
  });
  expect(await patched.json()).toMatchObject({ userName, active: false });
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const found = await request.get(`/api/scim/v2/Users?filter=${filter}`, { headers });
  expect(await found.json()).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  const wrong = await request.get("/api/scim/v2/Users?filter=x", { headers });
  expect(await wrong.json()).toMatchObject({ status: "400", scimType: "invalidFilter" });
  const lesser = { authorization: `Bearer ${ENVIRONMENT.apiKey}` };
  expect((await request.get("/api/scim/v2/Users", { headers: lesser })).status()).toBe(403);
});

for (const path of ["/account", "/settings/sign-in", "/settings/people", "/settings/keys"]) {
  test(`${path} can be used by everybody`, async ({ page }) => {
    await signIn(page.context(), await mintPerson("admin"));
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
}

async function enter(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
