import { expect, test } from "@playwright/test";
import { z } from "zod";
import { ask, askApi, postApi } from "./support/api.ts";
import { parseCsv } from "./support/csv.ts";
import { addDecimals } from "./support/decimal.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

const Journal = z.looseObject({
  rows: z.array(
    z.looseObject({ team: z.string(), reason: z.string(), effective_cost: z.string() }),
  ),
});

/** A month that is long over and that nothing else here is about, and the one after it. */
const [MONTH, NEXT] = [-11, -10].map((months) => {
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
  return first.toISOString().slice(0, 7);
}) as [string, string];

/** gpt-5.5 lists a million tokens in at $5 and out at $30: $2. */
function call(day: string) {
  const start = BigInt(Date.parse(`${MONTH}-${day}T12:00:00Z`)) * 1_000_000n;
  return modelCall(
    { "gen_ai.usage.input_tokens": 100_000, "gen_ai.usage.output_tokens": 50_000 },
    { startTimeUnixNano: String(start), endTimeUnixNano: String(start + 1_000_000_000n) },
  );
}

/** What the file of a team's statement adds up to; its header says the same. */
async function statement(month: string, team: string): Promise<bigint> {
  const file = await ask(`/api/v1/statement.csv?month=${month}&team=${team}`);
  const sum = addDecimals(parseCsv(await file.text()).map((row) => row.effective_cost ?? ""));
  expect(addDecimals([file.headers.get("x-outlay-total") ?? ""])).toBe(sum);
  return sum;
}

test("a month is closed on the page, stays, and what comes late stands on the next statement", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("finance"));
  const team = await mintTeam("close");
  await postSpans(team.ingestKey, call("15"));
  page.on("dialog", (dialog) => void dialog.accept());

  await page.goto("/close");
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: MONTH }) });
  await row.getByRole("button", { name: /^Close/ }).click();
  await expect(row).toContainText("SHA-256");
  await postSpans(team.ingestKey, call("20"));
  await page.getByRole("button", { name: "Book late changes" }).click();
  await expect(page.getByText(/entr(y|ies) booked/)).toBeVisible();

  expect(await statement(MONTH, team.slug)).toBe(addDecimals(["2"]));
  expect(await statement(NEXT, team.slug)).toBe(addDecimals(["2"]));
  const { rows } = await askApi(Journal, `/adjustments?month=${NEXT}`);
  expect(rows.filter((entry) => entry.team === team.slug)).toMatchObject([
    { reason: "late_data", effective_cost: "2" },
  ]);
  await page.goto(`/statements/${NEXT}/team/${team.slug}`);
  await expect(page.getByRole("row", { name: /Late data.*\$2\.00/ })).toBeVisible();
  await page.goto(`/statements/${MONTH}/team/${team.slug}`);
  await expect(page.getByText("Closed", { exact: true })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("$2.00");
  await expect(page.getByRole("main")).not.toContainText("$4.00");

  await page.goto("/close");
  await row.getByText("Open again").first().click();
  await row.getByLabel("Reason").fill("The test is over");
  await row.getByRole("button", { name: `Open ${MONTH} again` }).click();
  await expect(row).toContainText("The test is over");
  expect(await statement(MONTH, team.slug)).toBe(addDecimals(["4"]));
  expect(await statement(NEXT, team.slug)).toBe(addDecimals(["0"]));
});

test.afterAll(async () => {
  const Months = z.looseObject({
    rows: z.array(z.looseObject({ month: z.string(), state: z.string() })),
  });
  const { rows } = await askApi(Months, "/closed-months");
  if (rows.find(({ month }) => month === MONTH)?.state !== "closed") return;
  await postApi(z.looseObject({}), `/closed-months/${MONTH}/reopen`, { reason: "after the test" });
});
