import { expect, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { startReceiver, type WebhookReceiver } from "../lib/testing/webhook-receiver.ts";
import { ask, postApi } from "./support/api.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

// Alerts on their way out: from the page that sets them up to a receiver that
// verifies them with the public library.

const Message = z.object({ type: z.string(), data: z.looseObject({}) });
const Check = z.looseObject({
  decision: z.string(),
  budget: z.looseObject({ id: z.string() }).nullable(),
  reservation: z.looseObject({ id: z.string() }).nullable(),
});
const Id = z.looseObject({ id: z.string() });

let receiver: WebhookReceiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.close());

/** Makes a thing by the API. @throws when it is refused. */
async function create(path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(`${ENVIRONMENT.webUrl}/api/v1${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${ENVIRONMENT.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return Id.parse(await response.json());
}

function messages(secret: string) {
  return receiver.requests.map(({ body, headers }) => ({
    id: headers["webhook-id"],
    ...Message.parse(new Webhook(secret).verify(body, headers as Record<string, string>)),
  }));
}

test("an admin adds a webhook, tests it, and is told of a budget within seconds", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("admin"));
  const { slug, ingestKey } = await mintTeam("alerted");
  await page.goto("/settings/webhooks/new");
  const name = freshName("receiver");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("URL").fill(`${receiver.url}/hook`);
  await page.getByRole("checkbox", { name: slug }).check();
  await page.getByRole("button", { name: "Add the webhook" }).click();
  const secret = (await page.locator("code", { hasText: "whsec_" }).textContent()) ?? "";
  await page.getByRole("link", { name: "Go to the webhook" }).click();

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The test arrived: HTTP 200")).toBeVisible();
  expect(messages(secret).map(({ type }) => type)).toEqual(["webhook.test"]);
  await expect(page.getByRole("row", { name: /webhook\.test/ })).toContainText("delivered");

  const budget = await create("/budgets", {
    ...{ name, scope: { team: slug }, period: "month", limit: "0.0001", thresholds: [80] },
  });
  const sentAt = performance.now();
  await postSpans(ingestKey, modelCall());
  await receiver.hasReceived(3);
  const seconds = (performance.now() - sentAt) / 1_000;
  const told = messages(secret);
  expect(told.map(({ type }) => type)).toContain("budget.exceeded");
  expect(JSON.stringify(told)).toContain(budget.id);
  // That it is soon, not how soon: the time itself is for the benchmark.
  expect(seconds).toBeLessThan(30);

  const sent = receiver.requests.length;
  await page.reload();
  await page.getByRole("button", { name: "Send webhook.test again" }).click();
  await receiver.hasReceived(sent + 1);
  const ids = messages(secret).map(({ id }) => id);
  expect(ids.at(-1)).toBe(ids[0]);

  const check = await postApi(Check, "/check", { team: slug, model: "gpt-5.5" });
  expect([check.decision, check.budget?.id]).toEqual(["deny", budget.id]);
});

test("a webhook to a private address or without a URL is refused, and money is held and given back", async () => {
  for (const body of [{}, { url: "ftp://example.com" }, { url: "http://169.254.169.254/" }]) {
    await expect(create("/webhooks", body), JSON.stringify(body)).rejects.toThrow(/400/);
  }
  expect((await ask("/api/v1/webhooks/0193/deliveries")).status).toBe(404);
  const { slug } = await mintTeam("held");
  const budget = { name: freshName("held"), scope: { team: slug }, period: "month", limit: "100" };
  await create("/budgets", budget);
  const body = { team: slug, model: "gpt-5.5", estimated_tokens: 1_000, reserve: true };
  await expect
    .poll(async () => (await postApi(Check, "/check", body)).reservation?.id ?? null)
    .not.toBeNull();
});
