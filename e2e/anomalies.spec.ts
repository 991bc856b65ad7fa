import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { detectNow } from "../lib/anomaly-control/detect.ts";
import { askApi } from "./support/api.ts";
import { onDatabase } from "./support/database.ts";
import { jsonAttributes, modelCall, postSpans, type Span } from "./support/otlp.ts";
import { ENVIRONMENT, mintApiKey, mintPerson, mintTeam, type Team } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

const Anomalies = z.looseObject({
  anomalies: z.array(
    z.looseObject({ id: z.string(), kind: z.string(), state: z.string(), summary: z.string() }),
  ),
});
const TURNS = 4;
const TOOLS_A_TURN = 65;

let page: Page;
let team: Team;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page.context(), await mintPerson("admin"));
  team = await mintTeam("anomalies");
  await postSpans(team.ingestKey, ...runaway());
});
test.afterAll(() => page.close());

/** A session that asks four dear questions and calls one tool again and again, a second apart. */
function runaway(): Span[] {
  const startMs = Date.now() - 330_000;
  const traceId = randomBytes(16).toString("hex");
  const who = {
    "gen_ai.conversation.id": `loop-${team.slug}`,
    "gen_ai.agent.name": `looper-${team.slug}`,
  };
  const timed = (second: number) => ({
    traceId,
    startTimeUnixNano: String(BigInt(startMs + second * 1_000) * 1_000_000n),
    endTimeUnixNano: String(BigInt(startMs + second * 1_000 + 500) * 1_000_000n),
  });
  return Array.from({ length: TURNS }, (_, turn) => turn).flatMap((turn) => {
    const second = turn * (TOOLS_A_TURN + 1);
    const asked = modelCall({ ...who, "gen_ai.usage.input_tokens": 200_000 }, timed(second));
    const tools = Array.from({ length: TOOLS_A_TURN }, (_, index) => ({
      ...timed(second + 1 + index),
      spanId: randomBytes(8).toString("hex"),
      name: "execute_tool grep",
      kind: 1,
      attributes: jsonAttributes({
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "grep",
        ...who,
      }),
    }));
    return [asked, ...tools];
  });
}

const anomaliesOf = (key?: string) =>
  askApi(Anomalies, `/anomalies?team=${team.slug}`, key).then(({ anomalies }) => anomalies);

test("a runaway loop is found, explained, acknowledged and resolved", async () => {
  await onDatabase(({ sql }) => detectNow(sql, Date.now(), ENVIRONMENT.webUrl));
  const [found, ...others] = await anomaliesOf();
  expect(others).toEqual([]);
  expect(found?.kind).toBe("runaway_loop");
  expect(found?.summary).toContain(`looped \`grep\` ${TURNS * TOOLS_A_TURN} times on gpt-5.5`);

  await page.goto("/anomalies");
  await page.getByRole("link", { name: `looper-${team.slug}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Open");
  await expect(page.getByRole("region", { name: "Drivers" })).toContainText(team.slug);
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Acknowledged");
  await page.getByRole("button", { name: "Unexpected" }).click();
  await expect(page.getByRole("button", { name: "Unexpected" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Resolved");
  expect((await anomaliesOf())[0]?.state).toBe("resolved");
});

test("charts of spend mark it, and other teams see nothing of it", async () => {
  await page.goto(`/explore?filter.team=${team.slug}`);
  const marks = page.getByRole("list", { name: "Anomalies in this time" });
  await expect(marks.getByRole("link", { name: /Runaway loop/ }).first()).toBeVisible();
  const other = await mintTeam("calm");
  const key = await mintApiKey("viewer", other.slug);
  expect(await anomaliesOf(key)).toEqual([]);
});

test("the back-test says how often it would have fired", async () => {
  await page.goto("/anomalies/sensitivity");
  await page.getByLabel("Whose days").selectOption(team.slug);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByRole("heading", { name: /Would have fired/ })).toBeVisible();
});
