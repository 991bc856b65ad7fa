import { type BrowserContext, expect, test } from "@playwright/test";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

// Tables and trees that one works in: what they show stands in the address, and keys do what a mouse does.

const TRACE = "5b8efff798038103d269b633813fc60c";

let context: BrowserContext;
test.afterAll(() => context.close());

test("a table's order and columns are shared by its link, and a tree is opened by keyboard", async ({
  browser,
}) => {
  const team = await mintTeam("tables");
  const session = freshName("session");
  const inRun = (span: string, parent: string | undefined, model: string, tokens: number) =>
    modelCall(
      {
        "gen_ai.conversation.id": session,
        "gen_ai.response.model": model,
        "gen_ai.usage.input_tokens": tokens,
      },
      { traceId: TRACE, spanId: span, ...(parent && { parentSpanId: parent }) },
    );
  await postSpans(
    team.ingestKey,
    inRun("00000000000000a1", undefined, "gpt-5.5", 1_000),
    inRun("00000000000000a2", "00000000000000a1", "gpt-5.4", 2_000),
    inRun("00000000000000a3", "00000000000000a1", "gpt-5.5", 90_000),
    inRun("00000000000000a4", "00000000000000a3", "gpt-5.2", 500),
  );
  context = await browser.newContext({ baseURL: ENVIRONMENT.webUrl, locale: "en-US" });
  await signIn(context, await mintPerson("manager", team.slug));
  const page = await context.newPage();

  await page.goto("/models");
  const table = page.getByRole("table", { name: "Models" });
  const names = table.locator("tbody").getByRole("rowheader");
  await expect(names.first()).toContainText("gpt-5.5");
  const byName = table.getByRole("columnheader", { name: "Model", exact: true });
  await byName.getByRole("button").click();
  await expect(page).toHaveURL("/models?sort=model");
  await expect(byName).toHaveAttribute("aria-sort", "ascending");
  await expect(names.first()).toContainText("gpt-5.2");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Tokens" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: "Tokens" })).toHaveCount(0);

  const colleague = await context.newPage();
  await colleague.goto(page.url());
  const theirs = colleague.getByRole("table", { name: "Models" });
  await expect(theirs.locator("tbody").getByRole("rowheader").first()).toContainText("gpt-5.2");
  await expect(theirs.getByRole("columnheader", { name: "Tokens" })).toHaveCount(0);
  await colleague.close();

  await page.goBack();
  await expect(table.getByRole("columnheader", { name: "Tokens" })).toHaveCount(1);
  await page.goBack();
  await expect(names.first()).toContainText("gpt-5.5");

  await page.goto(`/sessions/${session}`);
  await page.getByRole("link", { name: "Dearest path" }).click();
  await expect(page).toHaveURL(`/sessions/${session}?path=cost`);
  const rows = page.getByRole("treegrid").locator("tbody").getByRole("row");
  // The run, its first call, the dear one and what is below it; the cheap one.
  await expect(rows).toHaveCount(5);
  await rows.first().focus();
  await page.keyboard.press("ArrowLeft");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await expect(rows.last()).toBeFocused();
  await expect(rows.last()).toContainText("gpt-5.4");
  await page.keyboard.press("ArrowLeft");
  await expect(rows.nth(1)).toBeFocused();
});
